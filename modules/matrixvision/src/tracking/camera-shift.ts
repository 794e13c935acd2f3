import type { Point } from '../geometry/point.ts';
import type { Box, Detected } from '../observation.ts';
import { sizeOf } from './box-filter.ts';

/** Fewer things that move alike may be people who walk together. */
const leastThings = 3;
/** In a crowd a part of it tells as much, and all pairs would take too long. */
const mostThings = 40;
const mostTries = 300;
/** Shifts are looked for up to this many sizes of a thing, from one detection to the next. */
const reach = 1.5;
/** Two shifts agree when they are this near, in sizes: what boxes tremble by. */
const near = 0.12;
/** Standard deviation of one thing's miss where the camera stands still, in sizes. */
const usual = 0.08;

/** Of as many looks at a camera that stands still, fewer than `leastShifts` are taken for a shift by chance. */
const looks = 32;
const leastShifts = 4;

/**
 * Tells a camera that moves from one that stands still: things that happen to swerve together are rare, a shake or a turn
 * goes on. On the recordings that this was tried on 0 to 3 looks of a hundred showed a shift where the camera stood, 10
 * to 50 where it moved.
 */
export class CameraMotion {
  readonly #recent: boolean[] = [];

  /** The shift to make good for. */
  look(expected: readonly Box[], detections: readonly Detected[]): Point {
    const none = { x: 0, y: 0 };
    const shift = cameraShift(expected, detections);
    if (!shift) return none;
    this.#recent.push(shift.x !== 0 || shift.y !== 0);
    if (this.#recent.length > looks) this.#recent.shift();
    return this.#recent.filter(Boolean).length >= leastShifts ? shift : none;
  }
}

interface Vote {
  readonly track: number;
  readonly detection: number;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/**
 * How far the camera turned or shook since the last detections, in pixels, told from the boxes alone: the one shift by
 * which most tracks find a detection of their size where they are expected. With a camera that stands still, or too few
 * things to tell, it is none. What ByteTrack's successors take from the picture (BoT-SORT, Aharon 2022) is had here
 * without one, by voting over all pairs.
 *
 * @returns undefined where there are too few things to tell
 */
export function cameraShift(expected: readonly Box[], detections: readonly Detected[]): Point | undefined {
  if (expected.length < leastThings || detections.length < leastThings) return undefined;
  const none = { x: 0, y: 0 };
  const votes = votesOf(expected.slice(0, mostThings), detections);
  const still = supportOf(votes, none);
  let [best, most] = [none as Point, still];
  const every = Math.ceil(votes.length / mostTries);
  for (const vote of votes.filter((_, index) => index % every === 0)) {
    const support = supportOf(votes, vote);
    if (support.things > most.things || (support.things === most.things && support.fit > most.fit))
      [best, most] = [vote, support];
  }
  // Twice: the middle of those that agree may be agreed on by more.
  for (let round = 0; round < 2; round++) best = middleOf(votes, best);
  most = supportOf(votes, best);
  const isShared = most.things >= leastThings && most.things >= 0.6 * Math.min(mostThings, expected.length);
  const size = medianOf(votes.map((vote) => vote.size));
  const isSure = Math.hypot(best.x, best.y) > (3 * usual * size) / Math.sqrt(Math.max(1, most.things));
  return isShared && isSure && most.fit > still.fit + 0.5 ? best : none;
}

function votesOf(expected: readonly Box[], detections: readonly Detected[]): Vote[] {
  return expected.flatMap((box, track) => {
    const size = sizeOf(box);
    return detections.flatMap(({ box: seen }, detection) => {
      const x = seen.x + seen.width / 2 - box.x - box.width / 2;
      const y = seen.y + seen.height / 2 - box.y - box.height / 2;
      const heights = Math.min(seen.height, box.height) / Math.max(seen.height, box.height);
      return heights >= 0.75 && Math.hypot(x, y) <= reach * size ? [{ track, detection, x, y, size }] : [];
    });
  });
}

/** How many tracks find a detection after the shift, and how well: each track and each detection once. */
function supportOf(votes: readonly Vote[], shift: Point): { things: number; fit: number } {
  const tracks = new Map<number, number>();
  const detections = new Set<number>();
  for (const vote of votes) {
    const off = Math.hypot(vote.x - shift.x, vote.y - shift.y) / (near * vote.size);
    if (off >= 1) continue;
    detections.add(vote.detection);
    tracks.set(vote.track, Math.max(tracks.get(vote.track) ?? 0, 1 - off * off));
  }
  const things = Math.min(tracks.size, detections.size);
  return { things, fit: [...tracks.values()].reduce((sum, one) => sum + one, 0) };
}

function middleOf(votes: readonly Vote[], shift: Point): Point {
  const agreed = votes.filter(({ x, y, size }) => Math.hypot(x - shift.x, y - shift.y) < near * size);
  return agreed.length === 0 ? shift : { x: medianOf(agreed.map(({ x }) => x)), y: medianOf(agreed.map(({ y }) => y)) };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length === 0 ? 0 : (sorted[Math.floor(half)]! + sorted[Math.ceil(half) - 1]!) / 2;
}
