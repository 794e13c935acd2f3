import { seededRandom, shuffled } from '@millwright/imaging';

/**
 * Deals parts out into folds, whole groups together, by the seed alone: larger groups first, each to the fold that has least. Fewer folds where there
 * are fewer groups; none with fewer than two.
 */
export function foldsOf<T extends { readonly group: string }>(parts: readonly T[], count: number, seed: number): T[][] {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const group = groups.get(part.group);
    if (group) group.push(part);
    else groups.set(part.group, [part]);
  }
  if (groups.size < 2) return [];
  const folds: T[][] = Array.from({ length: Math.min(count, groups.size) }, () => []);
  const order = shuffled([...groups.values()], seededRandom(seed)).sort((a, b) => b.length - a.length);
  for (const group of order) {
    const smallest = folds.reduce((least, fold) => (fold.length < least.length ? fold : least));
    smallest.push(...group);
  }
  return folds;
}
