/** Probabilities of the scores from `start` on. */
export function softmax(scores: ArrayLike<number>, start: number, count: number): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < count; at++) most = Math.max(most, scores[start + at]!);
  const result = new Float64Array(count);
  let sum = 0;
  for (let at = 0; at < count; at++) {
    result[at] = Math.exp(scores[start + at]! - most);
    sum += result[at]!;
  }
  for (let at = 0; at < count; at++) result[at]! /= sum;
  return result;
}
