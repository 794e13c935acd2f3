import { z } from 'zod';
import type { ClassificationData } from './types.ts';

/** What every classifier can be told of how much rows count. */
export const weightSettings = {
  /** Every class counts the same in all, however rare it is. Probabilities are then those of even classes. */
  balanced: z.boolean().default(false),
};

/** How much each row counts. */
export function rowWeights(data: ClassificationData, { balanced }: { readonly balanced: boolean }): Float64Array {
  const weights = data.weights?.slice() ?? new Float64Array(data.target.length).fill(1);
  if (!balanced) return weights;
  const totals = new Float64Array(data.classes.length);
  let all = 0;
  for (let row = 0; row < weights.length; row++) {
    totals[data.target[row]!]! += weights[row]!;
    all += weights[row]!;
  }
  const there = totals.reduce((count, total) => count + (total > 0 ? 1 : 0), 0);
  for (let row = 0; row < weights.length; row++) weights[row]! *= all / (there * totals[data.target[row]!]!);
  return weights;
}
