import type { Box, TrackedObject } from '../observation.ts';

/** What is made unrecognisable for those who may not know people: their faces, or all of them. */
export type Covering = 'faces' | 'people';

/** Boxes tremble, and a predicted one lies beside its person: so much more is covered on each side. */
const margin = { seen: 0.08, carried: 0.2 } as const;

/**
 * Places to be covered, in pixels of the source picture. A face is covered by where a head is (the upper third of a standing
 * person, as wide as the person), not by a face detector: a face that is missed would be a person shown.
 */
export function coveredPlaces(objects: readonly TrackedObject[], covering: Covering): Box[] {
  return objects
    .filter(({ label }) => label === 'person')
    .map(({ box, state }) => widened(covering === 'people' ? box : headOf(box), margin[state]));
}

/** Of who sits, bends or is cut off below, the box is wide: then the upper half is covered. */
const headOf = ({ x, y, width, height }: Box): Box => ({
  ...{ x, y, width },
  height: height > 1.6 * width ? height / 3 : height / 2,
});

const widened = ({ x, y, width, height }: Box, share: number): Box => ({
  ...{ x: x - width * share, y: y - height * share },
  ...{ width: width * (1 + 2 * share), height: height * (1 + 2 * share) },
});
