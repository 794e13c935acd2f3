/** Requests of the MLflow REST API (https://mlflow.org/docs/latest/rest-api.html), and experiments and runs as it shows them. */
import { z } from 'zod';
import type { TrialNow } from '../experiments/repository.ts';
import type { TrialState } from '../experiments/schemas.ts';
import type { ExperimentRow, MetricRow } from '../schema.ts';

const id = z.string().min(1).max(64);
const key = z.string().min(1).max(250);
/** Whole numbers come as numbers or texts, as protocol buffers write them. */
const whole = z.coerce.number().int();
const value = z
  .union([z.number(), z.string()])
  .transform((given) => Number(String(given).replace(/^-?inf$/i, infinite)));
const infinite = (text: string) => (text.startsWith('-') ? '-Infinity' : 'Infinity');
const pair = z.object({ key, value: z.string().default('') });
const view = z.enum(['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL']).default('ACTIVE_ONLY');
const page = { max_results: whole.min(1).max(50_000).default(1_000), page_token: z.string().optional() };
const order = z.array(z.string()).default([]);
/** Older clients say run_uuid. */
const ofRun = { run_id: id.optional(), run_uuid: id.optional() };
const metric = z.object({ key, value, timestamp: whole.default(0), step: whole.default(0) });

export const requests = {
  experimentCreate: z.object({ name: z.string().min(1).max(500), tags: z.array(pair).default([]) }),
  experimentOf: z.object({ experiment_id: id }),
  experimentByName: z.object({ experiment_name: z.string() }),
  experimentUpdate: z.object({ experiment_id: id, new_name: z.string().min(1).max(500) }),
  experimentTag: z.object({ experiment_id: id, key, value: z.string().default('') }),
  experimentSearch: z.object({ filter: z.string().optional(), view_type: view, order_by: order, ...page }),
  runCreate: z.object({
    ...{ experiment_id: id, user_id: z.string().optional(), run_name: z.string().max(250).optional() },
    ...{ start_time: whole.optional(), tags: z.array(pair).default([]) },
  }),
  runOf: z.object(ofRun),
  runUpdate: z.object({
    ...{ ...ofRun, run_name: z.string().max(250).optional(), end_time: whole.optional() },
    status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']).optional(),
  }),
  runSearch: z.object({
    experiment_ids: z.array(id).default([]),
    ...{ filter: z.string().optional(), run_view_type: view, order_by: order, ...page },
  }),
  metric: metric.extend(ofRun),
  param: pair.extend(ofRun),
  tag: pair.extend(ofRun),
  tagDelete: z.object({ ...ofRun, key }),
  batch: z.object({
    ...{ ...ofRun, metrics: z.array(metric).max(1_000).default([]) },
    ...{ params: z.array(pair).max(100).default([]), tags: z.array(pair).max(100).default([]) },
  }),
  history: z.object({ ...ofRun, metric_key: key, ...page, max_results: whole.min(1).max(50_000).default(25_000) }),
  artifactList: z.object({ ...ofRun, path: z.string().optional() }),
  /** What a run learnt from (`log_input`) is kept as tags. */
  inputs: z.looseObject({ ...ofRun, datasets: z.array(z.looseObject({})).default([]) }),
} as const;
export type Requests = { readonly [K in keyof typeof requests]: z.output<(typeof requests)[K]> };

const statuses: Readonly<Record<TrialState, string>> = {
  ...{ queued: 'SCHEDULED', running: 'RUNNING', done: 'FINISHED', failed: 'FAILED', cancelled: 'KILLED' },
};
export const endedOf = {
  RUNNING: null,
  SCHEDULED: null,
  FINISHED: 'done',
  FAILED: 'failed',
  KILLED: 'cancelled',
} as const;

export const statusOf = ({ state }: TrialNow): string => statuses[state];
const stageOf = (removed: Date | null): string => (removed ? 'deleted' : 'active');
const pairs = (members: Readonly<Record<string, string>>) =>
  Object.entries(members).map(([name, text]) => ({ key: name, value: text }));

/** JSON has no infinities; protocol buffers write them as texts. */
const number = (figure: number): number | string => (Number.isFinite(figure) ? figure : String(figure));

export const artifactRoot = (experimentId: string, runId: string): string => `${experimentId}/${runId}/artifacts`;

export const toMlflowExperiment = (row: ExperimentRow) => ({
  ...{ experiment_id: row.id, name: row.name, artifact_location: `mlflow-artifacts:/${row.id}` },
  ...{ lifecycle_stage: stageOf(row.removed_at), tags: pairs(tagsOfExperiment(row)) },
  ...{ creation_time: row.created_at.getTime(), last_update_time: row.updated_at.getTime() },
});

export const tagsOfExperiment = (row: ExperimentRow): Record<string, string> => ({
  ...(row.family === null ? {} : { 'millwright.family': row.family }),
  ...(row.data_hash === null ? {} : { 'millwright.dataHash': row.data_hash }),
  ...row.tags,
});

export const toMlflowMetric = ({ key: name, value: figure, at, step }: Omit<MetricRow, 'id' | 'trial_id'>) => ({
  ...{ key: name, value: number(figure), timestamp: at.getTime(), step },
});

/** What a run was told, as texts: of a trial its settings, kind, folds and seed. */
export function paramsOf(row: TrialNow): Record<string, string> {
  const texts = Object.entries(row.params).map(([name, given]) => [
    name,
    typeof given === 'string' ? given : JSON.stringify(given),
  ]);
  const own = row.kind === '' ? {} : { kind: row.kind, ...(row.seed === null ? {} : { seed: String(row.seed) }) };
  return { ...own, ...(Object.fromEntries(texts) as Record<string, string>) };
}

export const tagsOfRun = (row: TrialNow): Record<string, string> => ({
  ...{ 'mlflow.runName': row.name, 'mlflow.user': row.actor_name },
  ...(row.code_version === null ? {} : { 'millwright.codeVersion': row.code_version }),
  ...(row.finding_id === null ? {} : { 'millwright.findingId': row.finding_id }),
  ...(row.worker === null ? {} : { 'millwright.worker': row.worker }),
  ...row.tags,
});

/** The figures that count: of a trial those over all folds, of a client's run the last value of each. */
export function figuresOf(row: TrialNow, last: readonly MetricRow[]): Omit<MetricRow, 'id' | 'trial_id'>[] {
  if (row.kind === '') return last.filter(({ trial_id }) => trial_id === row.id);
  const at = row.ended_at ?? row.created_at;
  return Object.entries(row.metrics).map(([name, figure]) => ({ key: name, value: figure, at, step: 0 }));
}

export const toMlflowRun = (row: TrialNow, last: readonly MetricRow[]) => ({
  info: {
    ...{ run_id: row.id, run_uuid: row.id, run_name: row.name, experiment_id: row.experiment_id },
    ...{ user_id: row.tags['mlflow.user'] ?? row.actor_name, status: statusOf(row) },
    start_time: (row.started_at ?? row.created_at).getTime(),
    ...(row.ended_at && { end_time: row.ended_at.getTime() }),
    artifact_uri: `mlflow-artifacts:/${artifactRoot(row.experiment_id, row.id)}`,
    lifecycle_stage: stageOf(row.removed_at),
  },
  data: {
    metrics: figuresOf(row, last).map(toMlflowMetric),
    ...{ params: pairs(paramsOf(row)), tags: pairs(tagsOfRun(row)) },
  },
});
