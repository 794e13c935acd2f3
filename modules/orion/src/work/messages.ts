/** What is asked of a thread of orion, and what it answers. */
import type { FreezeOutput } from '../datasets/freeze-method.ts';
import type { Grid, PointFacts, Readings } from '../datasets/resample.ts';
import type { FileSource } from '../datasets/schemas.ts';
import type { TrialFigures, TrialPlan } from '../experiments/drivers/trial-driver.ts';

type Frozen = Omit<FreezeOutput, 'hash' | 'bytes'>;

/** A frozen data set where it lies on this machine. */
export interface LocalData {
  readonly hash: string;
  readonly path: string;
}

export interface Asks {
  readonly resample: { ask: { readings: Readings; facts: PointFacts; grid: Grid }; answer: Float64Array };
  readonly 'freeze-columns': {
    ask: { time: Float64Array; columns: readonly { name: string; values: Float64Array }[]; out: string };
    answer: Frozen;
  };
  readonly 'freeze-file': {
    ask: { source: string; out: string; options: Omit<FileSource, 'kind' | 'upload'> };
    answer: Frozen;
  };
  /** Settings that a kind proposes for these data. */
  readonly candidates: {
    ask: { data: LocalData; plan: Pick<TrialPlan, 'family' | 'task' | 'kind'> };
    answer: readonly Record<string, unknown>[];
  };
  /** Throws what the task and the settings are refused with, without learning. */
  readonly check: { ask: { data: LocalData; plan: TrialPlan }; answer: null };
  readonly trial: {
    ask: { data: LocalData; plan: TrialPlan };
    answer: TrialFigures & { readonly state: Uint8Array };
  };
}

export type AskName = keyof Asks;
export type Question = { readonly [K in AskName]: { readonly do: K; readonly request: Asks[K]['ask'] } }[AskName];

export interface Failure {
  readonly code?: string;
  readonly status?: number;
  readonly message: string;
  readonly details?: Record<string, unknown>;
}

/** Figures of the work as it goes: one step is one fold. */
export interface Curve {
  readonly step: number;
  readonly metrics: Readonly<Record<string, number>>;
}

export type Answer =
  | { readonly progress: number; readonly message?: string | undefined }
  | { readonly curve: Curve }
  | { readonly value: unknown }
  | { readonly failure: Failure };
