import { linearScores, logisticRegression } from '../learning/logistic-regression.ts';
import { type Rows, rowOf } from '../learning/rows.ts';
import { standardised, standardOf } from '../learning/standardise.ts';

const rounds = 3;
const folds = 3;
const penalty = 1e-3;

/**
 * Labels again by what the others say: each third of the rows is told by a classifier of the other two thirds, some rounds long. So
 * the sub-classes come to differ in what a classifier can learn, not only in what varies most (self-training, Yarowsky, 1995;
 * discriminative clustering, Ding and Li, 2007). The number of labels stays; a label that would die out ends it.
 */
export function selfTrained(
  rows: Rows,
  labels: readonly number[],
  count: number,
  signal?: AbortSignal,
): readonly number[] {
  if (count < 2) return labels;
  const { mean, deviation } = standardOf(rows);
  const root = Math.sqrt(rows.length);
  const scaled = standardised(rows, { mean, deviation: deviation.map((value) => value * root) });
  let own = labels;
  for (let round = 0; round < rounds; round++) {
    const next = [...own];
    for (let fold = 0; fold < folds; fold++) {
      const weights = own.map((_, row) => (row % folds === fold ? 0 : 1));
      if (new Set(own.filter((_, row) => weights[row])).size < count) return own;
      const classifier = logisticRegression(scaled, own, count, { penalty, weights, ...(signal ? { signal } : {}) });
      for (const row of own.keys()) {
        if (weights[row]) continue;
        const scores = linearScores(classifier, rowOf(scaled, row));
        next[row] = scores.indexOf(Math.max(...scores));
      }
    }
    if (new Set(next).size < count) return own;
    own = next;
  }
  return own;
}
