import { orionErrors } from '../../errors.ts';
import { forecastNotes } from '../notes.ts';
import type { SeriesSet } from '../types.ts';

/** Throws ORION_DATA_UNFIT where a series has fewer than `least` values, or none at all. */
export function checkFit(learner: string, set: SeriesSet, least: number): void {
  if (set.length < least)
    throw orionErrors.ORION_DATA_UNFIT({ learner, reason: forecastNotes['too-short']({ count: set.length, least }) });
  for (const [index, values] of set.values.entries()) {
    if (!values.some(Number.isFinite))
      throw orionErrors.ORION_DATA_UNFIT({
        learner,
        reason: forecastNotes['no-values']({ series: set.names[index]! }),
      });
  }
}
