import { quantileSorted } from '../../numerics/quantile.ts';
import { type Detector, type Scorer, type SensorData, scoreRows } from '../types.ts';

/** Share of the rows learnt from that score at most 1. */
const limit = 0.99;

/** The factor that makes a share of the rows that were learnt from score at most 1; `skip` rows at the beginning are not settled. */
export function trainingFactor(scorer: Scorer, data: SensorData, skip = 0): number {
  const { scores } = scoreRows(scorer, data);
  const sorted = scores.subarray(Math.min(skip, Math.max(scores.length - 1, 0))).sort();
  const reached = quantileSorted(sorted, limit);
  return reached > 1e-9 ? 1 / reached : 1;
}

/** What of a detector is the same for all that are scored row by row from a model that stays. */
export const rowDetector = (
  names: readonly string[],
  state: Detector['state'],
  start: () => Scorer['push'],
): Detector => ({ sensors: names, state, start: () => ({ push: start(), state: () => ({}) }) });
