import { intersectionOverUnion } from '../geometry/box.ts';
import type { Box } from '../observation.ts';

/** One box of a track in one frame, of the truth or of a tracker. */
export interface IdentifiedBox {
  readonly frame: number;
  readonly id: number;
  readonly box: Box;
}

/** All boxes of one frame with the overlap of each true box with each of the tracker's. */
export interface EvaluatedFrame {
  readonly frame: number;
  readonly truth: readonly IdentifiedBox[];
  readonly tracked: readonly IdentifiedBox[];
  /** IoU by row (truth) and column (tracked). */
  readonly overlap: readonly (readonly number[])[];
}

/** Frames in order, those with neither truth nor tracks left out. */
export function evaluatedFrames(truth: readonly IdentifiedBox[], tracked: readonly IdentifiedBox[]): EvaluatedFrame[] {
  const frames = new Map<number, { truth: IdentifiedBox[]; tracked: IdentifiedBox[] }>();
  const at = (frame: number) => {
    const known = frames.get(frame) ?? { truth: [], tracked: [] };
    frames.set(frame, known);
    return known;
  };
  for (const box of truth) at(box.frame).truth.push(box);
  for (const box of tracked) at(box.frame).tracked.push(box);
  return [...frames]
    .sort(([a], [b]) => a - b)
    .map(([frame, boxes]) => ({
      ...{ frame, ...boxes },
      overlap: boxes.truth.map(({ box }) => boxes.tracked.map((other) => intersectionOverUnion(box, other.box))),
    }));
}
