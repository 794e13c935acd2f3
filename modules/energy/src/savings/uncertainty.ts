import { studentQuantile } from '@millwright/orion';
import type { BaselineModel } from '../baselines/model.ts';

export interface Uncertainty {
  readonly method: 'ashrae-14' | 'batch-means';
  /** Half width of the interval, in the unit of energy. */
  readonly absolute: number;
}

/**
 * Half width of the interval of a saving by ASHRAE Guideline 14-2014 (annex B, eq. B-13 and B-15) with the factor of Sun and
 * Baltazar (2013, Analysis and improvement on the estimation of building energy savings uncertainty) in place of 1.26 for days
 * and bills, and effective observations for correlated residuals.
 *
 * @param intervals of the reporting period, in the model's own step
 * @param adjusted baseline energy of the reporting period
 */
export function ashraeUncertainty(
  { statistics, step }: BaselineModel,
  intervals: number,
  months: number,
  adjusted: number,
  confidence: number,
): number {
  const { observations, parameters, effectiveObservations: effective, cvrmse } = statistics;
  const t = studentQuantile(confidence, Math.max(1, observations - parameters));
  const factor =
    step === 'billing'
      ? -0.00022 * months ** 2 + 0.03306 * months + 0.94054
      : step === 'day'
        ? -0.00024 * months ** 2 + 0.03535 * months + 1.00286
        : 1.26;
  const n = Math.max(2, effective);
  return Math.abs(adjusted) * t * factor * cvrmse * Math.sqrt((observations / n) * (1 + 2 / n) * (1 / intervals));
}

/**
 * The same from what the baseline missed in weeks that it was not shown: variance of long sums a day, for the days of the
 * reporting period and, since the baseline's own mean is as uncertain, for those of the baseline. Null where there are no batches.
 */
export function batchUncertainty(
  { heldOut, from, to }: BaselineModel,
  days: number,
  confidence: number,
): number | null {
  if (heldOut?.longRunVariance == null) return null;
  const baselineDays = (to - from) / 86_400_000;
  const t = studentQuantile(confidence, heldOut.batches);
  return t * Math.sqrt(heldOut.longRunVariance * days * (1 + days / baselineDays));
}
