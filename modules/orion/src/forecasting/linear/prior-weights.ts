import { decompositionPenalty } from './decomposition-penalty.ts';
import { seasonalWeights } from './seasonal-weights.ts';
import { solveWeights } from './solve-weights.ts';
import type { WindowMoments } from './window-moments.ts';

/** What is believed of the weights before any value is seen: all alike, DLinear's two layers, or that lags in phase count. */
export type Prior = 'plain' | 'decomposition' | 'seasonal';

/**
 * The ridge weights under a prior; undefined where there is nothing to solve. Where the look-back is not whole seasons, a
 * seasonal prior is a plain one.
 */
export function priorWeights(
  moments: WindowMoments,
  strength: number,
  prior: Prior,
  season: number | undefined,
): Float64Array | undefined {
  if (prior === 'decomposition') return solveWeights(moments, strength, decompositionPenalty(moments.lookback));
  if (prior === 'plain' || season === undefined || moments.lookback % season !== 0)
    return solveWeights(moments, strength);
  return seasonalWeights(moments, strength, season);
}
