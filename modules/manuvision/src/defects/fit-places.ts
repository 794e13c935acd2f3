import { linearDiscriminant } from '../learning/linear-discriminant.ts';
import { type LinearClassifier, linearScores } from '../learning/logistic-regression.ts';
import { type Rows, rowOf, rowsOf } from '../learning/rows.ts';
import { type Standard, standardised, standardOf } from '../learning/standardise.ts';
import type { PlaceExamples } from './collect-places.ts';

export interface PlaceClassifier {
  readonly classifier: LinearClassifier;
  readonly standard: Standard;
}

const shrinkage = 0.01;

/**
 * Linear discriminants of places. No defect weighs as much as all defects together, and every class of defects the same, however
 * many places each has. Then the odds of a defect are moved so that what is likelier a defect than not meets the labels best, by
 * intersection over union.
 *
 * @param kept whether the places of a picture, by its index, are learnt from
 */
export function fitPlaces(
  examples: PlaceExamples,
  classes: number,
  kept: (picture: number) => boolean,
  signal: AbortSignal,
): PlaceClassifier {
  const places = [...examples.labels.keys()].filter((at) => kept(examples.pictures[at]!));
  const labels = places.map((at) => examples.labels[at]!);
  const rows = rowsOf(places.map((at) => examples.rows[at]!));
  const standard = standardOf(rows);
  const totals = new Float64Array(classes);
  const stands = places.map((at) => examples.weights[at]!);
  for (const [row, label] of labels.entries()) totals[label]! += stands[row]!;
  const share = (label: number) => (label === 0 ? 0.5 : 0.5 / (classes - 1));
  const weights = labels.map((label, row) => (share(label) * stands[row]!) / totals[label]!);
  // A class that none of the kept pictures shows is never told.
  const priors = Array.from({ length: classes }, (_, label) => (totals[label]! > 0 ? Math.log(share(label)) : -1e4));
  const scaled = standardised(rows, standard);
  const found = linearDiscriminant(scaled, labels, classes, { weights, priors, shrinkage, signal });
  const move = bestCut(scaled, labels, stands, found);
  return { classifier: { ...found, bias: found.bias.map((bias, of) => (of === 0 ? bias + move : bias)) }, standard };
}

/** Log odds of a defect from which on places meet the labels best. */
function bestCut(rows: Rows, labels: readonly number[], stands: readonly number[], found: LinearClassifier): number {
  const odds = labels.map((label, row) => {
    const [good, ...defects] = linearScores(found, rowOf(rows, row));
    const most = Math.max(...defects);
    const any = most + Math.log(defects.reduce((sum, score) => sum + Math.exp(score - most), 0));
    return { odds: any - good!, defect: label > 0, stands: stands[row]! };
  });
  odds.sort((a, b) => b.odds - a.odds);
  const all = odds.reduce((sum, one) => sum + (one.defect ? one.stands : 0), 0);
  let [hit, wrong, best, cut] = [0, 0, 0, 0];
  for (const [at, one] of odds.entries()) {
    if (one.defect) hit += one.stands;
    else wrong += one.stands;
    const next = odds[at + 1]?.odds;
    if (next === undefined || next === one.odds) continue;
    const union = hit / (all + wrong);
    if (union > best) [best, cut] = [union, (one.odds + next) / 2];
  }
  return cut;
}
