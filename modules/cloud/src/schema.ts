/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */
import { oneOf } from '@millwright/db';
import type { Note } from '@millwright/kernel';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  char,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { EdgeDesired, EdgeMessage, EdgePartReport, EdgeRefused, EdgeReport } from './edge/contract.ts';
import type { RolloutSettings } from './edge/rollout-settings.ts';
import type { FileMapping } from './file/file-mapping.ts';

const time = () => timestamp({ withTimezone: true });
const total = () => bigint({ mode: 'number' }).notNull().default(0);

export const cloudNode = pgTable(
  'cloud_node',
  {
    id: uuid().primaryKey(),
    kind: text({ enum: ['site', 'area', 'line', 'asset'] }).notNull(),
    parent_id: uuid().references((): AnyPgColumn => cloudNode.id),
    site_id: uuid()
      .notNull()
      .references((): AnyPgColumn => cloudNode.id),
    name: text().notNull(),
    timezone: text(),
    floor_area_m2: doublePrecision(),
    region: text(),
    description: text().notNull().default(''),
    created_at: time().notNull(),
    deleted_at: time(),
  },
  (t) => [
    check('cloud_node_kind_check', oneOf(t.kind)),
    check('cloud_node_check', sql`(${t.kind} = 'site') = (${t.parent_id} is null)`),
    check('cloud_node_check1', sql`(${t.kind} = 'site') = (${t.timezone} is not null)`),
    uniqueIndex('cloud_node_name')
      .on(sql`coalesce(${t.parent_id}, '00000000-0000-0000-0000-000000000000')`, sql`lower(${t.name})`)
      .where(sql`${t.deleted_at} is null`),
    index('cloud_node_site').on(t.site_id),
  ],
);
export type NodeRow = typeof cloudNode.$inferSelect;

export const cloudSource = pgTable(
  'cloud_source',
  {
    id: uuid().primaryKey(),
    site_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    name: text().notNull(),
    kind: text().notNull(),
    config: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    enabled: boolean().notNull().default(true),
    created_at: time().notNull(),
    deleted_at: time(),
  },
  (t) => [uniqueIndex('cloud_source_name').on(t.site_id, sql`lower(${t.name})`).where(sql`${t.deleted_at} is null`)],
);

export const cloudSourceOff = pgTable(
  'cloud_source_off',
  {
    source_id: uuid()
      .notNull()
      .references(() => cloudSource.id),
    off_at: time().notNull(),
    on_at: time(),
  },
  (t) => [primaryKey({ columns: [t.source_id, t.off_at] })],
);

export const cloudPoint = pgTable(
  'cloud_point',
  {
    id: uuid().primaryKey(),
    number: integer().generatedAlwaysAsIdentity().unique(),
    source_id: uuid()
      .notNull()
      .references(() => cloudSource.id),
    node_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    key: text().notNull(),
    name: text().notNull(),
    unit: text().notNull(),
    kind: text({ enum: ['gauge', 'delta', 'counter'] }).notNull(),
    stamp: text({ enum: ['start', 'end'] })
      .notNull()
      .default('end'),
    interval_seconds: doublePrecision(),
    carrier: text(),
    quantity: text(),
    minimum: doublePrecision(),
    maximum: doublePrecision(),
    register_maximum: doublePrecision(),
    retention_days: integer(),
    main_meter: boolean().notNull().default(false),
    created_at: time().notNull(),
    deleted_at: time(),
  },
  (t) => [
    check('cloud_point_kind_check', oneOf(t.kind)),
    check('cloud_point_stamp_check', oneOf(t.stamp)),
    uniqueIndex('cloud_point_key').on(t.source_id, t.key),
    index('cloud_point_node').on(t.node_id),
  ],
);

export const cloudMeasurement = pgTable(
  'cloud_measurement',
  {
    time: time().notNull(),
    value: doublePrecision().notNull(),
    point: integer().notNull(),
    quality: smallint().notNull(),
  },
  (t) => [primaryKey({ columns: [t.point, t.time] })],
);

export const cloudRollup = pgTable(
  'cloud_rollup',
  {
    bucket: time().notNull(),
    first_time: time().notNull(),
    last_time: time().notNull(),
    first_value: doublePrecision().notNull(),
    last_value: doublePrecision().notNull(),
    minimum: doublePrecision().notNull(),
    maximum: doublePrecision().notNull(),
    total: doublePrecision().notNull(),
    increase: doublePrecision().notNull(),
    covered: doublePrecision().notNull().default(0),
    point: integer().notNull(),
    count: integer().notNull(),
    bad: integer().notNull(),
    resolution: char({ length: 1, enum: ['h', 'd'] }).notNull(),
  },
  (t) => [
    check('cloud_rollup_resolution_check', oneOf(t.resolution)),
    primaryKey({ columns: [t.resolution, t.point, t.bucket] }),
  ],
);

