import type { Fitted, LearnerKind, Work } from '../learners/learner.ts';

/** Something known before it happens: a day of the calendar, a weather forecast, a production plan. */
export interface KnownInput {
  readonly name: string;
  /** From the set's start on, at least as long as the history and the horizon together. NaN where nothing is known. */
  readonly values: Float64Array;
}

/** Series on one regular grid of times. */
export interface SeriesSet {
  /** Milliseconds since 1970 of the first value. */
  readonly start: number;
  /** Milliseconds from one value to the next; the mean of it where `months` is given. */
  readonly step: number;
  /** Where steps are calendar months: how many. */
  readonly months?: number;
  /** Values of each series. */
  readonly length: number;
  readonly names: readonly string[];
  /** One array a series; NaN where there is a gap. */
  readonly values: readonly Float64Array[];
  readonly known: readonly KnownInput[];
  /** Whose clock days and weeks follow. */
  readonly timezone: string;
}

/** What a forecaster learns from. */
export interface ForecastData {
  readonly series: SeriesSet;
  /** Steps to be forecast. */
  readonly horizon: number;
  /** Steps after which the series repeat, the shortest first; none where they do not. */
  readonly seasons: readonly number[];
}

/** What was learnt. It forecasts any history on the same grid, not only the one it learnt from. */
export interface Forecaster extends Fitted {
  readonly horizon: number;
  /** The mean of the `horizon` values after the history, an array a series. */
  forecast(history: SeriesSet, work: Work): Promise<Float64Array[]>;
}

export type ForecastKind = LearnerKind<ForecastData, Forecaster>;
