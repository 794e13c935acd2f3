import { moved, type Size } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import type { Box, Detected } from '../observation.ts';
import { linkTracklets } from './link.ts';
import { type TrackerOptions, trackerDefaults } from './options.ts';
import { type RecordedNoise, recordedNoise } from './recorded-noise.ts';
import { smoothed } from './smoother.ts';
import type { Sighting } from './track.ts';
import { ByteTracker } from './tracker.ts';

/** One moment of a recording. */
export interface DetectionFrame {
  /** Milliseconds; rising. */
  readonly time: number;
  /** Undefined where no detector ran. */
  readonly detections: readonly Detected[] | undefined;
}

export interface TrackedBox {
  /** Index of the frame. */
  readonly index: number;
  readonly box: Box;
  readonly score: number;
  /** False where it was filled in between two sightings. */
  readonly seen: boolean;
}

/** One thing over a whole recording, in order of frames. */
export interface WholeTrack {
  readonly track: number;
  readonly label: string;
  readonly boxes: readonly TrackedBox[];
}

export interface OfflineOptions extends TrackerOptions {
  /** Gaps up to this long are filled, in seconds. */
  readonly fillSeconds: number;
  readonly linkSeconds: number;
  readonly appearing: number;
}

export const offlineDefaults: OfflineOptions = {
  ...trackerDefaults,
  keepSightings: Number.POSITIVE_INFINITY,
  // Pieces that were taken apart are linked afterwards, with what is known of both.
  hidden: 0,
  fillSeconds: 2,
  lostSeconds: 0.5,
  linkSeconds: 3,
  appearing: 0.1,
};

/**
 * Follows things through a recording that is known to its end: the first sightings of each track are given back, boxes are
 * smoothed by what comes after them, and gaps are filled.
 */
export function trackOffline(
  frames: readonly DetectionFrame[],
  size: Size,
  options: Partial<OfflineOptions> = {},
): WholeTrack[] {
  const used = { ...offlineDefaults, ...options };
  const sightings = new Map<number, Sighting[]>();
  const labels = new Map<number, string>();
  const tracker = new ByteTracker(used, (track, sighting) => {
    const known = sightings.get(track);
    if (known) known.push(sighting);
    else sightings.set(track, [sighting]);
  });
  const cameras: Point[] = [];
  for (const { time, detections } of frames) {
    for (const { track, label } of tracker.update(time, detections, size)) labels.set(track, label);
    cameras.push(tracker.camera);
  }
  const indexAt = new Map(frames.map(({ time }, index) => [time, index]));
  const pieces = [...sightings].map(([track, seen]) => ({ track, sightings: seen, group: labels.get(track) ?? '' }));
  const chains = used.linkSeconds > 0 ? linkTracklets(pieces, used) : pieces.map((_, index) => [index]);
  const noise = recordedNoise(
    pieces.map((piece) => piece.sightings),
    used.noise,
  );
  return chains.map((chain) => {
    const joined = chain.map((index) => pieces[index]!);
    return {
      track: joined[0]!.track,
      label: joined[0]!.group,
      boxes: whole(
        joined.flatMap((piece) => piece.sightings),
        frames,
        cameras,
        indexAt,
        noise,
        used.fillSeconds,
      ),
    };
  });
}

function whole(
  sightings: readonly Sighting[],
  frames: readonly DetectionFrame[],
  cameras: readonly Point[],
  indexAt: ReadonlyMap<number, number>,
  noise: RecordedNoise,
  fillSeconds: number,
): TrackedBox[] {
  const seen = new Map(sightings.map((sighting) => [indexAt.get(sighting.time)!, sighting]));
  const indices: number[] = [];
  let last = -1;
  for (const index of seen.keys()) {
    const isNear = last >= 0 && frames[index]!.time - frames[last]!.time <= fillSeconds * 1000;
    for (let between = last + 1; isNear && between < index; between++) indices.push(between);
    indices.push(index);
    last = index;
  }
  for (const index of unlooked(frames, last, fillSeconds)) indices.push(index);
  const boxes = smoothed(
    sightings,
    indices.map((index) => frames[index]!.time),
    noise,
  );
  let score = sightings[0]!.score;
  return indices.map((index, at) => {
    const sighting = seen.get(index);
    score = sighting?.score ?? score;
    return { index, box: moved(boxes[at]!, cameras[index]!), score, seen: sighting !== undefined };
  });
}

/** The frames after the last one in which a thing was seen, if the detector looked at none of them up to the end. */
function unlooked(frames: readonly DetectionFrame[], last: number, seconds: number): number[] {
  const after = frames.slice(last + 1);
  if (last < 0 || after.some(({ detections }) => detections)) return [];
  const until = frames[last]!.time + seconds * 1000;
  return after.flatMap(({ time }, index) => (time <= until ? [last + 1 + index] : []));
}
