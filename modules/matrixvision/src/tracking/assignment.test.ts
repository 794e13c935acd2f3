import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../test-support/walk.ts';
import { assign, bestPairs } from './assignment.ts';

/** The least sum by trying all. */
function least(cost: readonly (readonly number[])[], row = 0, taken = new Set<number>(), skips = 0): number {
  if (row === cost.length) return 0;
  let best = skips > 0 ? least(cost, row + 1, taken, skips - 1) : Number.POSITIVE_INFINITY;
  cost[row]!.forEach((value, column) => {
    if (taken.has(column)) return;
    best = Math.min(best, value + least(cost, row + 1, new Set([...taken, column]), skips));
  });
  return best;
}

describe('linear assignment', () => {
  it('finds the least sum of squares, wide and tall matrices', () => {
    const random = randomNumbers(3);
    for (let round = 0; round < 300; round++) {
      const rows = 1 + Math.floor(random() * 5);
      const columns = 1 + Math.floor(random() * 5);
      const cost = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => Math.floor(random() * 20) - 5),
      );
      const result = assign(cost);
      const used = result.filter((column) => column >= 0);
      expect(used).toHaveLength(Math.min(rows, columns));
      expect(new Set(used).size).toBe(used.length);
      const sum = result.reduce((total, column, row) => total + (column < 0 ? 0 : cost[row]![column]!), 0);
      expect(sum).toBe(least(cost, 0, new Set(), Math.max(0, rows - columns)));
    }
  });

  it('leaves apart what has no gain, and is empty for nothing', () => {
    expect(bestPairs([])).toEqual([]);
    expect(bestPairs([[], []])).toEqual([]);
    expect(
      bestPairs([
        [0, 0],
        [0, 2],
      ]),
    ).toEqual([[1, 1]]);
    expect(
      bestPairs([
        [3, 2],
        [2.5, 0],
      ]),
    ).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});
