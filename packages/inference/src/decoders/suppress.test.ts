import { describe, expect, it } from 'vitest';
import { suppress } from './suppress.ts';

const box = (left: number, score: number, index = 0) => ({
  left,
  top: 0,
  right: left + 100,
  bottom: 200,
  score,
  index,
});

describe('suppression of doubles', () => {
  it('keeps the best of a class, at the mean of those that show the same thing by their scores', () => {
    const kept = suppress([box(0, 0.6), box(20, 0.2), box(60, 0.5), box(300, 0.4)], 0.5, 100);
    // The one at 60 overlaps the first by a quarter: neither a double nor a vote.
    expect(kept.map(({ left, score }) => [left, score])).toEqual([
      [5, 0.6],
      [60, 0.5],
      [300, 0.4],
    ]);
  });

  it('lets other classes neither vote nor suppress', () => {
    const kept = suppress([box(0, 0.6), box(10, 0.5, 1)], 0.5, 100);
    expect(kept.map(({ left, index }) => [left, index])).toEqual([
      [0, 0],
      [10, 1],
    ]);
  });

  it('leaves alone what the network has suppressed itself', () => {
    expect(suppress([box(0, 0.6), box(1, 0.5)], 1, 100).map(({ left }) => left)).toEqual([0, 1]);
  });

  it('keeps at most as many as are wanted, and a box without a score or an area', () => {
    expect(suppress([box(0, 0.6), box(300, 0.5)], 0.5, 1)).toHaveLength(1);
    expect(suppress([{ ...box(10, 0), right: 10 }], 0.5, 5)).toMatchObject([{ left: 10, right: 10 }]);
  });
});
