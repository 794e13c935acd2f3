import { cholesky, choleskySolve } from '../../numerics/cholesky.ts';

/** Width of the moving average that parts trend from the rest, as DLinear has it (Zeng et al. 2023). */
const trendWidth = 25;

/**
 * The penalty under which one linear layer on a window is two: one on its moving average (edges repeated) and one on the rest, each with a
 * ridge of its own. Their weights' prior covariance is S'S + T'T; the penalty is its inverse.
 */
export function decompositionPenalty(lookback: number): Float64Array {
  const trend = new Float64Array(lookback * lookback);
  const half = (trendWidth - 1) / 2;
  for (let row = 0; row < lookback; row++)
    for (let offset = -half; offset <= half; offset++) {
      const column = Math.min(Math.max(row + offset, 0), lookback - 1);
      trend[row * lookback + column]! += 1 / trendWidth;
    }
  const covariance = new Float64Array(lookback * lookback);
  for (let k = 0; k < lookback; k++)
    for (let i = 0; i < lookback; i++) {
      const left = trend[k * lookback + i]!;
      const rest = (k === i ? 1 : 0) - left;
      if (left === 0 && rest === 0) continue;
      for (let j = 0; j < lookback; j++) {
        const right = trend[k * lookback + j]!;
        covariance[i * lookback + j]! += left * right + rest * ((k === j ? 1 : 0) - right);
      }
    }
  const inverse = new Float64Array(lookback * lookback);
  for (let i = 0; i < lookback; i++) {
    covariance[i * lookback + i]! += 1e-9;
    inverse[i * lookback + i] = 1;
  }
  cholesky(covariance, lookback);
  choleskySolve(covariance, lookback, inverse, lookback);
  return inverse;
}
