import { expect, it } from 'vitest';
import { noiseSeed, smoothNoise, uniform } from './noise.ts';

it('draws uniformly: mean a half, a tenth in each tenth', () => {
  const bins = new Array<number>(10).fill(0);
  let sum = 0;
  for (let i = 0; i < 100_000; i++) {
    const value = uniform(noiseSeed(7, 'any'), i);
    sum += value;
    bins[Math.floor(value * 10)] += 1;
  }
  expect(sum / 100_000).toBeCloseTo(0.5, 2);
  for (const bin of bins) expect(bin / 100_000).toBeCloseTo(0.1, 2);
});

it('tells streams and seeds apart', () => {
  expect(new Set([noiseSeed(1, 'a'), noiseSeed(1, 'b'), noiseSeed(2, 'a'), noiseSeed(1, 'ab')]).size).toBe(4);
  expect(noiseSeed(1, 'a')).toBe(noiseSeed(1, 'a'));
});

it('is smooth: passes through its hashed values and never jumps', () => {
  const seed = noiseSeed(3, 'smooth');
  expect(smoothNoise(seed, 12)).toBe(uniform(seed, 12) * 2 - 1);
  for (let x = 0; x < 50; x += 0.01) {
    // The steepest slope of a smoothstep between -1 and 1 is 3.
    expect(Math.abs(smoothNoise(seed, x + 0.01) - smoothNoise(seed, x))).toBeLessThan(0.0301);
  }
});
