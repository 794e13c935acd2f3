import { bestPairs } from '../tracking/assignment.ts';
import type { EvaluatedFrame } from './frames.ts';
import { indexOf } from './identity.ts';

export interface Hota {
  readonly hota: number;
  readonly detA: number;
  readonly assA: number;
  readonly locA: number;
}

/** The thresholds of the paper: 0.05, 0.10, ..., 0.95. */
export const hotaThresholds = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

/**
 * Higher order tracking accuracy (Luiten 2021), averaged over 19 thresholds of overlap: the geometric mean of how well
 * things are found (DetA) and how well they are kept apart over time (AssA). Matching as in the authors' TrackEval: of
 * all pairs that overlap, those are preferred whose tracks agree over the whole sequence.
 */
export function hota(frames: readonly EvaluatedFrame[]): Hota {
  const truths = indexOf(frames.flatMap(({ truth }) => truth.map(({ id }) => id)));
  const tracks = indexOf(frames.flatMap(({ tracked }) => tracked.map(({ id }) => id)));
  const agreement = alignment(frames, truths, tracks);
  const each = hotaThresholds.map((threshold) => atThreshold(frames, truths, tracks, agreement, threshold));
  const mean = (pick: (one: Hota) => number) => each.reduce((sum, one) => sum + pick(one), 0) / each.length;
  return {
    hota: mean((one) => one.hota),
    detA: mean((one) => one.detA),
    assA: mean((one) => one.assA),
    locA: mean((one) => one.locA),
  };
}

const zeros = (rows: number, columns: number) => Array.from({ length: rows }, () => new Array<number>(columns).fill(0));

/** Jaccard alignment of every true object with every track over the sequence, from shares of overlap. */
function alignment(
  frames: readonly EvaluatedFrame[],
  truths: ReadonlyMap<number, number>,
  tracks: ReadonlyMap<number, number>,
): number[][] {
  const shared = zeros(truths.size, tracks.size);
  const truthLife = new Array<number>(truths.size).fill(0);
  const trackLife = new Array<number>(tracks.size).fill(0);
  for (const { truth, tracked, overlap } of frames) {
    const rowSums = overlap.map((row) => row.reduce((sum, value) => sum + value, 0));
    const columnSums = tracked.map((_, column) => overlap.reduce((sum, row) => sum + row[column]!, 0));
    for (const { id } of tracked) trackLife[tracks.get(id)!]! += 1;
    truth.forEach(({ id }, row) => {
      truthLife[truths.get(id)!]! += 1;
      tracked.forEach((other, column) => {
        const value = overlap[row]![column]!;
        if (value > 0)
          shared[truths.get(id)!]![tracks.get(other.id)!]! += value / (rowSums[row]! + columnSums[column]! - value);
      });
    });
  }
  return shared.map((row, truth) => row.map((value, track) => value / (truthLife[truth]! + trackLife[track]! - value)));
}

function atThreshold(
  frames: readonly EvaluatedFrame[],
  truths: ReadonlyMap<number, number>,
  tracks: ReadonlyMap<number, number>,
  agreement: readonly (readonly number[])[],
  threshold: number,
): Hota {
  const matched = zeros(truths.size, tracks.size);
  const truthLife = new Array<number>(truths.size).fill(0);
  const trackLife = new Array<number>(tracks.size).fill(0);
  let [hits, truthBoxes, trackedBoxes, overlaps] = [0, 0, 0, 0];
  for (const { truth, tracked, overlap } of frames) {
    truthBoxes += truth.length;
    trackedBoxes += tracked.length;
    for (const { id } of truth) truthLife[truths.get(id)!]! += 1;
    for (const { id } of tracked) trackLife[tracks.get(id)!]! += 1;
    const gain = truth.map(({ id }, row) =>
      tracked.map((other, column) => agreement[truths.get(id)!]![tracks.get(other.id)!]! * overlap[row]![column]!),
    );
    for (const [row, column] of bestPairs(gain)) {
      const value = overlap[row]![column]!;
      if (value < threshold - Number.EPSILON) continue;
      hits += 1;
      overlaps += value;
      matched[truths.get(truth[row]!.id)!]![tracks.get(tracked[column]!.id)!]! += 1;
    }
  }
  let association = 0;
  matched.forEach((row, truth) => {
    row.forEach((count, track) => {
      if (count > 0) association += (count * count) / (truthLife[truth]! + trackLife[track]! - count);
    });
  });
  const detA = hits / Math.max(1, truthBoxes + trackedBoxes - hits);
  const assA = association / Math.max(1, hits);
  return { hota: Math.sqrt(detA * assA), detA, assA, locA: hits === 0 ? 1 : overlaps / hits };
}
