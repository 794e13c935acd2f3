import type { Learner, Learnt, Scorer } from './learner.ts';
import type { Sample } from './sample.ts';
import { solve } from './solve.ts';

type Linear = Extract<Learnt, { kind: 'linear-discriminant' }>;

/**
 * Linear discriminant (Fisher, 1936) with the covariance shrunk by the share `shrinkage` towards its mean variance on the
 * diagonal (Friedman, 1989): with fewer examples than numbers a covariance says little of itself.
 */
export function linearDiscriminant(shrinkage: number): Learner {
  return { name: `linear-discriminant ${shrinkage}`, learn: (samples) => fit(samples, shrinkage) };
}

function fit(samples: readonly Sample[], shrinkage: number): Linear {
  const length = samples[0]!.features.length;
  const means = [true, false].map((present) =>
    meanOf(
      samples.filter((sample) => sample.present === present),
      length,
    ),
  );
  const [here, away] = means as [Float64Array, Float64Array];
  const centred = samples.map(({ features, present }) => {
    const mean = present ? here : away;
    return Float64Array.from(features, (value, at) => value - mean[at]!);
  });
  const rows = Array.from({ length }, () => new Float64Array(length + 1));
  for (const row of centred)
    for (let a = 0; a < length; a++) for (let b = 0; b <= a; b++) rows[a]![b]! += (row[a]! * row[b]!) / samples.length;
  const variance = rows.reduce((sum, row, at) => sum + row[at]!, 0) / length || 1;
  for (let a = 0; a < length; a++) {
    for (let b = 0; b < a; b++) rows[b]![a] = rows[a]![b] = rows[a]![b]! * (1 - shrinkage);
    rows[a]![a] = rows[a]![a]! * (1 - shrinkage) + variance * shrinkage;
    rows[a]![length] = here[a]! - away[a]!;
  }
  const weights = Array.from(solve(rows), rounded);
  const bias = -weights.reduce((sum, weight, at) => sum + (weight * (here[at]! + away[at]!)) / 2, 0);
  return { kind: 'linear-discriminant', bias: rounded(bias), weights };
}

export const linearScorer =
  ({ bias, weights }: Linear): Scorer =>
  (features) =>
    weights.reduce((sum, weight, at) => sum + weight * features[at]!, bias);

function meanOf(samples: readonly Sample[], length: number): Float64Array {
  const mean = new Float64Array(length);
  for (const { features } of samples) for (let at = 0; at < length; at++) mean[at]! += features[at]! / samples.length;
  return mean;
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
