import type { Fitted, LearnerKind } from '../learners/learner.ts';

/** One machine's run: what was measured in each cycle (or hour, or shift), in their order. */
export interface RunUnit {
  readonly name: string;
  /** Number of each cycle, rising. Remaining life is told in these. */
  readonly cycles: Float64Array;
  /** Row-major, a row for each cycle, a column for each of the data's settings. */
  readonly settings: Float64Array;
  /** The same of the data's sensors; NaN where nothing is known. */
  readonly values: Float64Array;
}

/** Runs of machines of one type. */
export interface RunData {
  readonly units: readonly RunUnit[];
  /** Names of the operating settings: what the machine was told to do, or the weather did to it. */
  readonly settings: readonly string[];
  readonly sensors: readonly string[];
  /** Whether the last cycle of each unit is that of its failure. */
  readonly failed: boolean;
}

/** Remaining life in cycles, and the interval that holds it with the share the model was asked for. All lie from 0 to the cap. */
export interface Remaining {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** How good a model is on units that it has not seen. */
export interface LifeFigures {
  /** Root of the mean squared error in cycles, true lives cut at the cap. */
  readonly rmse: number;
  /** Mean over the units of PHM08's score: exp(-d/13)-1 where told too early by d, exp(d/10)-1 where too late (Saxena et al., 2008). */
  readonly meanScore: number;
  /** Share of the true lives inside their interval. */
  readonly coverage: number;
  /** Mean width of the intervals, in cycles. */
  readonly width: number;
}

/** What tells the remaining life of a unit after its last row. */
export interface LifeModel extends Fitted {
  readonly settings: readonly string[];
  readonly sensors: readonly string[];
  readonly cap: number;
  /** The share that the intervals hold. */
  readonly coverage: number;
  /** By cross-validation over whole units; where each stands at a random cut. */
  readonly validation: LifeFigures;
  remaining(unit: RunUnit): Remaining;
}

export type LifeKind = LearnerKind<RunData, LifeModel>;
