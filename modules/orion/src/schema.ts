/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */
import { oneOf } from '@millwright/db';
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { FrozenColumn } from './datasets/frozen-column.ts';
import type { DatasetSource } from './datasets/schemas.ts';
import type { Fold } from './experiments/drivers/trial-driver.ts';
import type { Search } from './experiments/schemas.ts';

const time = () => timestamp({ withTimezone: true });
const tags = () => jsonb().$type<Record<string, string>>().notNull().default({});

export const orionDataset = pgTable(
  'orion_dataset',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    name: text().notNull(),
    hash: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    row_count: integer().notNull(),
    columns: jsonb().$type<readonly FrozenColumn[]>().notNull(),
    first_time: time(),
    last_time: time(),
    source: jsonb().$type<DatasetSource>().notNull(),
    finding_id: uuid().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    removed_at: time(),
  },
  (t) => [uniqueIndex('orion_dataset_name').on(t.site_id, sql`lower(${t.name})`).where(sql`${t.removed_at} is null`)],
);
export type DatasetRow = typeof orionDataset.$inferSelect;

export const orionExperiment = pgTable(
  'orion_experiment',
  {
    id: uuid().primaryKey(),
    site_id: uuid(),
    name: text().notNull(),
    origin: text({ enum: ['search', 'client'] }).notNull(),
    dataset_id: uuid().references(() => orionDataset.id),
    data_hash: text(),
    family: text(),
    task: jsonb().$type<Record<string, unknown>>(),
    search: jsonb().$type<Search>(),
    folds: integer(),
    seed: integer(),
    tags: tags(),
    created_at: time().notNull(),
    updated_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    removed_at: time(),
  },
  (t) => [
    check('orion_experiment_origin_check', oneOf(t.origin)),
    check('orion_experiment_check', sql`(${t.origin} = 'search') = (${t.data_hash} is not null)`),
    uniqueIndex('orion_experiment_name').on(sql`lower(${t.name})`).where(sql`${t.removed_at} is null`),
  ],
);
export type ExperimentRow = typeof orionExperiment.$inferSelect;

export const orionTrial = pgTable(
  'orion_trial',
  {
    id: uuid().primaryKey(),
    experiment_id: uuid()
      .notNull()
      .references(() => orionExperiment.id),
    number: integer().notNull(),
    name: text().notNull(),
    kind: text().notNull(),
    params: jsonb().$type<Record<string, unknown>>().notNull(),
    seed: integer(),
    job_id: uuid(),
    ended: text({ enum: ['done', 'failed', 'cancelled'] }),
    started_at: time(),
    ended_at: time(),
    metrics: jsonb().$type<Record<string, number>>().notNull().default({}),
    folds: jsonb().$type<readonly Fold[]>(),
    artefact: text(),
    finding_id: uuid(),
    error: jsonb().$type<{ code: string; message: string }>(),
    worker: text(),
    code_version: text(),
    seconds: doublePrecision(),
    tags: tags(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    removed_at: time(),
  },
  (t) => [
    check('orion_trial_ended_check', oneOf(t.ended)),
    unique().on(t.experiment_id, t.number),
    index('orion_trial_job').on(t.job_id),
  ],
);
export type TrialRow = typeof orionTrial.$inferSelect;

export const orionMetric = pgTable(
  'orion_metric',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    trial_id: uuid()
      .notNull()
      .references(() => orionTrial.id),
    key: text().notNull(),
    value: doublePrecision().notNull(),
    step: bigint({ mode: 'number' }).notNull(),
    at: time().notNull(),
  },
  (t) => [index('orion_metric_key').on(t.trial_id, t.key, t.id)],
);
export type MetricRow = typeof orionMetric.$inferSelect;

export const orionTrialFile = pgTable(
  'orion_trial_file',
  {
    trial_id: uuid()
      .notNull()
      .references(() => orionTrial.id),
    path: text().notNull(),
    hash: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.trial_id, t.path] })],
);
export type TrialFileRow = typeof orionTrialFile.$inferSelect;
