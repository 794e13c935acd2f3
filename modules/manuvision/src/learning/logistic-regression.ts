import { minimise } from './minimise.ts';
import type { Rows } from './rows.ts';

/** Scores of classes that are linear in a description: weights are classes x length, in rows. */
export interface LinearClassifier {
  readonly classes: number;
  readonly length: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface LogisticOptions {
  /** Pull of the weights towards 0: this times half of their squared sum is added to the mean loss. */
  readonly penalty: number;
  /** Of each example; left out, all weigh 1. */
  readonly weights?: ArrayLike<number>;
  /** Where to begin; left out, at 0. With a good guess fewer steps are needed. */
  readonly start?: LinearClassifier;
  readonly signal?: AbortSignal;
}

/**
 * Multinomial logistic regression with an L2 penalty (Cox, 1958; Bishop, Pattern Recognition and Machine Learning, 2006,
 * 4.3.4). `labels` number the classes from 0. The descriptions should be standardised.
 */
export function logisticRegression(
  rows: Rows,
  labels: ArrayLike<number>,
  classes: number,
  { penalty, weights, start, signal }: LogisticOptions,
): LinearClassifier {
  const { count, length, data } = rows;
  const width = length + 1;
  const point = new Float64Array(classes * width);
  if (start)
    for (let of = 0; of < classes; of++) {
      point.set(start.weights.subarray(of * length, (of + 1) * length), of * width);
      point[of * width + length] = start.bias[of]!;
    }
  let total = 0;
  for (let row = 0; row < count; row++) total += weights?.[row] ?? 1;
  const scores = new Float64Array(classes);
  minimise((at, gradient) => {
    signal?.throwIfAborted();
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < count; row++) {
      const weight = (weights?.[row] ?? 1) / total;
      if (weight === 0) continue;
      const from = row * length;
      for (let of = 0; of < classes; of++) {
        let sum = at[of * width + length]!;
        for (let column = 0, w = of * width; column < length; column++, w++) sum += at[w]! * data[from + column]!;
        scores[of] = sum;
      }
      const label = labels[row]!;
      const own = scores[label]!;
      const norm = softmax(scores);
      loss += weight * (norm - own);
      for (let of = 0; of < classes; of++) {
        const error = weight * (scores[of]! - (of === label ? 1 : 0));
        for (let column = 0, w = of * width; column < length; column++, w++)
          gradient[w]! += error * data[from + column]!;
        gradient[of * width + length]! += error;
      }
    }
    for (let of = 0; of < classes; of++)
      for (let column = 0, w = of * width; column < length; column++, w++) {
        loss += (penalty / 2) * at[w]! ** 2;
        gradient[w]! += penalty * at[w]!;
      }
    return loss;
  }, point);
  const found = new Float32Array(classes * length);
  const bias = new Float32Array(classes);
  for (let of = 0; of < classes; of++) {
    found.set(point.subarray(of * width, of * width + length), of * length);
    bias[of] = point[of * width + length]!;
  }
  return { classes, length, weights: found, bias };
}

/** Scores of one description, one a class; the softmax of them are probabilities. */
export function linearScores(
  { classes, length, weights, bias }: LinearClassifier,
  row: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: classes }, (_, of) => {
    let sum = bias[of]!;
    for (let column = 0; column < length; column++) sum += weights[of * length + column]! * row[column]!;
    return sum;
  });
}

/** Turns scores into probabilities in place; gives back the logarithm of what they were divided by. */
export function softmax(scores: Float64Array): number {
  let most = -Infinity;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let at = 0; at < scores.length; at++) sum += scores[at] = Math.exp(scores[at]! - most);
  for (let at = 0; at < scores.length; at++) scores[at]! /= sum;
  return most + Math.log(sum);
}
