import type { LinearClassifier } from './logistic-regression.ts';
import type { Rows } from './rows.ts';

export interface DiscriminantOptions {
  /** Of each example. */
  readonly weights: ArrayLike<number>;
  /** Logarithm of how likely each class is before anything is seen. */
  readonly priors: readonly number[];
  /** Share by which the covariance within classes is drawn to its mean variance. */
  readonly shrinkage: number;
  readonly signal?: AbortSignal;
}

/**
 * Linear discriminants of several classes (Fisher, 1936; Rao, 1948) with one covariance within them, shrunk towards its mean variance
 * on the diagonal (Friedman, 1989). What varies within classes counts little, however strong it is. The rows should be standardised.
 */
export function linearDiscriminant(
  { count, length, data }: Rows,
  labels: ArrayLike<number>,
  classes: number,
  { weights, priors, shrinkage, signal }: DiscriminantOptions,
): LinearClassifier {
  const means = Array.from({ length: classes }, () => new Float64Array(length));
  const totals = new Float64Array(classes);
  for (let row = 0; row < count; row++) {
    const mean = means[labels[row]!]!;
    totals[labels[row]!]! += weights[row]!;
    for (let at = 0; at < length; at++) mean[at]! += weights[row]! * data[row * length + at]!;
  }
  for (const [of, mean] of means.entries()) for (let at = 0; at < length; at++) mean[at]! /= totals[of] || 1;
  const total = totals.reduce((sum, one) => sum + one, 0) || 1;
  const within = Array.from({ length }, (_, at) => new Float64Array(at + 1));
  const rest = new Float64Array(length);
  for (let row = 0; row < count; row++) {
    if (row % 256 === 0) signal?.throwIfAborted();
    const mean = means[labels[row]!]!;
    const root = Math.sqrt(weights[row]! / total);
    for (let at = 0; at < length; at++) rest[at] = (data[row * length + at]! - mean[at]!) * root;
    for (let a = 0; a < length; a++) {
      const line = within[a]!;
      const value = rest[a]!;
      for (let b = 0; b <= a; b++) line[b]! += value * rest[b]!;
    }
  }
  const variance = within.reduce((sum, line, at) => sum + line[at]!, 0) / length || 1;
  for (const [at, line] of within.entries()) {
    for (let b = 0; b < at; b++) line[b]! *= 1 - shrinkage;
    line[at] = line[at]! * (1 - shrinkage) + variance * shrinkage;
  }
  cholesky(within);
  const found = new Float32Array(classes * length);
  const bias = new Float32Array(classes);
  for (const [of, mean] of means.entries()) {
    const direction = solved(within, mean);
    found.set(direction, of * length);
    bias[of] = priors[of]! - direction.reduce((sum, value, at) => sum + value * mean[at]!, 0) / 2;
  }
  return { classes, length, weights: found, bias };
}

/** The lower triangle whose product with itself the matrix is, in its place. */
function cholesky(lower: readonly Float64Array[]): void {
  for (let row = 0; row < lower.length; row++)
    for (let column = 0; column <= row; column++) {
      const [one, other] = [lower[row]!, lower[column]!];
      let sum = one[column]!;
      for (let at = 0; at < column; at++) sum -= one[at]! * other[at]!;
      one[column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / other[column]!;
    }
}

function solved(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const answer = Float64Array.from(right);
  for (let row = 0; row < lower.length; row++) {
    for (let at = 0; at < row; at++) answer[row]! -= lower[row]![at]! * answer[at]!;
    answer[row]! /= lower[row]![row]!;
  }
  for (let row = lower.length - 1; row >= 0; row--) {
    answer[row]! /= lower[row]![row]!;
    for (let at = 0; at < row; at++) answer[at]! -= lower[row]![at]! * answer[row]!;
  }
  return answer;
}
