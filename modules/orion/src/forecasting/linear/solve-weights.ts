import { cholesky, choleskySolve } from '../../numerics/cholesky.ts';
import type { WindowMoments } from './window-moments.ts';

/**
 * Ridge weights for all horizons at once: W = (X'X + r P)^-1 X'Y with one factorisation, `r` being `strength` times the mean of X'X'
 * diagonal. `penalty` is P, or its diagonal; the unit matrix when absent. Returns `lookback` rows of `horizon`, or undefined where X'X is singular.
 */
export function solveWeights(
  { lookback, horizon, products }: WindowMoments,
  strength: number,
  penalty?: Float64Array,
): Float64Array | undefined {
  const width = lookback + horizon;
  const gram = new Float64Array(lookback * lookback);
  const weights = new Float64Array(lookback * horizon);
  let trace = 0;
  for (let i = 0; i < lookback; i++) {
    gram.set(products.subarray(i * width, i * width + lookback), i * lookback);
    weights.set(products.subarray(i * width + lookback, (i + 1) * width), i * horizon);
    trace += gram[i * lookback + i]!;
  }
  if (!(trace > 0)) return undefined;
  const ridge = (strength * trace) / lookback;
  if (penalty?.length === gram.length) for (let at = 0; at < gram.length; at++) gram[at]! += ridge * penalty[at]!;
  else for (let i = 0; i < lookback; i++) gram[i * lookback + i]! += ridge * (penalty?.[i] ?? 1);
  if (!cholesky(gram, lookback)) return undefined;
  choleskySolve(gram, lookback, weights, horizon);
  return weights;
}

/** Sum of the squared errors of these weights over the windows that the moments were taken of, horizon by horizon, without visiting one. */
export function squaredErrors(
  { lookback, horizon, products, squares }: WindowMoments,
  weights: Float64Array,
): Float64Array {
  const width = lookback + horizon;
  const errors = squares.slice();
  const row = new Float64Array(horizon);
  for (let i = 0; i < lookback; i++) {
    row.fill(0);
    for (let k = 0; k < lookback; k++) {
      const product = products[i * width + k]!;
      const from = k * horizon;
      for (let j = 0; j < horizon; j++) row[j]! += product * weights[from + j]!;
    }
    for (let j = 0; j < horizon; j++)
      errors[j]! += weights[i * horizon + j]! * (row[j]! - 2 * products[i * width + lookback + j]!);
  }
  return errors;
}
