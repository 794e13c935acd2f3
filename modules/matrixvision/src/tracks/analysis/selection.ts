import { type Anchor, anchorInPicture } from '../../geometry/anchor.ts';
import type { Point } from '../../geometry/point.ts';
import type { Observation, TrackedObject } from '../../observation.ts';

/** Which part of stored tracks is asked for. */
export interface Selection {
  readonly classes?: readonly string[];
  /** Milliseconds since 1970; `to` is left out. */
  readonly from?: number;
  readonly to?: number;
  /** The point that stands for a thing; the foot unless said otherwise. */
  readonly anchor?: Anchor;
}

export interface SelectedObject {
  readonly object: TrackedObject;
  /** In fractions of the picture. */
  readonly place: Point;
}

/** The chosen things of each observation in the chosen time, in order. */
export function* selected(
  observations: Iterable<Observation>,
  { classes, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, anchor = 'foot' }: Selection,
): Generator<{ readonly time: number; readonly objects: readonly SelectedObject[] }> {
  const wanted = classes && new Set(classes);
  for (const observation of observations) {
    const { time } = observation;
    if (time < from || time >= to) continue;
    const objects = observation.objects
      .filter(({ label }) => !wanted || wanted.has(label))
      .map((object) => ({ object, place: anchorInPicture(object.box, anchor, observation) }));
    yield { time, objects };
  }
}
