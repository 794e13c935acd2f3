import type { Work } from '../learners/learner.ts';
import { joinRunning, type NormalRunning, normalRunning } from './promise/promise.ts';
import { type DetectorKind, rowsOf, type SensorData, scoreRows } from './types.ts';

/** Blocks that normal running is divided into, in the order of time. */
const blocks = 4;

/**
 * Scores of normal running that the detector had not learnt from: each block of the rows after the first is scored by what was learnt of the
 * blocks before it. A detector that learns as it goes is never told ahead, so that its own scores are held out already.
 */
export async function heldOutRunning(
  kind: DetectorKind,
  settings: unknown,
  normal: SensorData,
  seed: number,
  mergeMs: number,
  work: Work,
): Promise<NormalRunning> {
  if (kind.single) {
    const fresh = await kind.fit(rowsOf(normal, 0, 0), settings, seed, work);
    return normalRunning(normal.time, scoreRows(fresh.start(), normal).scores, mergeMs);
  }
  let running: NormalRunning | undefined;
  for (let block = 1; block < blocks; block++) {
    const from = Math.floor((normal.rows * block) / blocks);
    const to = Math.floor((normal.rows * (block + 1)) / blocks);
    const detector = await kind.fit(rowsOf(normal, 0, from), settings, seed, work);
    const { scores } = scoreRows(detector.start(), rowsOf(normal, 0, to));
    const part = normalRunning(normal.time.subarray(from, to), scores.subarray(from), mergeMs);
    running = running ? joinRunning(running, part) : part;
  }
  return running!;
}
