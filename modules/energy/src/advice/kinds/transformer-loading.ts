import { z } from 'zod';
import type { AdviceKind } from '../kind.ts';
import { adviceNotes } from '../notes.ts';
import { yearly } from '../weekly.ts';

const unit = z.strictObject({
  name: z.string().min(1),
  kVA: z.number().positive(),
  noLoadkW: z.number().positive(),
  /** At rated load. */
  loadkW: z.number().positive(),
});
const settings = z.strictObject({
  /** Those that can run in parallel. */
  units: z.array(unit).min(2).max(6),
  powerFactor: z.number().min(0.3).max(1).default(0.9),
  /** Most load of a unit, as part of its rating. */
  most: z.number().min(0.3).max(1.2).default(0.8),
  /** Fewest units that stay on, so that one may fail. */
  fewest: z.int().min(1).max(6).default(1),
});
type Unit = z.output<typeof unit>;

/** Which of parallel transformers to keep on: no-load losses of all against load losses of fewer. */
export const transformerLoadingAdvice: AdviceKind<z.output<typeof settings>> = {
  id: 'transformer-loading',
  source:
    'Losses P0 + Pk S²; parallel units share by rating: IEC 60076-8:1997; economic operation of transformers (GB/T 13462-2008)',
  settings,
  needs: [],
  least: 14 * 24,
  async evaluate(data, given) {
    const { units, powerFactor, most } = given;
    const sets = subsets(units).filter(({ length }) => length >= Math.min(given.fewest, units.length));
    const peak = Math.max(...data.energy.filter(Number.isFinite)) / powerFactor;
    // One set for all hours: what is switched by hand stays. Its peak must fit.
    const fits = sets.filter((set) => capacity(set) * most >= peak || set.length === units.length);
    const total = (set: readonly Unit[]) =>
      data.energy.reduce((sum, kW) => (Number.isFinite(kW) ? sum + losses(set, kW / powerFactor) : sum), 0);
    const best = fits.reduce((one, other) => (total(other) < total(one) ? other : one));
    const saved = data.energy.map((kW) => losses(units, kW / powerFactor) - losses(best, kW / powerFactor));
    const energy = yearly(saved, data.start);
    if (best.length === units.length || !(energy.value > 0)) return null;
    const loads = Array.from({ length: 21 }, (_, at) => (capacity(units) * at) / 20);
    return {
      energy,
      cost: yearly(
        saved.map((value, hour) => value * data.price[hour]!),
        data.start,
      ),
      figures: [
        { name: 'peak-load', value: peak, unit: 'kVA' },
        { name: 'capacity-now', value: capacity(units), unit: 'kVA' },
        { name: 'capacity-advised', value: capacity(best), unit: 'kVA' },
      ],
      picture: {
        axis: 'load',
        labels: loads.map((load) => load.toFixed(0)),
        now: loads.map((load) => losses(units, load)),
        advised: loads.map((load) => (load <= capacity(best) ? losses(best, load) : null)),
      },
      notes: [
        adviceNotes['transformers-off']({
          on: best.map(({ name }) => name),
          off: units.filter((one) => !best.includes(one)).map(({ name }) => name),
        }),
      ],
    };
  },
};

const capacity = (units: readonly Unit[]): number => units.reduce((sum, { kVA }) => sum + kVA, 0);

/** kW of a set at a load in kVA, shared by rating. */
export function losses(units: readonly Unit[], load: number): number {
  const share = load / capacity(units);
  return units.reduce((sum, { noLoadkW, loadkW }) => sum + noLoadkW + loadkW * share ** 2, 0);
}

function subsets(units: readonly Unit[]): Unit[][] {
  return Array.from({ length: 2 ** units.length - 1 }, (_, at) => units.filter((_, bit) => ((at + 1) >> bit) & 1));
}
