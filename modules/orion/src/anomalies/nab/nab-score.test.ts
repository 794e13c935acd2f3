import { describe, expect, it } from 'vitest';
import { type NabFile, nabOptimum, nabPoints, nabScore, nabSweep } from './nab-score.ts';

const profile = { tpWeight: 1, fpWeight: 0.11, fnWeight: 1 };
const file = (hits: Readonly<Record<number, number>>): NabFile => {
  const scores = new Float64Array(1000);
  for (const [row, score] of Object.entries(hits)) scores[Number(row)] = score;
  return {
    name: 'one',
    scores,
    windows: [
      [400, 499],
      [700, 799],
    ],
  };
};

describe('the score of NAB', () => {
  it('is 0 for a silent detector and 100 for one that is right at once', () => {
    expect(nabScore(nabPoints([file({})], profile, 0.5).points, 2, profile)).toBe(0);
    const perfect = nabPoints([file({ 400: 1, 700: 1 })], profile, 0.5);
    expect(perfect).toMatchObject({ tp: 2, fp: 0, fn: 198, tn: 650 });
    expect(nabScore(perfect.points, 2, profile)).toBeCloseTo(100, 10);
  });

  it('counts the earliest detection of a window, less the later it is, and what is false by its distance behind a window', () => {
    const sigmoid = (x: number) => 2 / (1 + Math.exp(5 * x)) - 1;
    expect(nabPoints([file({ 450: 1, 460: 1 })], profile, 0.5).points).toBeCloseTo(sigmoid(-0.5) / sigmoid(-1) - 1, 10);
    // Before any window a false detection costs the whole weight, right behind one hardly anything.
    expect(nabPoints([file({ 300: 1 })], profile, 0.5).points).toBeCloseTo(-2.11, 10);
    expect(nabPoints([file({ 502: 1 })], profile, 0.5).points).toBeCloseTo(-2 + 0.11 * sigmoid(3 / 99), 10);
  });

  it('leaves out the first 15 %, at most 750 rows', () => {
    expect(nabPoints([file({ 149: 1 })], profile, 0.5).fp).toBe(0);
    expect(nabPoints([file({ 150: 1 })], profile, 0.5).fp).toBe(1);
    const long = { name: 'long', scores: new Float64Array(20_000).fill(1, 749, 751), windows: [] };
    expect(nabPoints([long], profile, 0.5).fp).toBe(1);
  });

  it('finds the threshold that earns most over all files', () => {
    const files = [file({ 400: 0.9, 200: 0.8 }), file({ 700: 0.7, 220: 0.2 })];
    expect(nabOptimum(files, profile)).toMatchObject({ threshold: 0.7, tp: 2, fp: 1 });
    expect(nabSweep(files, profile)[0]).toMatchObject({ points: -4, tp: 0, fp: 0 });
  });
});
