import type { State } from '../../learners/learner.ts';
import type { FeatureScale, PreparedUnit } from '../features.ts';

/** Whole lives that an estimator learns from. */
export interface Lives extends FeatureScale {
  readonly units: readonly PreparedUnit[];
  /** Sensors of a row. */
  readonly width: number;
}

export interface EstimatorWork {
  /** Called every few milliseconds; throws when the work was stopped. */
  breathe(share: number): Promise<void>;
}

/** A way to tell remaining lives. Stands behind the kinds of the family, which add the interval. */
export interface EstimatorKind {
  readonly name: string;
  fit(lives: Lives, seed: number, work: EstimatorWork): Promise<Estimator>;
  open(state: State): Estimator;
}

export interface Estimator {
  /** Remaining life after each row from `from` on, in cycles, 0 to the cap. */
  estimates(unit: PreparedUnit, from: number): Float64Array;
  state(): State;
}
