import { rateUnit } from './basic-units.ts';
import type { Grid } from './grid.ts';
import type { IntervalAmounts } from './interval-amounts.ts';

/** Share of an interval that must be covered before its average counts; the rest is jitter of the stamps. */
export const fullCoverage = 0.99;

export interface DemandProfile {
  readonly grid: Grid;
  /** Average per hour in each interval, in amount unit per hour: kW for kW.h, m3/h for m3. NaN where it is not known. */
  readonly demand: Float64Array;
  /** UCUM code of `demand`. */
  readonly unit: string;
  readonly stamp: 'start' | 'end';
  /** True when the readings are coarser than the grid everywhere, so that every value is a spread average. */
  readonly estimated: boolean;
}

/**
 * Average demand per interval: amount over time. Only intervals that are fully covered and whose amount was not guessed
 * into place count; a half-covered hour or the even spread of a week's counter step would make peaks that never were.
 * Only where nothing better exists at all (hourly readings on a 15 minute grid) estimated intervals are taken.
 */
export function demandProfile(amounts: IntervalAmounts): DemandProfile {
  const { grid, amount, coverage, estimated } = amounts;
  const hours = grid.step / 3_600_000;
  const demand = new Float64Array(grid.count).fill(Number.NaN);
  let measured = 0;
  for (let index = 0; index < grid.count; index++) {
    if (coverage[index]! < fullCoverage || estimated[index] !== 0) continue;
    demand[index] = amount[index]! / (coverage[index]! * hours);
    measured++;
  }
  let guessed = 0;
  if (measured === 0)
    for (let index = 0; index < grid.count; index++)
      if (coverage[index]! >= fullCoverage) {
        demand[index] = amount[index]! / (coverage[index]! * hours);
        guessed++;
      }
  return { grid, demand, unit: rateUnit(amounts.unit), stamp: amounts.stamp, estimated: guessed > 0 };
}
