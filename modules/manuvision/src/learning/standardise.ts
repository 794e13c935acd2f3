import type { Rows } from './rows.ts';

/** Mean and deviation of each number of a description. */
export interface Standard {
  readonly mean: Float32Array;
  /** Never 0: a number that never changes is divided by 1. */
  readonly deviation: Float32Array;
}

export function standardOf({ count, length, data }: Rows): Standard {
  const sums = new Float64Array(length);
  const squares = new Float64Array(length);
  for (let row = 0, at = 0; row < count; row++)
    for (let column = 0; column < length; column++, at++) sums[column]! += data[at]!;
  const mean = sums.map((sum) => sum / count);
  for (let row = 0, at = 0; row < count; row++)
    for (let column = 0; column < length; column++, at++) squares[column]! += (data[at]! - mean[column]!) ** 2;
  const deviation = squares.map((square, at) => {
    const value = Math.sqrt(square / count);
    // What lies within the rounding of a constant is one.
    return value > 1e-6 * Math.max(1e-3, Math.abs(mean[at]!)) ? value : 1;
  });
  return { mean: Float32Array.from(mean), deviation: Float32Array.from(deviation) };
}

export function standardised({ count, length, data }: Rows, { mean, deviation }: Standard): Rows {
  const result = new Float32Array(data.length);
  for (let row = 0, at = 0; row < count; row++)
    for (let column = 0; column < length; column++, at++) result[at] = (data[at]! - mean[column]!) / deviation[column]!;
  return { count, length, data: result };
}
