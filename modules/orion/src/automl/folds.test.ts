import { seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { drawnFolds, shareOf, timeOrderedFolds } from './folds.ts';

describe('folds in the order of time', () => {
  const random = seededRandom(3);
  const time = Float64Array.from({ length: 200 }, () => Math.floor(random() * 60) * 1000);

  it('never learn from what is judged or later, whatever the order of rows', () => {
    const folds = timeOrderedFolds(time, 4);
    expect(folds).toHaveLength(4);
    for (const { train, test } of folds) {
      const last = Math.max(...train.map((row) => time[row]!));
      expect(Math.min(...test.map((row) => time[row]!))).toBeGreaterThan(last);
    }
  });

  it('leave a gap where a target reaches ahead', () => {
    const hours = Float64Array.from({ length: 100 }, (_, hour) => hour);
    for (const { train, test } of timeOrderedFolds(hours, 3, 12)) expect(test[0]! - train.at(-1)!).toBe(13);
  });

  it('judge each row at most once', () => {
    const rows = timeOrderedFolds(time, 4).flatMap(({ test }) => [...test]);
    expect(new Set(rows).size).toBe(rows.length);
  });
});

describe('drawn folds', () => {
  it('give every fold its share of a rare class', () => {
    const classes = Int32Array.from({ length: 100 }, (_, row) => (row % 20 === 0 ? 1 : 0));
    for (const { test } of drawnFolds(100, classes, 5, 1))
      expect(test.filter((row) => classes[row] === 1)).toHaveLength(1);
  });

  it('are the same for the same seed', () => {
    expect(drawnFolds(50, null, 3, 7)).toEqual(drawnFolds(50, null, 3, 7));
    expect(drawnFolds(50, null, 3, 7)).not.toEqual(drawnFolds(50, null, 3, 8));
  });
});

describe('a share of the data', () => {
  it('is the newest where rows have an order, and every so many-th where not', () => {
    const rows = Int32Array.from({ length: 9 }, (_, row) => row);
    expect([...shareOf(rows, 1 / 3, true)]).toEqual([6, 7, 8]);
    expect([...shareOf(rows, 1 / 3, false)]).toEqual([0, 3, 6]);
  });
});
