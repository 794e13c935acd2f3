import { grown, intersectionOverUnion } from '../geometry/box.ts';
import type { Detected } from '../observation.ts';
import { sizeOf, uncertainty } from './box-filter.ts';
import type { TrackerOptions } from './options.ts';
import type { Track } from './track.ts';

/**
 * How well a detection fits a track; 0 where it cannot belong to it.
 *
 * Overlap of both boxes grown by the uncertainty of the prediction (after the buffered IoU of Yang 2023, whose buffer is
 * fixed: here it follows the Kalman filter, so long gaps and low frame rates widen the search by themselves), times the
 * agreement of heights (Hybrid-SORT, Yang 2024: people side by side at different distances), plus the agreement of
 * direction (OC-SORT, Cao 2023) and appearance.
 */
export function affinity(track: Track, detection: Detected, least: number, options: TrackerOptions): number {
  const { box } = track;
  const buffer = Math.min(0.5, Math.max(0, uncertainty(track.filter) - options.noise.measured));
  const overlap = intersectionOverUnion(grown(box, buffer), grown(detection.box, buffer));
  if (overlap < least) return 0;
  const heights = Math.min(box.height, detection.box.height) / Math.max(box.height, detection.box.height);
  if (heights < 0.4) return 0;
  let fit = overlap * heights + options.momentum * directionFit(track, detection);
  if (track.appearance && detection.appearance?.length === track.appearance.length) {
    const alike = cosine(track.appearance, detection.appearance);
    fit += options.appearance * (alike - 0.5);
  }
  // Of two that fit a detection, the one that was seen just before is likelier to be seen again than one that is hidden.
  if (track.misses > 0) fit -= options.hidden;
  return Math.max(1e-6, fit);
}

/** -0.5 against the motion so far, 0.5 along it; fades to 0 for things that hardly move, whose direction is noise. */
function directionFit(track: Track, detection: Detected): number {
  const { sightings, last } = track;
  let before = sightings[0]!;
  // Half a second back: far enough that the noise of the boxes is small against the way.
  for (let index = sightings.length - 1; index >= 0 && before === sightings[0]; index--)
    if (last.time - sightings[index]!.time >= 500) before = sightings[index]!;
  if (before === last) return 0;
  const centre = ({ box }: { box: Detected['box'] }) => [box.x + box.width / 2, box.y + box.height / 2] as const;
  const [ax, ay] = centre(before);
  const [bx, by] = centre(last);
  const [cx, cy] = centre(detection);
  const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - bx, cy - by];
  const [u, v] = [Math.hypot(ux, uy), Math.hypot(vx, vy)];
  const size = sizeOf(track.box);
  const sure = Math.min(1, u / (0.3 * size)) * Math.min(1, v / (0.3 * size));
  if (sure === 0) return 0;
  const angle = Math.acos(Math.max(-1, Math.min(1, (ux * vx + uy * vy) / (u * v))));
  return sure * (0.5 - angle / Math.PI);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
