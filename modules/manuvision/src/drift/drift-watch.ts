import { distanceLimit, largestDistance } from './kolmogorov-smirnov.ts';
import type { PictureConditions } from './picture-conditions.ts';

/** What is watched. Position and colour have two numbers each. */
export const driftQuantities = ['score', 'brightness', 'focus', 'position', 'colour'] as const;
export type DriftQuantity = (typeof driftQuantities)[number];

export const seriesOf = {
  score: ['score'],
  brightness: ['brightness'],
  focus: ['focus'],
  position: ['x', 'y'],
  colour: ['red', 'blue'],
} as const satisfies Record<DriftQuantity, readonly string[]>;
export type DriftSeries = (typeof seriesOf)[DriftQuantity][number];
const everySeries = driftQuantities.flatMap((one): readonly DriftSeries[] => seriesOf[one]);

/** Ordered values of the training set; empty where the quantity is none of this inspection. */
export type TrainingConditions = Readonly<Record<DriftSeries, readonly number[]>>;

/** A part of the line, as it was judged. */
export interface SeenPart extends PictureConditions {
  readonly at: string;
  readonly score: number | null;
}

/** The short window sees a jump soon, the long one what creeps. */
export const driftWindows = [25, 200] as const;
const longest = driftWindows[1];
/** The line is looked at after so many parts. */
export const driftEvery = 10;
/** On average at most one false alarm in so many parts, over all quantities together. */
export const partsPerFalseAlarm = 10_000;
const alarmProbability = driftEvery / (partsPerFalseAlarm * driftWindows.length * everySeries.length);
/** A change is over when the windows are no further from the training set than this is likely. */
const overProbability = 0.01;
/** Most values of the training set that are kept. */
const mostKept = 500;

export interface DriftOf {
  readonly quantity: DriftQuantity;
  /** Which number of it says most. */
  readonly series: DriftSeries;
  /** Parts in the window that says most. */
  readonly window: number;
  /** Between the distributions of window and training set, 0 to 1, and how far is too far. */
  readonly distance: number;
  readonly limit: number;
  readonly state: 'changed' | 'near' | 'as trained';
  /** Since which part, where it has changed. */
  readonly since: string | null;
  readonly training: { readonly low: number; readonly median: number; readonly high: number };
  readonly now: number;
}

/**
 * Compares the last parts of a line with the training set, quantity by quantity, over a short and a long window: two-sample
 * Kolmogorov-Smirnov. Where parts are drawn as those of the training set were, no more than one false alarm in `partsPerFalseAlarm`
 * parts is expected: each look makes one test a window and number, and the expectation of all adds up however they hang together
 * (Bonferroni's bound). `near`: below the alarm, but further off than one in a hundred; a change that was told is over only
 * below that.
 *
 * @param parts the oldest first; of one version
 */
export function driftOf(training: TrainingConditions, parts: readonly SeenPart[]): DriftOf[] {
  return driftQuantities.flatMap((quantity) => {
    const tests = seriesOf[quantity].flatMap((series) => testsOf(training[series], parts, quantity, series));
    const [most] = tests.sort((a, b) => b.distance / b.limit - a.distance / a.limit);
    if (!most) return [];
    const { isNear: _, ...said } = most;
    const state = stateOf(tests);
    const since = state === 'changed' ? sinceWhen(training[most.series], parts.slice(-longest), most.series) : null;
    return [{ ...said, state, since }];
  });
}

interface Test extends Omit<DriftOf, 'state' | 'since'> {
  readonly isNear: boolean;
}

function testsOf(
  training: readonly number[],
  parts: readonly SeenPart[],
  quantity: DriftQuantity,
  series: DriftSeries,
): Test[] {
  const seen = parts.flatMap((part) => part[series] ?? []);
  if (training.length < 2) return [];
  return driftWindows
    .filter((window) => seen.length >= window)
    .map((window) => {
      const ordered = seen.slice(-window).toSorted((a, b) => a - b);
      const distance = largestDistance(training, ordered);
      return {
        ...{ quantity, series, window, distance },
        limit: distanceLimit(alarmProbability, training.length, window),
        isNear: distance >= distanceLimit(overProbability, training.length, window),
        training: { low: at(training, 0.05), median: at(training, 0.5), high: at(training, 0.95) },
        now: at(ordered, 0.5),
      };
    });
}

const stateOf = (tests: readonly Test[]): DriftOf['state'] =>
  tests.some(({ distance, limit }) => distance >= limit)
    ? 'changed'
    : tests.some(({ isNear }) => isNear)
      ? 'near'
      : 'as trained';

/**
 * From which part on the ranks within the training set lean most to one side: the likelihood ratio of a mean that changed at an
 * unknown part (generalised likelihood ratio; Siegmund, 1985).
 */
function sinceWhen(training: readonly number[], parts: readonly SeenPart[], series: DriftSeries): string {
  let [sum, count, most, since] = [0, 0, -1, parts.at(-1)!.at];
  for (const part of parts.toReversed()) {
    const value = part[series];
    if (value === null) continue;
    sum += rankIn(training, value) - 0.5;
    count += 1;
    const ratio = sum ** 2 / count;
    if (ratio <= most) continue;
    most = ratio;
    since = part.at;
  }
  return since;
}

/** Share of the training set below a value, equal ones counted half. */
function rankIn(training: readonly number[], value: number): number {
  let [below, equal] = [0, 0];
  for (const one of training) {
    if (one < value) below += 1;
    else if (one === value) equal += 1;
  }
  return (below + equal / 2) / training.length;
}

const at = (ordered: readonly number[], share: number): number => ordered[Math.round(share * (ordered.length - 1))]!;

/** What a model keeps of its training set. */
export function trainingConditions(
  pictures: readonly PictureConditions[],
  heldOutScores: readonly number[],
): TrainingConditions {
  const of = (series: Exclude<DriftSeries, 'score'>) =>
    kept(pictures.flatMap((one) => (one[series] === null ? [] : [one[series]])));
  return {
    score: kept(heldOutScores.map((score) => Number(score.toPrecision(6)))),
    ...{ brightness: of('brightness'), focus: of('focus'), x: of('x'), y: of('y'), red: of('red'), blue: of('blue') },
  };
}

/** Ordered; of too many, evenly spaced ones. */
function kept(values: readonly number[]): number[] {
  const ordered = values.toSorted((a, b) => a - b);
  if (ordered.length <= mostKept) return ordered;
  return Array.from({ length: mostKept }, (_, place) => at(ordered, place / (mostKept - 1)));
}
