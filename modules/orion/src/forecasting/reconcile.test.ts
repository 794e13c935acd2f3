import { seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { reconcile, shrunkCovariance, summingOf } from './reconcile.ts';

const names = ['site', 'hall A', 'hall B', 'a1', 'a2', 'b1'];
const children = { site: ['hall A', 'hall B'], 'hall A': ['a1', 'a2'], 'hall B': ['b1'] };
const summing = summingOf({ names, children })!;
const random = seededRandom(5);
const normal = () => random() + random() + random() + random() - 2;

describe('summingOf', () => {
  it('finds the leaves of every node', () => {
    expect(summing.leaves).toEqual([3, 4, 5]);
    expect(summing.rows.map((row) => [...row])).toEqual([
      [1, 1, 1],
      [1, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  it('refuses two parents, rings and unknown names', () => {
    expect(summingOf({ names, children: { ...children, 'hall B': ['b1', 'a1'] } })).toBeUndefined();
    expect(summingOf({ names: ['a', 'b'], children: { a: ['b'], b: ['a'] } })).toBeUndefined();
    expect(summingOf({ names: ['a'], children: { a: ['c'] } })).toBeUndefined();
  });
});

describe('reconcile', () => {
  const forecasts = names.map(() => Float64Array.from({ length: 4 }, () => 10 + normal()));
  const errors = names.map(() => Float64Array.from({ length: 50 }, normal));

  it.each(['bottom-up', 'ols', 'wls', 'mint'] as const)('makes %s forecasts add up', (method) => {
    const made = reconcile(summing, forecasts, method, errors);
    for (let step = 0; step < 4; step++) {
      const at = (name: string) => made[names.indexOf(name)]![step]!;
      expect(at('site')).toBeCloseTo(at('a1') + at('a2') + at('b1'), 9);
      expect(at('hall A')).toBeCloseTo(at('a1') + at('a2'), 9);
    }
  });

  it('leaves alone what adds up already', () => {
    const leaves = [3, 5, 7];
    const whole = summing.rows.map((row) =>
      Float64Array.of(row.reduce((sum, held, at) => sum + held * leaves[at]!, 0)),
    );
    for (const method of ['ols', 'wls', 'mint'] as const)
      for (const [node, made] of reconcile(summing, whole, method, errors).entries())
        expect(made[0]).toBeCloseTo(whole[node]![0]!, 6);
  });

  it('spreads the difference evenly by ordinary least squares', () => {
    const two = summingOf({ names: ['sum', 'a', 'b'], children: { sum: ['a', 'b'] } })!;
    const made = reconcile(two, [Float64Array.of(13), Float64Array.of(4), Float64Array.of(6)], 'ols');
    // 3 too much in the sum: each of the three takes a third of it.
    expect(made.map(([value]) => Math.round(value! * 1e9) / 1e9)).toEqual([12, 5, 7]);
  });

  it('errs less than what it came from, where errors are as they were', () => {
    const draw = () => {
      const [shared, a, b] = [normal(), 2 * normal(), 2 * normal()];
      return [shared, a + shared, b];
    };
    const past = Array.from({ length: 300 }, draw);
    const own = [0, 1, 2].map((node) => Float64Array.from(past, (one) => one[node]!));
    const two = summingOf({ names: ['sum', 'a', 'b'], children: { sum: ['a', 'b'] } })!;
    let [plain, mint] = [0, 0];
    for (let trial = 0; trial < 300; trial++) {
      const error = draw();
      const made = reconcile(
        two,
        [30, 10, 20].map((value, node) => Float64Array.of(value + error[node]!)),
        'mint',
        own,
      );
      for (const [node, value] of [30, 10, 20].entries()) {
        plain += error[node]! ** 2;
        mint += (made[node]![0]! - value) ** 2;
      }
    }
    expect(mint).toBeLessThan(0.7 * plain);
  });

  it('shrinks correlations that few errors cannot tell', () => {
    const few = shrunkCovariance([0, 1].map(() => Float64Array.from({ length: 5 }, normal)));
    const many = shrunkCovariance(
      [1, 2].map((size) => Float64Array.from({ length: 2000 }, (_, t) => size * Math.sin(t))),
    );
    expect(Math.abs(few[1]!) / Math.sqrt(few[0]! * few[3]!)).toBeLessThan(0.9);
    expect(many[1]! / Math.sqrt(many[0]! * many[3]!)).toBeGreaterThan(0.95);
  });
});
