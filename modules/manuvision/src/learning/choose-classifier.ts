import { shuffled } from '@millwright/imaging';
import { type LinearClassifier, linearScores, logisticRegression, softmax } from './logistic-regression.ts';
import { chosenRows, type Rows, rowOf } from './rows.ts';
import { type Standard, standardised, standardOf } from './standardise.ts';

/** Examples to learn classes from. */
export interface Examples {
  readonly rows: Rows;
  /** Class of each row, from 0. */
  readonly labels: readonly number[];
  readonly classes: number;
  /** Rows of one group (views of a picture, pictures of a part) are never parted by a fold. */
  readonly groups: readonly string[];
  /** Rows that are judged when it is tested; the others are only learnt from, such as turned views. */
  readonly judged?: (row: number) => boolean;
}

export interface ChosenClassifier {
  readonly classifier: LinearClassifier;
  readonly standard: Standard;
  readonly penalty: number;
  /** What scores are divided by to become honest probabilities; above 1 where they were too sure. */
  readonly temperature: number;
  /** Over the folds, on examples not learnt from; null where there were too few for folds. */
  readonly validation: Validation | null;
}

export interface Validation {
  readonly folds: number;
  readonly accuracy: number;
  /** Mean negative logarithm of the probability of the right class (softened after Platt), with the temperature. */
  readonly logLoss: number;
}

export interface ChooseOptions {
  readonly random: () => number;
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number) => void;
  /** Tried from strong to weak; the best wins. */
  readonly penalties?: readonly number[];
}

const usualPenalties = [1e-3, 1e-4, 1e-5];
/** Many examples need fewer folds, since a model of two thirds of them is nearly that of all. */
const foldsFor = (groups: number): number => (groups > 100 ? 3 : 5);

/**
 * Multinomial logistic regression whose penalty is chosen by cross-validated log loss (Stone, 1974), and whose scores are
 * calibrated by one temperature on the same held-out scores (Guo et al., 2017).
 */
export function chooseClassifier(examples: Examples, options: ChooseOptions): ChosenClassifier {
  const { random, signal, progress = () => undefined } = options;
  const { labels, classes, rows } = examples;
  const penalties = options.penalties ?? usualPenalties;
  const folds = foldsOf(examples, random);
  const fit = (indices: readonly number[], penalty: number, start?: LinearClassifier) => {
    const own = indices.map((index) => labels[index]!);
    const { scaled, standard } = prepared(chosenRows(rows, indices));
    const weights = balanced(own, classes);
    const settings = { penalty, weights, ...(start ? { start } : {}), ...(signal ? { signal } : {}) };
    return { standard, classifier: logisticRegression(scaled, own, classes, settings) };
  };
  let best: { penalty: number; temperature: number; validation: Validation | null } = {
    ...{ penalty: penalties[Math.floor(penalties.length / 2)]!, temperature: 1, validation: null },
  };
  const learnt: LinearClassifier[] = [];
  const steps = penalties.length * folds.length + 1;
  let done = 0;
  for (const penalty of folds.length > 0 ? penalties : []) {
    const scores: Float64Array[] = [];
    const truth: number[] = [];
    for (const [number, fold] of folds.entries()) {
      const out = new Set(fold);
      const others = labels.keys().filter((index) => !out.has(index));
      const model = fit([...others], penalty, learnt[number]);
      learnt[number] = model.classifier;
      for (const index of fold) {
        if (examples.judged && !examples.judged(index)) continue;
        scores.push(linearScores(model.classifier, scaledRow(rowOf(rows, index), model.standard)));
        truth.push(labels[index]!);
      }
      progress(++done / steps);
    }
    const weights = balanced(truth, classes);
    const temperature = temperatureOf(scores, truth, weights);
    const logLoss = lossAt(scores, truth, weights, temperature);
    if (best.validation === null || logLoss < best.validation.logLoss - 1e-9)
      best = {
        penalty,
        temperature,
        validation: { folds: folds.length, accuracy: accuracyOf(scores, truth), logLoss },
      };
  }
  const all = fit([...labels.keys()], best.penalty);
  progress(1);
  return { ...all, ...best };
}

/** Probability of each class for one description. */
export function probabilitiesOf(
  { classifier, standard, temperature }: ChosenClassifier,
  row: Float32Array,
): Float64Array {
  const scores = linearScores(classifier, scaledRow(row, standard)).map((score) => score / temperature);
  softmax(scores);
  return scores;
}

/** Standardised, and divided by the root of the length so that a penalty means the same for every length. */
function prepared(rows: Rows): { scaled: Rows; standard: Standard } {
  const { mean, deviation } = standardOf(rows);
  const root = Math.sqrt(rows.length);
  const standard = { mean, deviation: deviation.map((value) => value * root) };
  return { scaled: standardised(rows, standard), standard };
}

const scaledRow = (row: Float32Array, { mean, deviation }: Standard): Float32Array =>
  row.map((value, at) => (value - mean[at]!) / deviation[at]!);

/** Every class weighs the same, however many examples it has. */
function balanced(labels: readonly number[], classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]! += 1;
  return Float64Array.from(labels, (label) => labels.length / (classes * counts[label]!));
}

/** Three to five folds of whole groups, or two, each with about the same share of every class; none where a class has one group only. */
function foldsOf({ labels, classes, groups }: Examples, random: () => number): number[][] {
  const byGroup = Map.groupBy(labels.keys(), (index) => groups[index]!);
  const byClass = Array.from({ length: classes }, () => [] as number[][]);
  for (const indices of shuffled([...byGroup.values()], random)) byClass[labels[indices[0]!]!]!.push(indices);
  const count = Math.min(foldsFor(byGroup.size), ...byClass.map((own) => own.length));
  if (count < 2) return [];
  const folds = Array.from({ length: count }, () => [] as number[]);
  let next = 0;
  for (const own of byClass) for (const indices of own) folds[next++ % count]!.push(...indices);
  return folds.map((fold) => fold.sort((a, b) => a - b));
}

function lossAt(scores: readonly Float64Array[], truth: readonly number[], weights: Float64Array, temperature: number) {
  // A handful of examples that are parted cleanly must not claim certainty: targets softened after Platt (1999).
  const doubt = 1 / (truth.length + 2);
  let sum = 0;
  for (const [at, own] of scores.entries()) {
    const scaled = own.map((score) => score / temperature);
    const label = truth[at]!;
    const right = scaled[label]!;
    const others = (scaled.reduce((all, score) => all + score, 0) - right) / Math.max(1, scaled.length - 1);
    sum += weights[at]! * (softmax(scaled) - (1 - doubt) * right - doubt * others);
  }
  return sum / scores.length;
}

/** By golden section over its logarithm, from 1/20 to 20. */
function temperatureOf(scores: readonly Float64Array[], truth: readonly number[], weights: Float64Array): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.05), Math.log(20)];
  for (let step = 0; step < 30; step++) {
    const [a, b] = [high - share * (high - low), low + share * (high - low)];
    if (lossAt(scores, truth, weights, Math.exp(a)) < lossAt(scores, truth, weights, Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

const accuracyOf = (scores: readonly Float64Array[], truth: readonly number[]): number =>
  scores.filter((own, at) => own.indexOf(Math.max(...own)) === truth[at]).length / scores.length;
