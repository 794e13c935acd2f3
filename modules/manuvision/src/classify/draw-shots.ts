import { seededRandom, shuffled } from '@millwright/imaging';
import type { LabelledPicture } from '../kinds/inspection.ts';
import { classifyErrors } from './errors.ts';

export interface Drawn {
  readonly shots: readonly LabelledPicture[];
  readonly rest: readonly LabelledPicture[];
}

/** So many pictures of each class, drawn by the seed, and all others. Throws MANUVISION_CLASS_TOO_SMALL. */
export function drawShots(pictures: readonly LabelledPicture[], shots: number, seed: number): Drawn {
  const random = seededRandom(seed);
  const taken = new Set<LabelledPicture>();
  for (const [className, own] of Map.groupBy(pictures, (picture) => picture.className)) {
    if (own.length < shots)
      throw classifyErrors.MANUVISION_CLASS_TOO_SMALL({ className, count: own.length, wanted: shots });
    for (const picture of shuffled(own, random).slice(0, shots)) taken.add(picture);
  }
  return {
    shots: pictures.filter((picture) => taken.has(picture)),
    rest: pictures.filter((picture) => !taken.has(picture)),
  };
}

/** A share of the pictures of each class by name, drawn by the seed, at least one of each; and all others. */
export function drawShare<Labelled extends LabelledPicture>(
  pictures: readonly Labelled[],
  share: number,
  seed: number,
): { taken: readonly Labelled[]; rest: readonly Labelled[] } {
  const random = seededRandom(seed);
  const taken = new Set<Labelled>();
  for (const own of Map.groupBy(pictures, ({ className }) => className).values())
    for (const picture of shuffled(own, random).slice(0, Math.max(1, Math.round(own.length * share))))
      taken.add(picture);
  return {
    taken: pictures.filter((picture) => taken.has(picture)),
    rest: pictures.filter((picture) => !taken.has(picture)),
  };
}
