import { bestPairs } from '../tracking/assignment.ts';
import type { EvaluatedFrame } from './frames.ts';

export interface IdentityScores {
  readonly idf1: number;
  readonly idp: number;
  readonly idr: number;
}

/**
 * Identity scores (Ristani 2016): one assignment of true objects to tracks over the whole sequence, which maximises the
 * boxes that agree; a box agrees where its IoU is at least `least`.
 */
export function identityScores(frames: readonly EvaluatedFrame[], least = 0.5): IdentityScores {
  const truths = indexOf(frames.flatMap(({ truth }) => truth.map(({ id }) => id)));
  const tracks = indexOf(frames.flatMap(({ tracked }) => tracked.map(({ id }) => id)));
  const together = Array.from({ length: truths.size }, () => new Array<number>(tracks.size).fill(0));
  let [truthBoxes, trackedBoxes] = [0, 0];
  for (const { truth, tracked, overlap } of frames) {
    truthBoxes += truth.length;
    trackedBoxes += tracked.length;
    truth.forEach(({ id }, row) => {
      tracked.forEach((other, column) => {
        if (overlap[row]![column]! >= least) together[truths.get(id)!]![tracks.get(other.id)!]! += 1;
      });
    });
  }
  const agreed = bestPairs(together).reduce((sum, [row, column]) => sum + together[row]![column]!, 0);
  return {
    idf1: (2 * agreed) / (truthBoxes + trackedBoxes),
    idp: agreed / trackedBoxes,
    idr: agreed / truthBoxes,
  };
}

/** Places of distinct ids, in order of first sight. */
export function indexOf(ids: readonly number[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const id of ids) if (!places.has(id)) places.set(id, places.size);
  return places;
}
