import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';
import { fullCoverage } from './demand-profile.ts';
import type { IntervalAmounts } from './interval-amounts.ts';
import { type BucketKind, buckets } from './totals.ts';

export interface SpecificEnergy {
  /** E.g. `kW.h/t`. */
  readonly unit: string;
  /** Energy over production of all intervals in which both are known; null when nothing was produced in them. */
  readonly value: number | null;
  readonly energy: number;
  readonly production: number;
  /** Share of the period's intervals in which both are known. */
  readonly coverage: number;
  readonly series: {
    readonly key: string;
    readonly value: number | null;
    readonly energy: number;
    readonly production: number;
    readonly coverage: number;
  }[];
}

/**
 * Energy per unit produced, of the whole and per local day, week or month. Only intervals in which both are fully known
 * count, so a gap in one does not distort the ratio. Energy used while nothing is made counts, as ISO 50006 has it for an
 * energy intensity; what part of it is base load a ratio cannot say (that needs the baseline model).
 * Throws ENERGY_PERIOD_INVALID when the two are not on the same grid.
 */
export function specificEnergy(energy: IntervalAmounts, production: IntervalAmounts, kind: BucketKind): SpecificEnergy {
  const { grid } = energy;
  if (
    grid.start !== production.grid.start ||
    grid.step !== production.grid.step ||
    grid.count !== production.grid.count
  )
    throw energyErrors.ENERGY_PERIOD_INVALID({ reason: energyReasons['grid-production']() });
  const series = buckets(grid, kind).map(({ key, first, last }) => {
    let [used, made, both] = [0, 0, 0];
    for (let index = first; index < last; index++) {
      if (energy.coverage[index]! < fullCoverage || production.coverage[index]! < fullCoverage) continue;
      used += energy.amount[index]!;
      made += production.amount[index]!;
      both++;
    }
    return {
      key,
      value: made > 0 ? used / made : null,
      energy: used,
      production: made,
      coverage: both / (last - first),
      both,
    };
  });
  const total = (pick: (bucket: (typeof series)[number]) => number) =>
    series.reduce((all, bucket) => all + pick(bucket), 0);
  const [used, made] = [total((bucket) => bucket.energy), total((bucket) => bucket.production)];
  return {
    unit: `${energy.unit}/${production.unit}`,
    value: made > 0 ? used / made : null,
    energy: used,
    production: made,
    coverage: total((bucket) => bucket.both) / grid.count,
    series: series.map(({ both: _, ...bucket }) => bucket),
  };
}
