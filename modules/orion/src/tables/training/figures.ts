import type { TableData } from '../types.ts';

export interface RegressionFigures {
  readonly rmse: number;
  readonly mae: number;
  /** Share of the variance that is told; below 0 where the mean would be better. Null where the target does not vary. */
  readonly r2: number | null;
  /** RMSE over the mean of the target; null where that is 0. */
  readonly cvRmse: number | null;
}

export interface ClassificationFigures {
  /** Mean negative logarithm of the probability of the true class, nats. */
  readonly logLoss: number;
  readonly accuracy: number;
  /** Of two classes, of `positive`; of more, the mean over the classes. Null where a class has no row. */
  readonly rocAuc: number | null;
  /** Average precision. */
  readonly prAuc: number | null;
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
}

export type Figures = RegressionFigures | ClassificationFigures;

export function regressionFigures(target: ArrayLike<number>, said: ArrayLike<number>): RegressionFigures {
  const rows = target.length;
  let [squares, distances, mean] = [0, 0, 0];
  for (let row = 0; row < rows; row++) {
    const away = said[row]! - target[row]!;
    squares += away * away;
    distances += Math.abs(away);
    mean += target[row]! / rows;
  }
  let variance = 0;
  for (let row = 0; row < rows; row++) variance += (target[row]! - mean) ** 2;
  const rmse = Math.sqrt(squares / rows);
  return {
    ...{ rmse, mae: distances / rows, r2: variance > 0 ? 1 - squares / variance : null },
    cvRmse: mean === 0 ? null : rmse / Math.abs(mean),
  };
}

/**
 * @param said rows by classes
 * @param decided class of each row
 * @param positive of two classes, the one that is looked for
 */
export function classificationFigures(
  target: ArrayLike<number>,
  said: Float64Array,
  decided: ArrayLike<number>,
  classes: number,
  positive: number,
): ClassificationFigures {
  const rows = target.length;
  let [loss, right] = [0, 0];
  for (let row = 0; row < rows; row++) {
    loss -= Math.log(Math.max(said[row * classes + target[row]!]!, 1e-15));
    if (decided[row] === target[row]) right += 1;
  }
  const asked = classes === 2 ? [positive] : Array.from({ length: classes }, (_, code) => code);
  const each = asked.map((code) => {
    const isOwn = Uint8Array.from({ length: rows }, (_, row) => (target[row] === code ? 1 : 0));
    const score = Float64Array.from({ length: rows }, (_, row) => said[row * classes + code]!);
    let [hits, named] = [0, 0];
    for (let row = 0; row < rows; row++) {
      if (decided[row] !== code) continue;
      named += 1;
      hits += isOwn[row]!;
    }
    const own = isOwn.reduce((sum, one) => sum + one, 0);
    const [precision, recall] = [named > 0 ? hits / named : 0, own > 0 ? hits / own : 0];
    const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
    return { ...{ precision, recall, f1 }, rocAuc: rocAuc(isOwn, score), prAuc: averagePrecision(isOwn, score) };
  });
  const mean = (of: (one: (typeof each)[number]) => number): number =>
    each.reduce((sum, one) => sum + of(one), 0) / each.length;
  const meanOf = (of: 'rocAuc' | 'prAuc'): number | null =>
    each.some((one) => one[of] === null) ? null : mean((one) => one[of]!);
  return {
    ...{ logLoss: loss / rows, accuracy: right / rows, rocAuc: meanOf('rocAuc'), prAuc: meanOf('prAuc') },
    ...{ f1: mean((one) => one.f1), precision: mean((one) => one.precision), recall: mean((one) => one.recall) },
  };
}

const byScore = (score: Float64Array): Int32Array =>
  Int32Array.from(score.keys()).sort((a, b) => score[b]! - score[a]! || a - b);

/** Chance that a row of the class has the higher score of two, ties half (Mann and Whitney, 1947). Null where one side is empty. */
export function rocAuc(isOwn: Uint8Array, score: Float64Array): number | null {
  const order = byScore(score);
  let [own, others, wins] = [0, 0, 0];
  for (let at = 0; at < order.length; ) {
    let [tiedOwn, tiedOthers] = [0, 0];
    const value = score[order[at]!];
    for (; at < order.length && score[order[at]!] === value; at++)
      if (isOwn[order[at]!]) tiedOwn += 1;
      else tiedOthers += 1;
    wins += tiedOthers * (own + tiedOwn / 2);
    own += tiedOwn;
    others += tiedOthers;
  }
  return own > 0 && others > 0 ? wins / (own * others) : null;
}

/** Precision summed over the steps of recall, the area under the curve of both; ties count as one step. Null without a row of the class. */
export function averagePrecision(isOwn: Uint8Array, score: Float64Array): number | null {
  const order = byScore(score);
  const all = isOwn.reduce((sum, one) => sum + one, 0);
  if (all === 0) return null;
  let [own, seen, area] = [0, 0, 0];
  for (let at = 0; at < order.length; ) {
    const before = own;
    const value = score[order[at]!];
    for (; at < order.length && score[order[at]!] === value; at++) {
      seen += 1;
      own += isOwn[order[at]!]!;
    }
    area += ((own - before) / all) * (own / seen);
  }
  return area;
}

/** The threshold of 32 bits above which calling a row the class gives the highest F1; midway between two scores. */
export function bestThreshold(isOwn: Uint8Array, score: Float64Array): number {
  const order = byScore(score);
  const all = isOwn.reduce((sum, one) => sum + one, 0);
  let [own, best, threshold] = [0, -1, 0.5];
  for (let at = 0; at < order.length; at++) {
    own += isOwn[order[at]!]!;
    const [here, next] = [score[order[at]!]!, at + 1 < order.length ? score[order[at + 1]!]! : 0];
    if (here === next) continue;
    const f1 = (2 * own) / (at + 1 + all);
    if (f1 > best) [best, threshold] = [f1, (here + next) / 2];
  }
  return Math.fround(threshold);
}

/** Class of each row: of two, `positive` where its probability of 32 bits is above the threshold; of more, the most probable one. */
export function decide(said: Float64Array, classes: number, positive: number, threshold: number): Int32Array {
  const rows = said.length / classes;
  return Int32Array.from({ length: rows }, (_, row) => {
    if (classes === 2) return Math.fround(said[2 * row + positive]!) > threshold ? positive : 1 - positive;
    let best = 0;
    for (let code = 1; code < classes; code++)
      if (said[row * classes + code]! > said[row * classes + best]!) best = code;
    return best;
  });
}

/** Of two classes the rarer one, the second of equal ones. */
export function positiveOf({ target, classes }: Extract<TableData, { task: 'classification' }>): number {
  let second = 0;
  for (let row = 0; row < target.length; row++) second += target[row] === 1 ? 1 : 0;
  return classes.length === 2 && second > target.length - second ? 0 : 1;
}
