import { type IntervalMinutes, makeGrid } from './grid.ts';
import type { IntervalAmounts } from './interval-amounts.ts';

/** The same amounts on longer intervals (15 to 30 or 60, 30 to 60 minutes). Edges that fill an interval only in part show as partial coverage. */
export function coarsen(amounts: IntervalAmounts, intervalMinutes: IntervalMinutes): IntervalAmounts {
  const { grid: fine } = amounts;
  if (intervalMinutes === fine.intervalMinutes) return amounts;
  const grid = makeGrid({ from: fine.start, to: fine.end, intervalMinutes, timezone: fine.clock.timezone });
  const merge = (values: Float64Array, weight: number) => {
    const merged = new Float64Array(grid.count);
    for (let index = 0; index < fine.count; index++) {
      const value = values[index]!;
      if (!Number.isNaN(value))
        merged[Math.floor((fine.start + index * fine.step - grid.start) / grid.step)]! += value * weight;
    }
    return merged;
  };
  const coverage = merge(amounts.coverage, fine.step / grid.step);
  const amount = merge(amounts.amount, 1).map((value, index) => (coverage[index] === 0 ? Number.NaN : value));
  return {
    ...amounts,
    grid,
    amount,
    coverage,
    estimated: merge(amounts.estimated, 1),
    substituted: merge(amounts.substituted, 1),
  };
}
