/** The tables of alerts, for drizzle; migrations/0009_alert.sql and 0010_alert_state.sql say what each is for. */
import { oneOf } from '@millwright/db';
import { severities } from '@millwright/kernel';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
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
import { alertStates } from './alert-state.ts';
import type { AlertText } from './attention.ts';
import type { ChannelFilter } from './channel-filter.ts';
import type { FailureFacts } from './failure.ts';
import type { QuietHours } from './quiet-hours.ts';

const time = () => timestamp({ withTimezone: true });
const severity = () => text({ enum: severities }).notNull();

export const cloudAlertChannel = pgTable(
  'cloud_alert_channel',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    kind: text().notNull(),
    site_id: uuid().references(() => cloudNode.id),
    config: jsonb().$type<Record<string, unknown>>().notNull(),
    secret: text(),
    previous_secret: text(),
    previous_until: time(),
    language: text({ enum: ['en', 'zh-CN', 'zh-TW'] }).notNull(),
    filter: jsonb().$type<ChannelFilter>().notNull(),
    group_seconds: integer().notNull(),
    quiet: jsonb().$type<QuietHours>(),
    most_per_minute: integer().notNull(),
    retry_hours: integer().notNull(),
    created_at: time().notNull(),
    paused_at: time(),
    removed_at: time(),
  },
  (t) => [
    check('cloud_alert_channel_language_check', oneOf(t.language)),
    uniqueIndex('cloud_alert_channel_name').on(sql`lower(${t.name})`).where(sql`${t.removed_at} is null`),
  ],
);
export type ChannelRow = typeof cloudAlertChannel.$inferSelect;

export const cloudAlert = pgTable(
  'cloud_alert',
  {
    id: uuid().primaryKey(),
    module: text().notNull(),
    kind: text().notNull(),
    severity: severity(),
    site_id: uuid().references(() => cloudNode.id),
    subject: text().notNull(),
    title: jsonb().$type<AlertText>().notNull(),
    body: jsonb().$type<AlertText>().notNull(),
    at: time().notNull(),
    link: text(),
    details: jsonb().$type<Record<string, unknown>>().notNull(),
    picture: text(),
    bytes: integer().notNull(),
    raised_at: time().notNull(),
    routed_at: time(),
    picture_right: text(),
    state: text({ enum: alertStates }).notNull().default('open'),
    handled_at: time(),
    handled_by: text(),
    note: text().notNull().default(''),
  },
  (t) => [
    check('cloud_alert_severity_check', oneOf(t.severity)),
    index('cloud_alert_unrouted').on(t.raised_at, t.id).where(sql`routed_at is null`),
    check('cloud_alert_state_check', oneOf(t.state)),
    index('cloud_alert_raised').on(t.raised_at.desc().nullsFirst()),
    index('cloud_alert_unresolved').on(t.raised_at.desc().nullsFirst()).where(sql`state <> 'resolved'`),
  ],
);
export type AlertRow = typeof cloudAlert.$inferSelect;

export const cloudAlertMessage = pgTable(
  'cloud_alert_message',
  {
    id: uuid().primaryKey(),
    channel_id: uuid()
      .notNull()
      .references(() => cloudAlertChannel.id),
    site_id: uuid().references(() => cloudNode.id),
    purpose: text({ enum: ['alerts', 'test'] }).notNull(),
    digest: boolean().notNull(),
    severity: severity(),
    title: jsonb().$type<AlertText>().notNull(),
    alerts: integer().notNull(),
    created_at: time().notNull(),
    state: text({ enum: ['waiting', 'delivered', 'undelivered', 'cancelled'] }).notNull(),
    attempts: integer().notNull().default(0),
    next_at: time(),
    give_up_at: time().notNull(),
    settled_at: time(),
    receipt: text(),
    error: jsonb().$type<FailureFacts>(),
    done: text().array().notNull().default([]),
  },
  (t) => [
    check('cloud_alert_message_purpose_check', oneOf(t.purpose)),
    check('cloud_alert_message_severity_check', oneOf(t.severity)),
    check('cloud_alert_message_state_check', oneOf(t.state)),
    index('cloud_alert_message_next').on(t.next_at).where(sql`state = 'waiting'`),
    index('cloud_alert_message_channel').on(t.channel_id, t.created_at.desc().nullsFirst()),
    index('cloud_alert_message_created').on(t.created_at.desc().nullsFirst()),
  ],
);
export type MessageRow = typeof cloudAlertMessage.$inferSelect;

export const cloudAlertAttempt = pgTable(
  'cloud_alert_attempt',
  {
    message_id: uuid()
      .notNull()
      .references(() => cloudAlertMessage.id),
    number: integer().notNull(),
    at: time().notNull(),
    ended_at: time(),
    receipt: text(),
    error: jsonb().$type<FailureFacts>(),
  },
  (t) => [primaryKey({ columns: [t.message_id, t.number] })],
);
export type AttemptRow = typeof cloudAlertAttempt.$inferSelect;

export const cloudAlertItem = pgTable(
  'cloud_alert_item',
  {
    channel_id: uuid()
      .notNull()
      .references(() => cloudAlertChannel.id),
    alert_id: uuid()
      .notNull()
      .references(() => cloudAlert.id),
    group_key: text().notNull(),
    due_at: time().notNull(),
    held: boolean().notNull().default(false),
    message_id: uuid().references(() => cloudAlertMessage.id),
  },
  (t) => [
    primaryKey({ columns: [t.channel_id, t.alert_id] }),
    index('cloud_alert_item_due').on(t.channel_id, t.due_at).where(sql`message_id is null`),
    index('cloud_alert_item_message').on(t.message_id).where(sql`message_id is not null`),
    index('cloud_alert_item_alert').on(t.alert_id),
  ],
);
