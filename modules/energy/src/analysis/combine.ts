import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';
import type { IntervalAmounts } from './interval-amounts.ts';

/**
 * Adds meters up interval by interval (the two feeders of a site). Where one of them says nothing the sum is not known
 * either: its coverage is the least of them, so such an interval makes no demand.
 * Throws ENERGY_PERIOD_INVALID or ENERGY_UNIT_UNKNOWN when grids or units differ.
 */
export function combineAmounts(all: readonly IntervalAmounts[]): IntervalAmounts {
  const [first, ...others] = all;
  if (!first) throw energyErrors.ENERGY_SERIES_INVALID({ reason: energyReasons['series-none']() });
  if (others.length === 0) return first;
  for (const { grid, unit } of others) {
    if (grid.start !== first.grid.start || grid.count !== first.grid.count || grid.step !== first.grid.step)
      throw energyErrors.ENERGY_PERIOD_INVALID({ reason: energyReasons['grid-meters']() });
    if (unit !== first.unit) throw energyErrors.ENERGY_UNIT_UNKNOWN({ from: unit, to: first.unit });
  }
  const added = (column: 'estimated' | 'substituted') =>
    first[column].map((_, index) => all.reduce((sum, amounts) => sum + amounts[column][index]!, 0));
  const coverage = first.coverage.map((_, index) => Math.min(...all.map((amounts) => amounts.coverage[index]!)));
  const amount = first.amount.map((_, index) => {
    const known = all.map((amounts) => amounts.amount[index]!).filter((value) => !Number.isNaN(value));
    return known.length === 0 ? Number.NaN : known.reduce((sum, value) => sum + value, 0);
  });
  const count = (pick: (amounts: IntervalAmounts) => number) => all.reduce((sum, amounts) => sum + pick(amounts), 0);
  return {
    ...first,
    amount,
    coverage,
    estimated: added('estimated'),
    substituted: added('substituted'),
    gaps: all.flatMap(({ gaps }) => gaps).sort((a, b) => a.from - b.from),
    notes: all.flatMap(({ notes }) => notes),
    quality: {
      total: count(({ quality }) => quality.total),
      good: count(({ quality }) => quality.good),
      uncertain: count(({ quality }) => quality.uncertain),
      bad: count(({ quality }) => quality.bad),
      substituted: count(({ quality }) => quality.substituted),
    },
    nominal: Math.max(...all.map(({ nominal }) => nominal)),
    readings: {
      expected: count(({ readings }) => readings.expected),
      usable: count(({ readings }) => readings.usable),
    },
  };
}
