import { expect, it } from 'vitest';
import { minimise } from './minimise.ts';

it('finds the least of a badly scaled bowl, and of a logarithmic one', () => {
  const bowl = minimise({
    start: Float64Array.of(5, -3),
    evaluate(at, gradient) {
      gradient.set([2 * (at[0]! - 1), 2000 * (at[1]! - 2)]);
      return (at[0]! - 1) ** 2 + 1000 * (at[1]! - 2) ** 2;
    },
  });
  expect(bowl[0]).toBeCloseTo(1, 6);
  expect(bowl[1]).toBeCloseTo(2, 6);
  // log(1 + exp(x)) - 0.25 x is least where 1 / (1 + exp(-x)) = 0.25.
  const [odds] = minimise({
    start: Float64Array.of(4),
    evaluate([x], gradient) {
      gradient[0] = 1 / (1 + Math.exp(-x!)) - 0.25;
      return Math.log1p(Math.exp(x!)) - 0.25 * x!;
    },
  });
  expect(odds).toBeCloseTo(Math.log(1 / 3), 5);
});
