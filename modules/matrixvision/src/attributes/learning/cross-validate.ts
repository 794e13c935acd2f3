import { wilsonInterval } from '../../events/wilson-interval.ts';
import { probability } from './calibration.ts';
import { chooseAndFit } from './choose.ts';
import { decide } from './decision.ts';
import { groupedFolds, hasBoth } from './folds.ts';
import { scorerOf } from './learners.ts';
import { randomFrom } from './random.ts';
import type { Sample } from './sample.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** How well the attribute is told on examples that were not learnt from. Shares are 0 to 1. */
export interface CrossValidation {
  readonly folds: number;
  readonly repeats: number;
  /** Whichever side of one half the confidence lies on counts, undecided or not. */
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy, with as many trials as there are groups: examples of one group are one look. */
  readonly interval: Interval;
  readonly groups: number;
  /** Mean of the shares found of those with and of those without. */
  readonly balancedAccuracy: number;
  /** Numbers of examples, averaged over the repeats. */
  readonly confusion: {
    readonly presentAsPresent: number;
    readonly presentAsAbsent: number;
    readonly absentAsAbsent: number;
    readonly absentAsPresent: number;
  };
  /** Share of the examples on which it decides at all, and its accuracy there. */
  readonly decided: number;
  readonly accuracyWhenDecided: number | null;
  /** By example, in their order: mean probability that the attribute is there, told without it. */
  readonly probabilities: readonly number[];
}

export interface ValidationOptions {
  readonly seed: number;
  readonly repeats: number;
  readonly folds: number;
  onProgress?(share: number): void;
}

/**
 * Nested cross-validation (Varma and Simon, 2006): in each fold the learner is chosen and calibrated anew within the rest,
 * so that the choice does not flatter the figure. Whole groups stay on one side. Undefined when a class has fewer than two
 * groups: no honest figure exists then.
 */
export function crossValidate(samples: readonly Sample[], options: ValidationOptions): CrossValidation | undefined {
  const sums = new Float64Array(samples.length);
  const times = new Uint32Array(samples.length);
  const tally = { right: [0, 0], all: [0, 0], decided: 0, decidedRight: 0 };
  let folds = 0;
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const seed = options.seed + 1000 * repeat;
    const parts = groupedFolds(samples, options.folds, randomFrom(seed));
    if (parts.length === 0) return undefined;
    folds = Math.max(folds, parts.length);
    for (const [at, part] of parts.entries()) {
      const left = new Set(part);
      const rest = samples.filter((_, index) => !left.has(index));
      options.onProgress?.((repeat + at / parts.length) / options.repeats);
      if (!hasBoth(rest)) continue;
      const { learnt, calibration } = chooseAndFit(rest, seed + at + 1);
      const score = scorerOf(learnt);
      for (const index of part) {
        const { features, present } = samples[index]!;
        const p = probability(calibration, score(features));
        sums[index]! += p;
        times[index]! += 1;
        const right = p > 0.5 === present;
        tally.all[present ? 1 : 0]! += 1;
        tally.right[present ? 1 : 0]! += right ? 1 : 0;
        if (decide(p) === 'undecided') continue;
        tally.decided += 1;
        tally.decidedRight += right ? 1 : 0;
      }
    }
  }
  const [absent, present] = tally.all as [number, number];
  if (absent === 0 || present === 0) return undefined;
  const [absentRight, presentRight] = tally.right as [number, number];
  const accuracy = (absentRight + presentRight) / (absent + present);
  const groups = new Set(samples.map(({ group, present: here }) => `${here} ${group}`)).size;
  const mean = (count: number) => count / options.repeats;
  return {
    ...{ folds, repeats: options.repeats, accuracy, groups },
    interval: wilsonInterval(accuracy * groups, groups)!,
    balancedAccuracy: (absentRight / absent + presentRight / present) / 2,
    confusion: {
      presentAsPresent: mean(presentRight),
      presentAsAbsent: mean(present - presentRight),
      absentAsAbsent: mean(absentRight),
      absentAsPresent: mean(absent - absentRight),
    },
    decided: tally.decided / (absent + present),
    accuracyWhenDecided: tally.decided === 0 ? null : tally.decidedRight / tally.decided,
    probabilities: Array.from(sums, (sum, at) => (times[at]! > 0 ? sum / times[at]! : 0.5)),
  };
}
