import type { OnnxGraph } from '@millwright/inference';
import type { ModelFacts } from './types.ts';

/** Sums that a model makes for a row: one for a regression and for two classes, else one a class. */
export const outputsOf = ({ task, classes }: Pick<ModelFacts, 'task' | 'classes'>): number =>
  task === 'classification' && classes.length > 2 ? classes.length : 1;

/** From sums (rows by outputs) to what `predict` gives: themselves, or probabilities (rows by classes). */
export function linked({ task, classes }: Pick<ModelFacts, 'task' | 'classes'>, sums: Float64Array): Float64Array {
  if (task === 'regression') return sums;
  if (classes.length === 2) {
    const result = new Float64Array(2 * sums.length);
    for (let row = 0; row < sums.length; row++) {
      const second = 1 / (1 + Math.exp(-sums[row]!));
      result[2 * row] = 1 - second;
      result[2 * row + 1] = second;
    }
    return result;
  }
  softmax(sums, classes.length);
  return sums;
}

/** In place, each run of `classes` sums to 1. */
export function softmax(sums: Float64Array, classes: number): void {
  for (let start = 0; start < sums.length; start += classes) {
    let most = sums[start]!;
    for (let at = start + 1; at < start + classes; at++) if (sums[at]! > most) most = sums[at]!;
    let total = 0;
    for (let at = start; at < start + classes; at++) {
      sums[at] = Math.exp(sums[at]! - most);
      total += sums[at]!;
    }
    for (let at = start; at < start + classes; at++) sums[at]! /= total;
  }
}

/** The same in a graph. */
export function linkedInGraph({ task, classes }: Pick<ModelFacts, 'task' | 'classes'>, graph: OnnxGraph, sums: string) {
  if (task === 'regression') return sums;
  if (classes.length > 2) return graph.node('Softmax', [sums], { axis: 1 });
  const second = graph.node('Sigmoid', [sums]);
  const first = graph.node('Sub', [graph.floats([1], [1]), second]);
  return graph.node('Concat', [first, second], { axis: 1 });
}
