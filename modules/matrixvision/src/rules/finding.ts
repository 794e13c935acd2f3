import type { Point } from '../geometry/point.ts';
import type { TrackedObject } from '../observation.ts';
import type { Doubt, Finding } from './rule.ts';

interface About {
  readonly at: number;
  readonly since: number;
  readonly object: TrackedObject;
  readonly position: Point;
  readonly others?: readonly number[];
  readonly values?: Readonly<Record<string, number | string>>;
  readonly doubts?: readonly Doubt[];
}

/** A finding about a tracked thing, with the doubts that its track brings. */
export function findingOf({ at, since, object, position, others = [], values = {}, doubts = [] }: About): Finding {
  const { track, label, box, rejoined } = object;
  return {
    ...{ at, since, label, position, box, values },
    tracks: [track, ...others.filter((other) => other !== track)],
    doubts: rejoined ? ['rejoined', ...doubts] : doubts,
  };
}
