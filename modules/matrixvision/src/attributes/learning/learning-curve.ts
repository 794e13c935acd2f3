import { probability } from './calibration.ts';
import { chooseAndFit } from './choose.ts';
import { groupedFolds, hasBoth } from './folds.ts';
import { scorerOf } from './learners.ts';
import { randomFrom, shuffled } from './random.ts';
import type { Sample } from './sample.ts';

export interface CurvePoint {
  /** Examples of each class that were learnt from. */
  readonly examples: number;
  readonly balancedAccuracy: number;
}

const steps = [3, 5, 10, 15, 20, 30, 50, 100];
const folds = 5;

/**
 * How the accuracy grows with the number of examples: in each fold so many of each class are drawn from the rest and the
 * fold is told with them. Shows whether more examples are worth the clicks.
 */
export function learningCurve(samples: readonly Sample[], seed: number): CurvePoint[] {
  const parts = groupedFolds(samples, folds, randomFrom(seed));
  const points = steps.map((examples) => ({ examples, right: [0, 0], all: [0, 0] }));
  for (const [at, part] of parts.entries()) {
    const left = new Set(part);
    const rest = shuffled(
      samples.filter((_, index) => !left.has(index)),
      randomFrom(seed + at + 1),
    );
    for (const { examples, right, all } of points) {
      const drawn = [true, false].flatMap((present) =>
        rest.filter((sample) => sample.present === present).slice(0, examples),
      );
      if (drawn.length < 2 * examples || !hasBoth(drawn)) continue;
      const { learnt, calibration } = chooseAndFit(drawn, seed + at);
      const score = scorerOf(learnt);
      for (const index of part) {
        const { features, present } = samples[index]!;
        all[present ? 1 : 0]! += 1;
        right[present ? 1 : 0]! += probability(calibration, score(features)) > 0.5 === present ? 1 : 0;
      }
    }
  }
  return points.flatMap(({ examples, right, all }) =>
    all[0]! > 0 && all[1]! > 0 ? [{ examples, balancedAccuracy: (right[0]! / all[0]! + right[1]! / all[1]!) / 2 }] : [],
  );
}
