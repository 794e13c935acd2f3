/** The tables of migrations/0012_model.sql, for drizzle. */
import { oneOf } from '@millwright/db';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { cloudNode } from '../schema.ts';
import { modelStages } from './stages.ts';

const time = () => timestamp({ withTimezone: true });

export const cloudModel = pgTable(
  'cloud_model',
  {
    id: uuid().primaryKey(),
    site_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    node_id: uuid().references(() => cloudNode.id),
    name: text().notNull(),
    family: text().notNull(),
    created_at: time().notNull(),
    removed_at: time(),
  },
  (t) => [uniqueIndex('cloud_model_name').on(t.site_id, sql`lower(${t.name})`).where(sql`${t.removed_at} is null`)],
);
export type ModelRow = typeof cloudModel.$inferSelect;

export const cloudModelVersion = pgTable(
  'cloud_model_version',
  {
    model_id: uuid()
      .notNull()
      .references(() => cloudModel.id),
    version: integer().notNull(),
    artefact: text().notNull(),
    file_name: text().notNull(),
    card: jsonb().$type<Record<string, unknown>>().notNull(),
    stage: text({ enum: modelStages }).notNull(),
    shadow: boolean().notNull().default(false),
    stage_at: time().notNull(),
    stage_by: text().notNull(),
    stage_reason: text().notNull(),
    parent_version: integer(),
    data_hash: text(),
    experiment_id: uuid(),
    trial_id: uuid(),
    finding_id: uuid(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [
    check('cloud_model_version_version_check', sql`${t.version} >= 1`),
    check('cloud_model_version_stage_check', oneOf(t.stage)),
    primaryKey({ columns: [t.model_id, t.version] }),
    foreignKey({ columns: [t.model_id, t.parent_version], foreignColumns: [t.model_id, t.version] }),
    uniqueIndex('cloud_model_version_live').on(t.model_id).where(sql`${t.stage} = 'live'`),
    uniqueIndex('cloud_model_version_shadow').on(t.model_id).where(sql`${t.shadow}`),
    index('cloud_model_version_artefact').on(t.artefact),
  ],
);
export type ModelVersionRow = typeof cloudModelVersion.$inferSelect;
