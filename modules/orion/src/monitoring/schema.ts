/** The tables of monitors and incidents, for drizzle; migrations/0002_monitor.sql says what each is for. */
import { oneOf } from '@millwright/db';
import { severities } from '@millwright/kernel';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  doublePrecision,
  foreignKey,
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
import type { KeptPromise, NormalRunning } from '../anomalies/promise/promise.ts';
import type { MonitorBaseline } from './fit-monitor.ts';
import { versionRoles, type WatchedSensor } from './types.ts';

const time = () => timestamp({ withTimezone: true });
const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

export const orionMonitor = pgTable(
  'orion_monitor',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    node_id: uuid().notNull(),
    model_id: uuid().notNull(),
    name: text().notNull(),
    sensors: jsonb().$type<readonly WatchedSensor[]>().notNull(),
    per_week: doublePrecision().notNull(),
    created_at: time().notNull(),
    created_by: text().notNull(),
    paused_at: time(),
    removed_at: time(),
  },
  (t) => [index('orion_monitor_node').on(t.node_id).where(sql`removed_at is null`)],
);
export type MonitorRow = typeof orionMonitor.$inferSelect;

export const orionMonitorVersion = pgTable(
  'orion_monitor_version',
  {
    monitor_id: uuid()
      .notNull()
      .references(() => orionMonitor.id),
    version: integer().notNull(),
    role: text({ enum: versionRoles }).notNull(),
    artefact: text().notNull(),
    method: text().notNull(),
    step_ms: doublePrecision().notNull(),
    hold_ms: doublePrecision().notNull(),
    merge_ms: doublePrecision().notNull(),
    from_time: time().notNull(),
    to_time: time().notNull(),
    rows: integer().notNull(),
    running: jsonb().$type<NormalRunning>().notNull(),
    kept: jsonb().$type<KeptPromise>().notNull(),
    baseline: jsonb().$type<MonitorBaseline>().notNull(),
    trained_at: time().notNull(),
    live_at: time(),
  },
  (t) => [
    primaryKey({ columns: [t.monitor_id, t.version] }),
    check('orion_monitor_version_role_check', oneOf(t.role)),
    uniqueIndex('orion_monitor_version_live').on(t.monitor_id).where(sql`role = 'live'`),
    uniqueIndex('orion_monitor_version_shadow').on(t.monitor_id).where(sql`role = 'shadow'`),
  ],
);
export type VersionRow = typeof orionMonitorVersion.$inferSelect;

export const orionWatch = pgTable(
  'orion_watch',
  {
    monitor_id: uuid().notNull(),
    version: integer().notNull(),
    scored_to: time().notNull(),
    state: bytea(),
    late: bigint({ mode: 'number' }).notNull().default(0),
    score: doublePrecision(),
  },
  (t) => [
    primaryKey({ columns: [t.monitor_id, t.version] }),
    foreignKey({
      columns: [t.monitor_id, t.version],
      foreignColumns: [orionMonitorVersion.monitor_id, orionMonitorVersion.version],
    }),
  ],
);
export type WatchRow = typeof orionWatch.$inferSelect;

export const orionScore = pgTable(
  'orion_score',
  {
    monitor_id: uuid().notNull(),
    version: integer().notNull(),
    hour: time().notNull(),
    rows: integer().notNull(),
    sum: doublePrecision().notNull(),
    highest: doublePrecision().notNull(),
  },
  (t) => [primaryKey({ columns: [t.monitor_id, t.version, t.hour] })],
);

export const orionIncident = pgTable(
  'orion_incident',
  {
    id: uuid().primaryKey(),
    number: integer().generatedAlwaysAsIdentity().unique(),
    site_id: uuid().notNull(),
    node_id: uuid().notNull(),
    state: text({ enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    severity: text({ enum: severities }).notNull(),
    from_time: time().notNull(),
    to_time: time().notNull(),
    ended: boolean().notNull().default(false),
    signature: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    alert_id: uuid(),
    order_id: uuid(),
    verdict: text({ enum: ['true', 'false', 'too-late', 'not-useful'] }),
    comment: text().notNull().default(''),
    failed_at: time(),
    judged_at: time(),
    judged_by: text(),
    created_at: time().notNull(),
    closed_at: time(),
  },
  (t) => [
    check('orion_incident_state_check', oneOf(t.state)),
    check('orion_incident_severity_check', oneOf(t.severity)),
    check('orion_incident_verdict_check', oneOf(t.verdict)),
    index('orion_incident_from').on(t.from_time.desc().nullsFirst()),
    index('orion_incident_node').on(t.node_id),
  ],
);
export type IncidentRow = typeof orionIncident.$inferSelect;

export const orionAlarm = pgTable(
  'orion_alarm',
  {
    id: uuid().primaryKey(),
    monitor_id: uuid().notNull(),
    version: integer().notNull(),
    from_time: time().notNull(),
    to_time: time().notNull(),
    ended: boolean().notNull().default(false),
    peak: doublePrecision().notNull(),
    peak_at: time().notNull(),
    threshold: doublePrecision().notNull(),
    blame: jsonb().$type<readonly number[]>().notNull(),
    incident_id: uuid().references(() => orionIncident.id),
    finding_id: uuid(),
  },
  (t) => [
    unique().on(t.monitor_id, t.version, t.from_time),
    foreignKey({
      columns: [t.monitor_id, t.version],
      foreignColumns: [orionMonitorVersion.monitor_id, orionMonitorVersion.version],
    }),
    index('orion_alarm_incident').on(t.incident_id),
  ],
);
export type AlarmRow = typeof orionAlarm.$inferSelect;
