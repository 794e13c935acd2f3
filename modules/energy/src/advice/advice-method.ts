import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { makeGrid } from '../analysis/grid.ts';
import { dateOf, weekdayOf } from '../analysis/site-clock.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { pricesOf } from '../tariff/cost.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { adviceOnThread } from '../work/advice.ts';
import { amountsOf } from '../work/amounts.ts';
import type { AdviceData, AdviceFound, AdviceKindId, Ranged } from './kind.ts';
import { scaled } from './weekly.ts';

export const adviceMethodId = 'energy.advice';

export const adviceRoles = ['energy', 'production', 'lagging', 'leading', 'cooling'] as const;
export type AdviceRole = (typeof adviceRoles)[number];

export interface AdviceParameters {
  readonly kind: AdviceKindId;
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly settings: unknown;
  /** Whole, so that a later version changes nothing. */
  readonly tariff: Tariff | null;
  /** Of a kWh where there is no tariff. */
  readonly price: number | null;
  readonly emission: { readonly kgPerkWh: number; readonly source: string } | null;
  /** In the order of the finding's inputs. */
  readonly points: readonly (MeterParameters & { readonly role: AdviceRole })[];
}

export interface AdviceOutput {
  /** Null: nothing to save. */
  readonly found: (AdviceFound & { readonly tCO2e: Ranged | null }) | null;
  readonly hours: number;
}

/** Computes a saving advice from readings; see `AdviceKind`. */
export const adviceMethod = (readings: Readings): EvidenceMethod => ({
  id: adviceMethodId,
  version: '1',
  description:
    'What could be saved, computed from readings: base load, compressed-air leaks, load shifting (linear program), power factor, transformer loading, chiller sequencing.',
  async run(parameters, inputs): Promise<AdviceOutput> {
    const given = parameters as AdviceParameters;
    const data = await adviceData(readings, given, inputs);
    const found = await adviceOnThread({ kind: given.kind, data, settings: given.settings });
    const hours = data.energy.filter(Number.isFinite).length;
    const { emission } = given;
    return { hours, found: found && { ...found, tCO2e: emission && scaled(found.energy, emission.kgPerkWh / 1000) } };
  },
});

/** The readings by the hour. */
export async function adviceData(
  readings: Readings,
  { from, to, timezone, points, tariff, price }: AdviceParameters,
  inputs: readonly InputReference[],
): Promise<AdviceData> {
  const period = { from: Date.parse(from), to: Date.parse(to), timezone, intervalMinutes: 60 as const };
  const grid = makeGrid(period);
  const { clock } = grid;
  const columns: Partial<Record<AdviceRole, Float64Array>> = {};
  for (const [at, { role, facts }] of points.entries()) {
    const unit = { energy: 'kW.h', cooling: 'kW.h', lagging: 'kvar.h', leading: 'kvar.h', production: undefined }[role];
    const series = await readings.read(inputs[at]!);
    const [made] = await amountsOf(series, facts, [{ ...period, convert, ...(unit && { unit }) }]);
    // An hour read in part would look like a night.
    columns[role] = made!.amount.map((value, hour) => (made!.coverage[hour]! >= 0.9 ? value : Number.NaN));
  }
  const start = Float64Array.from({ length: grid.count }, (_, hour) => grid.start + hour * grid.step);
  const { energy, ...rest } = columns;
  return {
    ...{ ...rest, energy: energy!, start, tariff },
    hourOfWeek: Int16Array.from(start, (time) => {
      const day = clock.dayOf(time);
      return (weekdayOf(day) - 1) * 24 + Math.floor(clock.minuteOfDay(time) / 60);
    }),
    month: Array.from(start, (time) => dateOf(clock.dayOf(time)).slice(0, 7)),
    price: tariff ? pricesOf(tariff, grid) : new Float64Array(grid.count).fill(price ?? 0),
  };
}
