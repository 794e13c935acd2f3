import type { z } from 'zod';
import type { State, Work } from '../../learners/learner.ts';
import type { Table } from '../../table/table.ts';
import type { Curve } from '../../work/messages.ts';

/** All that a trial's result follows from, beside its data. */
export interface TrialPlan {
  readonly family: string;
  /** What is learnt: of the family, see its driver. */
  readonly task: Readonly<Record<string, unknown>>;
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Times that it learns from what came before and is judged by what came after. */
  readonly folds: number;
  readonly seed: number;
}

export interface Fold {
  readonly trained: number;
  readonly judged: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export interface TrialFigures {
  /** Over all folds together. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly folds: readonly Fold[];
}

export interface TrialWork extends Work {
  /** Figures as they come, one step a fold. */
  curve(curve: Curve): void;
}

/** How the trials of one family of learners are done. */
export interface TrialDriver {
  /** What the family has to be told: the target, the horizon, … */
  readonly task: z.ZodType<Record<string, unknown>>;
  /** The figure that trials are ranked by, and whether less of it is better. */
  readonly objective: (task: TrialPlan['task']) => { readonly metric: string; readonly lessIsBetter: boolean };
  /** Throws what task and settings are refused with: ORION_COLUMN_UNKNOWN, ORION_LEARNER_UNKNOWN, ORION_SETTINGS_INVALID, ORION_DATA_UNFIT. */
  check(table: Table, plan: TrialPlan): Promise<void>;
  /** Settings that the kind proposes; the defaults where it proposes none. */
  candidates(
    table: Table,
    task: TrialPlan['task'],
    kind: string,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /**
   * Judges the plan in the order of time, and learns from all data at last. The same plan and data give the same figures and state on
   * every machine.
   */
  run(table: Table, plan: TrialPlan, work: TrialWork): Promise<TrialFigures & { readonly state: State }>;
}