export const cloudRollupPending = pgTable(
  'cloud_rollup_pending',
  {
    point: integer().notNull(),
    from_time: time().notNull(),
    to_time: time().notNull(),
  },
  (t) => [index('cloud_rollup_pending_point').on(t.point)],
);

export const cloudDelivery = pgTable(
  'cloud_delivery',
  {
    source_id: uuid()
      .notNull()
      .references(() => cloudSource.id),
    hour: time().notNull(),
    received: total(),
    stored: total(),
    duplicate: total(),
    rejected: total(),
    late: total(),
    early: total(),
    out_of_order: total(),
    historical: total(),
  },
  (t) => [primaryKey({ columns: [t.source_id, t.hour] })],
);

export const cloudRejection = pgTable(
  'cloud_rejection',
  {
    id: uuid().primaryKey(),
    source_id: uuid()
      .notNull()
      .references(() => cloudSource.id),
    at: time().notNull(),
    code: text().notNull(),
    reason: text().notNull(),
    note: jsonb().$type<Note>(),
    key: text(),
    time: time(),
    row: integer(),
    raw: text(),
    import_id: uuid(),
  },
  (t) => [
    index('cloud_rejection_source').on(t.source_id, t.at.desc().nullsFirst()),
    index('cloud_rejection_import').on(t.import_id).where(sql`import_id is not null`),
  ],
);

export const cloudImport = pgTable(
  'cloud_import',
  {
    id: uuid().primaryKey(),
    source_id: uuid()
      .notNull()
      .references(() => cloudSource.id),
    site_id: uuid().notNull(),
    file_name: text().notNull(),
    file_hash: text().notNull(),
    file_size: bigint({ mode: 'number' }).notNull(),
    mapping: jsonb().$type<FileMapping>().notNull(),
    at: time().notNull(),
    actor_name: text().notNull(),
    result: jsonb(),
    finding_id: uuid(),
    attempts: integer().notNull().default(0),
    warnings: jsonb().$type<Note[]>().notNull().default([]),
  },
  (t) => [index('cloud_import_at').on(t.at.desc().nullsFirst())],
);
export type ImportRow = typeof cloudImport.$inferSelect;

export const cloudMapping = pgTable(
  'cloud_mapping',
  {
    signature: text().notNull(),
    mapping: jsonb().$type<FileMapping>().notNull(),
    used_at: time().notNull(),
    site_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    file_name: text().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.site_id, t.signature] })],
);
export type MappingRow = typeof cloudMapping.$inferSelect;

export const cloudBrokerClient = pgTable('cloud_broker_client', {
  username: text().primaryKey(),
  secret_hash: text().notNull(),
  publish: text().array().notNull(),
  subscribe: text().array().notNull(),
  source_id: uuid().references(() => cloudSource.id),
  created_at: time().notNull(),
  revoked_at: time(),
});
export type BrokerClientRow = typeof cloudBrokerClient.$inferSelect;

const boxId = () =>
  uuid()
    .notNull()
    .references(() => cloudEdgeBox.id);

export const cloudEdgeBox = pgTable(
  'cloud_edge_box',
  {
    id: uuid().primaryKey(),
    site_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    name: text().notNull(),
    secret_hash: text(),
    code_hash: text(),
    code_expires_at: time(),
    held: boolean().notNull().default(false),
    desired_revision: integer().notNull().default(0),
    report: jsonb().$type<EdgeReport>(),
    reported_at: time(),
    contact_at: time(),
    created_at: time().notNull(),
    enrolled_at: time(),
    removed_at: time(),
  },
  (t) => [
    uniqueIndex('cloud_edge_box_name').on(t.site_id, sql`lower(${t.name})`).where(sql`${t.removed_at} is null`),
    uniqueIndex('cloud_edge_box_secret').on(t.secret_hash),
    uniqueIndex('cloud_edge_box_code').on(t.code_hash),
  ],
);

export const cloudEdgeDesired = pgTable(
  'cloud_edge_desired',
  {
    box_id: boxId(),
    revision: integer().notNull(),
    parts: jsonb().$type<EdgeDesired['parts']>().notNull(),
    hash: text().notNull(),
    reason: text({ enum: ['change', 'rollout', 'rollback'] }).notNull(),
    rollout_id: uuid(),
    actor_name: text().notNull(),
    at: time().notNull(),
  },
  (t) => [check('cloud_edge_desired_reason_check', oneOf(t.reason)), primaryKey({ columns: [t.box_id, t.revision] })],
);
export type EdgeDesiredRow = typeof cloudEdgeDesired.$inferSelect;

