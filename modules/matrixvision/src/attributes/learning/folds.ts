import { shuffled } from './random.ts';
import type { Sample } from './sample.ts';

/**
 * Parts the samples into at most `most` folds, whole groups at a time, each with about the same number of both classes.
 * Indices of the samples by fold; empty when a class has fewer than two groups of its own, so that no honest test exists.
 */
export function groupedFolds(samples: readonly Sample[], most: number, random: () => number): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, { group }] of samples.entries()) groups.set(group, [...(groups.get(group) ?? []), index]);
  const withClass = (present: boolean) =>
    [...groups.values()].filter((indices) => indices.some((index) => samples[index]!.present === present)).length;
  const count = Math.min(most, withClass(true), withClass(false));
  if (count < 2) return [];
  const folds = Array.from({ length: count }, () => ({ indices: [] as number[], held: [0, 0] }));
  // Large groups first, each to where the class it has most of is rarest.
  const order = shuffled([...groups.values()], random).sort((a, b) => b.length - a.length);
  for (const indices of order) {
    const held = [0, 0];
    for (const index of indices) held[samples[index]!.present ? 1 : 0]! += 1;
    const major = held[1]! > held[0]! ? 1 : 0;
    const target = folds.reduce((best, fold) => {
      const [a, b] = [fold.held[major]!, best.held[major]!];
      return a < b || (a === b && fold.indices.length < best.indices.length) ? fold : best;
    });
    target.indices.push(...indices);
    held.forEach((number, at) => {
      target.held[at]! += number;
    });
  }
  return folds.map(({ indices }) => indices.sort((a, b) => a - b)).filter((indices) => indices.length > 0);
}

export const hasBoth = (samples: readonly Sample[]): boolean =>
  samples.some(({ present }) => present) && samples.some(({ present }) => !present);
