import { expect, it } from 'vitest';
import { wilsonInterval } from './wilson-interval.ts';

it('gives the interval of textbooks', () => {
  // Brown, Cai, DasGupta (2001) give (0.722, 1) for 10 of 10 at 95 %, and 0.237 to 0.763 for 5 of 10.
  const all = wilsonInterval(10, 10)!;
  expect(all.low).toBeCloseTo(0.7225, 3);
  expect(all.high).toBeCloseTo(1, 9);
  const half = wilsonInterval(5, 10)!;
  expect(half.low).toBeCloseTo(0.2366, 3);
  expect(half.high).toBeCloseTo(0.7634, 3);
});

it('knows nothing without trials', () => {
  expect(wilsonInterval(0, 0)).toBeUndefined();
});
