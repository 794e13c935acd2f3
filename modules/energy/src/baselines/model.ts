import type { Note } from '@millwright/kernel';
import type { BaselineStep } from './frame.ts';

export const baselineMethods = ['daily', 'billing', 'hourly', 'towt', 'change-point'] as const;
export type BaselineMethod = (typeof baselineMethods)[number];

export const calendars = ['none', 'weekend', 'weekday', 'hour-of-week'] as const;
export type Calendar = (typeof calendars)[number];

/** What the columns of a regression are made of; plain JSON. */
export interface Terms {
  readonly calendar: Calendar;
  /** Balance points in °C; energy rises below the one and above the other. */
  readonly heating: number | null;
  readonly cooling: number | null;
  /** Straight in temperature (2P). */
  readonly linear: boolean;
  /** Ends of the pieces of temperature in °C, of hours that are occupied and those that are not. */
  readonly bins: { readonly occupied: readonly number[]; readonly unoccupied: readonly number[] } | null;
  /** Hours of the week, 0 Monday midnight to 167. */
  readonly occupied: readonly number[];
  readonly drivers: readonly string[];
}

export interface Coefficient {
  readonly name: string;
  readonly value: number;
  /** Standard error, and two-sided p of its being 0; null where they cannot be said. */
  readonly error: number | null;
  readonly p: number | null;
}

/** One regression; an hourly baseline of CalTRACK has one for each month. */
export interface Segment {
  /** Months that it speaks for; null is all. */
  readonly months: readonly number[] | null;
  /** Short name of its form: `hdd-cdd`, `5P`, ... */
  readonly form: string;
  readonly terms: Terms;
  readonly coefficients: readonly Coefficient[];
}

/** What a kind of baseline learnt. */
export interface LearntBaseline {
  readonly segments: readonly Segment[];
  /** Parameters that were estimated, balance points not counted (as CalTRACK and ASHRAE 14 do). */
  readonly parameters: number;
  readonly notes: readonly Note[];
}

export interface BaselineOptions {
  /** Of daily baselines: take this calendar, in place of the one that BIC chooses. `none` is CalTRACK 2.0 to the letter. */
  readonly calendar?: Exclude<Calendar, 'hour-of-week'>;
}

/** Goodness of fit, over the baseline's own intervals. */
export interface BaselineStatistics {
  readonly observations: number;
  readonly parameters: number;
  /** Mean energy a day or hour. */
  readonly mean: number;
  readonly rmse: number;
  /** RMSE with n - p degrees of freedom over the mean (ASHRAE Guideline 14); a share of 1. */
  readonly cvrmse: number;
  /** Sum of observed minus predicted over (n - p) times the mean; a share of 1. */
  readonly nmbe: number;
  readonly r2: number;
  readonly r2Adjusted: number;
  /** Of residuals with those one interval before. */
  readonly autocorrelation: number;
  /** n (1 - rho) / (1 + rho). */
  readonly effectiveObservations: number;
}

/** In weeks that the regression was not shown (every fifth at a time). */
export interface HeldOutStatistics {
  /** Of daily sums (of bills: each bill). */
  readonly cvrmse: number;
  readonly nmbe: number;
  /** Variance a day of long sums of what is missed, from sums over four weeks; null where there are too few. */
  readonly longRunVariance: number | null;
  readonly batches: number;
}

/** A baseline that predicts; plain JSON, the whole of what is kept. */
export interface BaselineModel {
  readonly method: BaselineMethod;
  readonly step: BaselineStep;
  readonly segments: readonly Segment[];
  readonly statistics: BaselineStatistics;
  readonly heldOut: HeldOutStatistics | null;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** Least and greatest of what it saw. */
  readonly ranges: readonly { readonly name: string; readonly low: number; readonly high: number }[];
}
