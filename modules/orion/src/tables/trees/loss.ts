import type { GrowArrays, GrowShape } from './grow-layout.ts';

/** The mean loss of some rows by the scores so far: half the square, the negative log-likelihood, or the pinball loss. */
export function meanLoss(shape: GrowShape, arrays: GrowArrays, chosen: Int32Array): number {
  const { scores, target, weights } = arrays;
  const { loss, rows, outputs, weighted, quantile } = shape;
  let [sum, total] = [0, 0];
  for (let at = 0; at < chosen.length; at++) {
    const row = chosen[at]!;
    const weight = weighted ? weights[row]! : 1;
    const away = target[row]! - scores[row]!;
    let own = (away * away) / 2;
    if (loss === 'quantile') own = away >= 0 ? quantile * away : (quantile - 1) * away;
    else if (loss === 'logistic') {
      const score = target[row] === 1 ? -scores[row]! : scores[row]!;
      own = Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
    } else if (loss === 'softmax') {
      let most = Number.NEGATIVE_INFINITY;
      for (let output = 0; output < outputs; output++) most = Math.max(most, scores[output * rows + row]!);
      let chances = 0;
      for (let output = 0; output < outputs; output++) chances += Math.exp(scores[output * rows + row]! - most);
      own = most + Math.log(chances) - scores[target[row]! * rows + row]!;
    }
    sum += weight * own;
    total += weight;
  }
  return sum / total;
}

/** The value that a share `quantile` of the numbers, by weight, does not exceed; midway between two where both are. */
export function weightedQuantile(values: Float64Array, weights: Float64Array | undefined, quantile: number): number {
  if (!weights) {
    const sorted = values.slice().sort();
    const place = quantile * (sorted.length - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!);
  }
  const order = Array.from(values, (_, at) => at).sort((a, b) => values[a]! - values[b]! || a - b);
  const total = weights.reduce((sum, one) => sum + one, 0);
  let held = 0;
  for (const at of order) {
    held += weights[at]!;
    if (held >= quantile * total) return values[at]!;
  }
  return values[order.at(-1)!]!;
}
