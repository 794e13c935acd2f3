import type { Rows } from '../learning/rows.ts';
import { type Standard, standardised } from '../learning/standardise.ts';

/** How much of each standardised number is taken for noise; holds the inverse together where pictures are fewer than numbers. */
const noise = 0.1;

/**
 * Whitening of descriptions: a lower triangle W [length, length] so that |W z| is the Mahalanobis distance of a standardised
 * description z (Rippel et al., Modeling the distribution of normal data in pre-trained deep features, 2021). From the
 * Cholesky factor of the correlation with `noise` on its diagonal.
 */
export function whitening(rows: Rows, standard: Standard): Float32Array {
  const { count, length, data } = standardised(rows, standard);
  const factor = new Float64Array(length * length);
  for (let row = 0; row < count; row++) {
    const start = row * length;
    for (let a = 0; a < length; a++) {
      const value = data[start + a]! / count;
      const line = a * length;
      for (let b = 0; b <= a; b++) factor[line + b]! += value * data[start + b]!;
    }
  }
  for (let a = 0; a < length; a++) factor[a * length + a]! += noise;
  choleskyInPlace(factor, length);
  return Float32Array.from(inverseOfTriangle(factor, length));
}

/** Of a symmetric positive definite matrix, given in its lower triangle. */
function choleskyInPlace(matrix: Float64Array, length: number): void {
  for (let row = 0; row < length; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * length + column]!;
      for (let at = 0; at < column; at++) sum -= matrix[row * length + at]! * matrix[column * length + at]!;
      matrix[row * length + column] = row === column ? Math.sqrt(sum) : sum / matrix[column * length + column]!;
    }
}

function inverseOfTriangle(triangle: Float64Array, length: number): Float64Array {
  const inverse = new Float64Array(length * length);
  for (let column = 0; column < length; column++)
    for (let row = column; row < length; row++) {
      let sum = row === column ? 1 : 0;
      for (let at = column; at < row; at++) sum -= triangle[row * length + at]! * inverse[at * length + column]!;
      inverse[row * length + column] = sum / triangle[row * length + row]!;
    }
  return inverse;
}