export const cloudEdgeReported = pgTable(
  'cloud_edge_reported',
  {
    box_id: boxId(),
    part: text().notNull(),
    revision: integer().notNull(),
    since: time(),
    document: jsonb().$type<Record<string, unknown>>(),
    document_hash: text().notNull(),
    error: jsonb().$type<NonNullable<EdgePartReport['error']>>(),
    refused: jsonb().$type<EdgeRefused[]>().notNull().default([]),
    figures: jsonb().$type<Record<string, unknown>>().notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.box_id, t.part] })],
);
export type EdgeReportedRow = typeof cloudEdgeReported.$inferSelect;

export const cloudEdgeStream = pgTable(
  'cloud_edge_stream',
  {
    box_id: boxId(),
    stream: uuid().notNull(),
    applied: total(),
    received: total(),
    duplicate: total(),
    late: total(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.box_id, t.stream] })],
);

export const cloudEdgeHole = pgTable(
  'cloud_edge_hole',
  {
    box_id: boxId(),
    stream: uuid().notNull(),
    first: bigint({ mode: 'number' }).notNull(),
    last: bigint({ mode: 'number' }).notNull(),
    reason: text({ enum: ['disk-budget', 'damaged', 'forgotten'] }).notNull(),
    part: text(),
    kind: text(),
    time: time(),
    at: time().notNull(),
  },
  (t) => [
    check('cloud_edge_hole_reason_check', oneOf(t.reason)),
    primaryKey({ columns: [t.box_id, t.stream, t.first] }),
  ],
);

export const cloudEdgeAside = pgTable(
  'cloud_edge_aside',
  {
    id: uuid().primaryKey(),
    box_id: boxId(),
    part: text().notNull(),
    kind: text().notNull(),
    message: jsonb().$type<EdgeMessage>().notNull(),
    code: text().notNull(),
    reason: text().notNull(),
    at: time().notNull(),
    settled_at: time(),
    settled_by: text(),
    settled_how: text({ enum: ['taken', 'dismissed'] }),
  },
  (t) => [
    check('cloud_edge_aside_settled_how_check', oneOf(t.settled_how)),
    index('cloud_edge_aside_box').on(t.box_id).where(sql`settled_at is null`),
  ],
);

export const cloudEdgeBlob = pgTable(
  'cloud_edge_blob',
  {
    box_id: boxId(),
    sha256: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.box_id, t.sha256] })],
);

export const cloudEdgeCommand = pgTable(
  'cloud_edge_command',
  {
    id: uuid().primaryKey(),
    box_id: boxId(),
    kind: text({ enum: ['restart', 'log'] }).notNull(),
    level: text(),
    lines: integer(),
    actor_name: text().notNull(),
    at: time().notNull(),
    done_at: time(),
    ok: boolean(),
    result: jsonb(),
  },
  (t) => [check('cloud_edge_command_kind_check', oneOf(t.kind)), index('cloud_edge_command_box').on(t.box_id, t.at)],
);

export const cloudEdgeRollout = pgTable(
  'cloud_edge_rollout',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    state: text({ enum: ['running', 'paused', 'done', 'failed', 'rolled-back'] }).notNull(),
    stage: integer().notNull(),
    stages: integer().notNull(),
    settings: jsonb().$type<RolloutSettings>().notNull(),
    actor_name: text().notNull(),
    at: time().notNull(),
    ended_at: time(),
    reason: jsonb().$type<Note>(),
  },
  (t) => [check('cloud_edge_rollout_state_check', oneOf(t.state))],
);

export const cloudEdgeRolloutBox = pgTable(
  'cloud_edge_rollout_box',
  {
    rollout_id: uuid()
      .notNull()
      .references(() => cloudEdgeRollout.id),
    box_id: boxId(),
    stage: integer().notNull(),
    state: text({ enum: ['waiting', 'sent', 'healthy', 'failed', 'unchanged', 'away', 'rolled-back'] }).notNull(),
    from_revision: integer(),
    to_revision: integer(),
    sent_at: time(),
    healthy_since: time(),
    reason: jsonb().$type<Note>(),
  },
  (t) => [
    check('cloud_edge_rollout_box_state_check', oneOf(t.state)),
    primaryKey({ columns: [t.rollout_id, t.box_id] }),
  ],
);
