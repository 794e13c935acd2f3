import { seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { betaQuantile, binomialTail, clopperPearson } from './binomial.ts';
import { foldsOf } from './folds.ts';
import { independentParts } from './independent-parts.ts';
import { missesOf } from './misses.ts';
import { promiseOf } from './promise.ts';
import { suspectsAmong } from './suspects.ts';

/** Scores of which `threshold` is exceeded by exp(-threshold) of all parts. */
const exponential = (count: number, seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => -Math.log(1 - random()));
};

describe('the binomial distribution', () => {
  it('has the tails of tables', () => {
    // P(X >= 8) of 10 fair coins: (45 + 10 + 1) / 1024.
    expect(binomialTail(8, 10, 0.5)).toBeCloseTo(56 / 1024, 12);
    expect(binomialTail(2, 10, 0.5)).toBeCloseTo(1 - 11 / 1024, 12);
    // Clopper and Pearson for 0 of 10 and 3 of 10, as in published tables.
    expect(clopperPearson(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.3085, 4) });
    expect(clopperPearson(3, 10)).toEqual({ low: expect.closeTo(0.0667, 4), high: expect.closeTo(0.6525, 4) });
    expect(betaQuantile(0.5, 1, 1)).toBeCloseTo(0.5, 9);
  });
});

describe('the promise about false rejects', () => {
  it('is an order statistic where the parts suffice', () => {
    const scores = Array.from({ length: 199 }, (_, at) => at + 1);
    // (199 + 1 - k) / 200 <= 10 / 1000 from k = 198 on.
    expect(promiseOf(scores, 10)).toMatchObject({
      ...{ threshold: 198, rejected: 1, goodParts: 199, per1000: 10, method: 'order statistic' },
    });
  });

  it('carries the tail on where they do not, and says how wide it then is', () => {
    const promise = promiseOf(exponential(40, 3), 5)!;
    expect(promise).toMatchObject({ method: 'exponential tail', rejected: 0, low: 0, per1000: 5 });
    // Nothing of 40 rejected: up to 88 of 1,000.
    expect(promise.high).toBeCloseTo(88.1, 0);
    // ln(0.025) / ln(0.995) = 736 parts with none rejected.
    expect(promise.moreGoodParts).toBeGreaterThanOrEqual(736 - 40);
    expect(promise.moreGoodParts).toBeLessThan(736 * 1.02);
  });

  it('keeps what it says: over many data sets, on average, and by its interval', () => {
    for (const [count, asked] of [
      [150, 20],
      [60, 10],
    ] as const) {
      let [total, within] = [0, 0];
      const rounds = 400;
      for (let seed = 1; seed <= rounds; seed++) {
        const { threshold, low, high } = promiseOf(exponential(count, seed * 7919), asked)!;
        const rate = 1000 * Math.exp(-threshold);
        total += rate / rounds;
        if (rate >= low && rate <= high) within += 1 / rounds;
      }
      expect(total).toBeLessThan(asked * 1.15);
      expect(total).toBeGreaterThan(asked * 0.5);
      expect(within).toBeGreaterThan(0.92);
    }
  });

  it('knows that pictures of one part are not independent', () => {
    const random = seededRandom(11);
    const parts = Array.from({ length: 40 }, (_, part) => ({ part, own: -Math.log(1 - random()) }));
    const grouped = parts.flatMap(({ part, own }) =>
      Array.from({ length: 6 }, (_, at) => ({ name: `${part}-${at}`, group: `${part}`, score: own + random() * 0.05 })),
    );
    const worth = independentParts(grouped);
    expect(worth).toBeGreaterThan(39);
    expect(worth).toBeLessThan(50);
    const scores = grouped.map(({ score }) => score);
    const [alone, together] = [promiseOf(scores, 20)!, promiseOf(scores, 20, worth)!];
    expect(together.threshold).toBe(alone.threshold);
    expect(together.high).toBeGreaterThan(1.8 * alone.high);
    // Groups that say nothing of the score cost nothing much.
    const mixed = exponential(240, 4).map((score, at) => ({ name: `${at}`, group: `${at % 40}`, score }));
    expect(independentParts(mixed)).toBeGreaterThan(120);
    expect(independentParts(mixed.map(({ name, score }) => ({ name, score })))).toBe(240);
  });

  it('counts equal scores together, and stands on one score or none', () => {
    expect(promiseOf(Array(300).fill(2), 10)).toMatchObject({ threshold: 2, rejected: 0 });
    expect(promiseOf([5], 10)).toMatchObject({ threshold: 5, low: 0, high: expect.closeTo(975, 6) });
    expect(promiseOf([], 10)).toBeUndefined();
  });
});

describe('suspects', () => {
  const named = (scores: number[]) => scores.map((score, at) => ({ name: `part ${at}`, score }));

  it('are found among the good', () => {
    const scores = exponential(100, 5);
    expect(suspectsAmong(named([...scores, 15, 20])).map(({ name }) => name)).toEqual(['part 101', 'part 100']);
  });

  it('are seldom found where all are good', () => {
    let accused = 0;
    for (let seed = 1; seed <= 100; seed++) accused += suspectsAmong(named(exponential(100, seed * 104_729))).length;
    expect(accused).toBeLessThan(40);
  });

  it('are not looked for among a few, or where all are the same', () => {
    expect(suspectsAmong(named([1, 2, 3, 100]))).toEqual([]);
    expect(suspectsAmong(named([...Array(50).fill(1), 9]))).toEqual([]);
  });
});

describe('folds', () => {
  const parts = Array.from({ length: 30 }, (_, at) => ({ name: `${at}`, group: `lot ${at % 7}` }));

  it('keep groups together, hold every part once, and follow from the seed', () => {
    const folds = foldsOf(parts, 5, 3);
    expect(folds).toHaveLength(5);
    expect(
      folds
        .flat()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(parts.map(({ name }) => name).sort());
    for (const group of new Set(parts.map((part) => part.group)))
      expect(folds.filter((fold) => fold.some((part) => part.group === group))).toHaveLength(1);
    expect(foldsOf(parts, 5, 3)).toEqual(folds);
    expect(foldsOf(parts, 5, 4)).not.toEqual(folds);
  });

  it('are none where nothing can be parted', () => {
    expect(foldsOf(parts.slice(0, 1), 5, 1)).toEqual([]);
    expect(foldsOf(parts, 50, 1)).toHaveLength(7);
  });
});

describe('misses', () => {
  it('counts defects that are not above the threshold, with the interval of so few', () => {
    expect(missesOf([1, 2, 3, 4], 2)).toMatchObject({ defects: 4, missed: 2, low: expect.closeTo(0.068, 3) });
    // The rule of three, exactly: 1 - 0.025 ^ (1 / 20).
    expect(missesOf(Array(20).fill(5), 2)).toMatchObject({ missed: 0, low: 0, high: expect.closeTo(0.168, 3) });
    expect(missesOf([], 2)).toBeUndefined();
  });
});
