import { bestPairs } from '../tracking/assignment.ts';
import type { EvaluatedFrame } from './frames.ts';

export interface ClearMot {
  /** 1 - (falsePositives + misses + switches) / truth; not bounded below. */
  readonly mota: number;
  /** Mean IoU of the matches. */
  readonly motp: number;
  readonly recall: number;
  readonly precision: number;
  readonly truth: number;
  readonly matches: number;
  readonly falsePositives: number;
  readonly misses: number;
  readonly switches: number;
  readonly fragmentations: number;
  readonly objects: number;
  readonly mostlyTracked: number;
  readonly partlyTracked: number;
  readonly mostlyLost: number;
}

/**
 * CLEAR-MOT (Bernardin and Stiefelhagen 2008) with the shares of tracked life of Wu and Nevatia (2006): mostly tracked
 * from 80 % on, mostly lost below 20 %. A true object keeps the track it had last as long as the two overlap by
 * `least`; the others are assigned by greatest overlap. A switch is a match with another track than the last one,
 * however long ago that was (as py-motmetrics and the MOTChallenge count it).
 */
export function clearMot(frames: readonly EvaluatedFrame[], least = 0.5): ClearMot {
  const lastTrack = new Map<number, number>();
  const lives = new Map<number, boolean[]>();
  let [matches, falsePositives, misses, switches, overlaps] = [0, 0, 0, 0, 0];
  for (const { truth, tracked, overlap } of frames) {
    const columnOf = matchFrame({ truth, tracked, overlap }, lastTrack, least);
    truth.forEach(({ id }, row) => {
      const column = columnOf[row]!;
      const life = lives.get(id) ?? [];
      lives.set(id, life);
      life.push(column >= 0);
      if (column < 0) {
        misses += 1;
        return;
      }
      matches += 1;
      overlaps += overlap[row]![column]!;
      const track = tracked[column]!.id;
      if (lastTrack.has(id) && lastTrack.get(id) !== track) switches += 1;
      lastTrack.set(id, track);
    });
    falsePositives += tracked.length - columnOf.filter((column) => column >= 0).length;
  }
  const truth = matches + misses;
  const shares = [...lives.values()].map((life) => life.filter(Boolean).length / life.length);
  const mostlyTracked = shares.filter((share) => share >= 0.8).length;
  const mostlyLost = shares.filter((share) => share < 0.2).length;
  return {
    mota: truth === 0 ? Number.NaN : 1 - (falsePositives + misses + switches) / truth,
    motp: overlaps / matches,
    recall: matches / truth,
    precision: matches / (matches + falsePositives),
    ...{ truth, matches, falsePositives, misses, switches },
    fragmentations: [...lives.values()].reduce((sum, life) => sum + interruptions(life), 0),
    objects: lives.size,
    ...{ mostlyTracked, mostlyLost, partlyTracked: lives.size - mostlyTracked - mostlyLost },
  };
}

/** For each true box the column of its match, or -1. */
function matchFrame(
  { truth, tracked, overlap }: Omit<EvaluatedFrame, 'frame'>,
  lastTrack: ReadonlyMap<number, number>,
  least: number,
): number[] {
  const columnOf = new Array<number>(truth.length).fill(-1);
  const taken = new Set<number>();
  truth.forEach(({ id }, row) => {
    const last = lastTrack.get(id);
    if (last === undefined) return;
    const column = tracked.findIndex((other, index) => other.id === last && !taken.has(index));
    if (column < 0 || overlap[row]![column]! < least) return;
    columnOf[row] = column;
    taken.add(column);
  });
  const rows = columnOf.flatMap((column, row) => (column < 0 ? [row] : []));
  const columns = tracked.flatMap((_, column) => (taken.has(column) ? [] : [column]));
  // A match more is worth more than any overlap.
  const gain = rows.map((row) =>
    columns.map((column) => (overlap[row]![column]! >= least ? 1000 + overlap[row]![column]! : 0)),
  );
  for (const [row, column] of bestPairs(gain)) columnOf[rows[row]!] = columns[column]!;
  return columnOf;
}

/** How often a life stops being tracked and is tracked again later. */
function interruptions(life: readonly boolean[]): number {
  const last = life.lastIndexOf(true);
  let count = 0;
  for (let index = 1; index < last; index++) if (life[index - 1] && !life[index]) count += 1;
  return count;
}
