import { convertUnit } from '@millwright/cloud/server';
import type { InputReference } from '@millwright/ledger';
import type { PointFacts } from '../analysis/series.ts';
import { siteClock } from '../analysis/site-clock.ts';
import { convert, type MeterParameters, type Readings } from '../readings/readings.ts';
import { amountsOf } from '../work/amounts.ts';
import type { BaselineStep } from './frame.ts';
import type { IntervalRows } from './interval-rows.ts';

export type BaselineRole = 'energy' | 'temperature' | 'driver';

/** Points of a baseline, in the order of the finding's inputs; the first is the energy. */
export type BaselinePoints = readonly (MeterParameters & { readonly role: BaselineRole })[];

const hourMs = 3_600_000;

export interface PointRows {
  readonly rows: IntervalRows;
  /** Unit of the energy. */
  readonly unit: string;
  /** What the meter is read finely enough for. */
  readonly finest: BaselineStep;
}

/** Readings of points by the hour of the site's clock, for a baseline or saving. */
export async function rowsFromPoints(
  readings: Readings,
  points: BaselinePoints,
  inputs: readonly InputReference[],
  period: { from: number; to: number; timezone: string },
): Promise<PointRows> {
  const drivers: IntervalRows['drivers'][number][] = [];
  let temperature: Float64Array | undefined;
  let energy:
    | { amount: Float64Array; coverage: Float64Array; unit: string; nominal: number; start: number }
    | undefined;
  for (const [at, { role, name, facts }] of points.entries()) {
    const series = await readings.read(inputs[at]!);
    const gauge = role !== 'energy' && facts.kind === 'gauge';
    // A mean over time is the integral of what would be kW over the time that is covered.
    const read: PointFacts = gauge ? { ...facts, unit: 'kW' } : facts;
    const options = { ...period, intervalMinutes: 60 as const, ...(gauge ? {} : { convert }) };
    const [made] = await amountsOf(series, read, [gauge ? { ...options, unit: 'kW.h' } : options]);
    const { amount, coverage, unit, nominal, grid } = made!;
    if (role === 'energy') energy = { amount, coverage, unit, nominal, start: grid.start };
    else {
      const values = gauge
        ? amount.map((value, hour) => (coverage[hour]! > 0 ? value / coverage[hour]! : Number.NaN))
        : amount;
      if (role === 'temperature') temperature = values.map((value) => celsius(value, facts.unit));
      else drivers.push({ name, values, kind: gauge ? 'share' : 'amount' });
    }
  }
  const { amount, coverage, unit, nominal, start } = energy!;
  const starts = Float64Array.from(amount, (_, hour) => start + hour * hourMs);
  const rows: IntervalRows = {
    ...{ start: starts, end: starts.map((time) => time + hourMs), energy: amount, energyCoverage: coverage, drivers },
    ...(temperature && { temperature }),
  };
  const finest = nominal <= 1.1 * hourMs || Number.isNaN(nominal) ? 'hour' : nominal <= 30 * hourMs ? 'day' : 'billing';
  return { rows, unit, finest };
}

const celsius = (value: number, unit: string): number =>
  Number.isFinite(value) ? convertUnit(value, unit, 'Cel') : Number.NaN;

export const clockOf = ({ from, to, timezone }: { from: number; to: number; timezone: string }) =>
  siteClock(timezone, from, to);
