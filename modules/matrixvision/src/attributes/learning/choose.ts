import { type Calibration, calibrate, probability, type Scored } from './calibration.ts';
import { groupedFolds, hasBoth } from './folds.ts';
import type { Learner, Learnt } from './learner.ts';
import { learners, scorerOf } from './learners.ts';
import { randomFrom } from './random.ts';
import type { Sample } from './sample.ts';

export interface Fitted {
  readonly learner: string;
  readonly learnt: Learnt;
  readonly calibration: Calibration;
}

const innerFolds = 4;
/** Used where no test within the examples is possible: a score of 1 then says 73 %. */
const uncalibrated: Calibration = { slope: 1, offset: 0 };

/**
 * Chooses among the learners by cross-validation within the samples (least mean log loss of calibrated confidences),
 * then lets the best one learn from all of them. Follows from samples and seed alone.
 */
export function chooseAndFit(samples: readonly Sample[], seed: number): Fitted {
  const folds = groupedFolds(samples, innerFolds, randomFrom(seed));
  if (folds.length === 0) return fitted(learners[0]!, samples, uncalibrated);
  const tried = learners.map((learner) => {
    const scored = heldOut(learner, samples, folds);
    if (!scored) return { learner, calibration: uncalibrated, loss: Number.POSITIVE_INFINITY };
    const calibration = calibrate(scored);
    return { learner, calibration, loss: logLoss(scored, calibration) };
  });
  const best = tried.reduce((least, one) => (one.loss < least.loss ? one : least));
  return fitted(best.learner, samples, best.calibration);
}

const fitted = (learner: Learner, samples: readonly Sample[], calibration: Calibration): Fitted => ({
  ...{ learner: learner.name, learnt: learner.learn(samples), calibration },
});

/** Scores of all samples, each from what was learnt without its fold. */
function heldOut(learner: Learner, samples: readonly Sample[], folds: readonly number[][]): Scored[] | undefined {
  const scored: Scored[] = [];
  for (const fold of folds) {
    const left = new Set(fold);
    const rest = samples.filter((_, index) => !left.has(index));
    if (!hasBoth(rest)) continue;
    const score = scorerOf(learner.learn(rest));
    for (const index of fold) {
      const { features, present } = samples[index]!;
      scored.push({ score: score(features), present });
    }
  }
  const both = scored.some(({ present }) => present) && scored.some(({ present }) => !present);
  return both ? scored : undefined;
}

function logLoss(scored: readonly Scored[], calibration: Calibration): number {
  const count = { true: 0, false: 0 };
  for (const { present } of scored) count[`${present}`] += 1;
  return scored.reduce((sum, { score, present }) => {
    const p = probability(calibration, score);
    return sum - Math.log(Math.max(1e-9, present ? p : 1 - p)) / count[`${present}`];
  }, 0);
}
