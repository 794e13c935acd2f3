import type { Size } from '../geometry/box.ts';
import type { Observation, TrackedObject } from '../observation.ts';
import type { DetectionFrame, WholeTrack } from '../tracking/offline.ts';

/** A track that was not seen for longer may be another thing afterwards; the online tracker says the same of its own. */
const rejoinedAfterMs = 500;

/** Whole tracks as rules see them, moment by moment. */
export function observeTracks(
  frames: readonly DetectionFrame[],
  tracks: readonly WholeTrack[],
  { width, height }: Size,
): Observation[] {
  const objects: TrackedObject[][] = frames.map(() => []);
  for (const { track, label, boxes } of tracks) {
    let rejoined = false;
    let seenAt: number | undefined;
    for (const { index, box, score, seen } of boxes) {
      const { time } = frames[index]!;
      if (seen) {
        if (seenAt !== undefined && time - seenAt > rejoinedAfterMs && wasLooked(frames, seenAt, index))
          rejoined = true;
        seenAt = time;
      }
      objects[index]!.push({ track, box, score, label, state: seen ? 'seen' : 'carried', rejoined });
    }
  }
  return frames.map(({ time }, index) => ({ time, width, height, objects: objects[index]! }));
}

/** Whether the detector looked in between and did not see it; where it did not look, nothing speaks against the track. */
function wasLooked(frames: readonly DetectionFrame[], after: number, before: number): boolean {
  for (let index = before - 1; index >= 0 && frames[index]!.time > after; index--)
    if (frames[index]!.detections) return true;
  return false;
}
