import type { Box, Observation, TrackedObject } from '../observation.ts';

/** Test material: a picture of 1000 by 1000 pixels, so that a fraction is read off a pixel. */
export const picture = { width: 1000, height: 1000 };

/** A person of 100 by 40 pixels whose foot is at a place given in fractions. */
export const personAt = (x: number, y: number, height = 100): Box => ({
  x: x * 1000 - height * 0.2,
  y: y * 1000 - height,
  width: height * 0.4,
  height,
});

export interface Walk {
  readonly track?: number;
  readonly label?: string;
  /** Foot, in fractions; null where it is not handed out at that moment. */
  readonly path: readonly (readonly [x: number, y: number] | null)[];
  readonly more?: Partial<TrackedObject>;
  /** Index from which on it counts as rejoined. */
  readonly rejoinedFrom?: number;
  /** Indices at which it is carried. */
  readonly carried?: readonly number[];
}

export function objectOf(walk: Walk, index: number): TrackedObject[] {
  const place = walk.path[index];
  if (!place) return [];
  return [
    {
      track: walk.track ?? 1,
      box: personAt(place[0], place[1]),
      score: 0.9,
      label: walk.label ?? 'person',
      state: walk.carried?.includes(index) ? 'carried' : 'seen',
      rejoined: walk.rejoinedFrom !== undefined && index >= walk.rejoinedFrom,
      ...walk.more,
    },
  ];
}

/** The observations of things that walk side by side, one every `stepMs`. */
export function observationsOf(walks: readonly Walk[], stepMs = 100, start = 0): Observation[] {
  const length = Math.max(0, ...walks.map(({ path }) => path.length));
  return Array.from({ length }, (_, index) => ({
    time: start + index * stepMs,
    ...picture,
    objects: walks.flatMap((walk) => objectOf(walk, index)),
  }));
}

/** `count` places from one to another, both included. */
export const straight = (
  from: readonly [number, number],
  to: readonly [number, number],
  count: number,
): [number, number][] =>
  Array.from({ length: count }, (_, index) => {
    const part = count === 1 ? 0 : index / (count - 1);
    return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  });

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
