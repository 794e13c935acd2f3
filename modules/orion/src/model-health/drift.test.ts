import { seededRandom } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { baselineOf, kolmogorovSmirnov, stabilityIndex } from './drift.ts';

function normal(count: number, seed: number, mean = 0, deviation = 1): Float64Array {
  const next = seededRandom(seed);
  return Float64Array.from({ length: count }, () => {
    const [u, v] = [1 - next(), next()];
    return mean + deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  });
}
const training = baselineOf('x', normal(20_000, 1));

describe('drift', () => {
  it('is near nothing for more of the same, and plain for a shift of one deviation', () => {
    const same = normal(2000, 2);
    expect(stabilityIndex(training, same)).toBeLessThan(0.03);
    const { distance, level } = kolmogorovSmirnov(training, same);
    expect(distance).toBeLessThan(0.04);
    expect(level).toBeGreaterThan(0.01);
    const shifted = normal(2000, 3, 1);
    // Of two normals a deviation apart: PSI about 1 (the symmetric Kullback-Leibler distance, less what ten bins lose), KS 2 Phi(0.5) - 1.
    expect(stabilityIndex(training, shifted)).toBeGreaterThan(0.7);
    expect(kolmogorovSmirnov(training, shifted).distance).toBeCloseTo(0.383, 1);
    expect(kolmogorovSmirnov(training, shifted).level).toBeLessThan(1e-6);
  });

  it('takes values that are there often for what they are', () => {
    const valve = (open: number) => Float64Array.from({ length: 1000 }, (_, index) => (index < open ? 1 : 0));
    const baseline = baselineOf('valve', valve(200));
    expect(stabilityIndex(baseline, valve(200))).toBeLessThan(0.01);
    expect(stabilityIndex(baseline, valve(600))).toBeGreaterThan(0.5);
  });

  it('says nothing of what is not known', () => {
    const nothing = new Float64Array(5).fill(Number.NaN);
    expect(baselineOf('x', nothing)).toMatchObject({ known: 0, quantiles: [] });
    expect(stabilityIndex(training, nothing)).toBeNaN();
    expect(kolmogorovSmirnov(training, nothing).distance).toBeNaN();
  });
});
