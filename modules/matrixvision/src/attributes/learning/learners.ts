import { kernelLogistic, kernelScorer } from './kernel-logistic.ts';
import type { Learner, Learnt, Scorer } from './learner.ts';
import { linearDiscriminant, linearScorer } from './linear-discriminant.ts';
import { nearestNeighbours, nearestScorer } from './nearest-neighbours.ts';

/** What is tried; the examples choose. */
export const learners: readonly Learner[] = [
  ...[0.03, 0.1, 0.3].map(kernelLogistic),
  ...[0.1, 0.5].map(linearDiscriminant),
  ...[1, 3].map(nearestNeighbours),
];

export function scorerOf(learnt: Learnt): Scorer {
  if (learnt.kind === 'kernel-logistic') return kernelScorer(learnt);
  return learnt.kind === 'linear-discriminant' ? linearScorer(learnt) : nearestScorer(learnt);
}
