/** The tables of work orders, for drizzle; migrations/0013_work_order.sql says what each is for. */
import { oneOf } from '@millwright/db';
import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { cloudNode } from '../schema.ts';
import {
  type ChecklistItem,
  type SparePart,
  type TimeSpent,
  type WorkOrderOutcome,
  workOrderPriorities,
  workOrderStates,
} from './work-order.ts';

const time = () => timestamp({ withTimezone: true });

export const cloudWorkOrder = pgTable(
  'cloud_work_order',
  {
    id: uuid().primaryKey(),
    number: integer().generatedAlwaysAsIdentity().unique(),
    site_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    node_id: uuid()
      .notNull()
      .references(() => cloudNode.id),
    title: text().notNull(),
    description: text().notNull().default(''),
    priority: text({ enum: workOrderPriorities }).notNull(),
    state: text({ enum: workOrderStates }).notNull().default('open'),
    owner_id: uuid(),
    owner_name: text(),
    due_at: time(),
    source_kind: text(),
    source_id: text(),
    source_link: text(),
    source_title: text(),
    finding_id: uuid(),
    checklist: jsonb().$type<readonly ChecklistItem[]>().notNull().default([]),
    parts: jsonb().$type<readonly SparePart[]>().notNull().default([]),
    times: jsonb().$type<readonly TimeSpent[]>().notNull().default([]),
    outcome: jsonb().$type<WorkOrderOutcome>(),
    created_at: time().notNull(),
    created_by: text().notNull(),
    changed_at: time().notNull(),
    closed_at: time(),
    overdue_alert: uuid(),
  },
  (t) => [
    check('cloud_work_order_priority_check', oneOf(t.priority)),
    check('cloud_work_order_state_check', oneOf(t.state)),
    index('cloud_work_order_node').on(t.node_id),
    index('cloud_work_order_source').on(t.source_kind, t.source_id).where(sql`source_id is not null`),
    index('cloud_work_order_unfinished').on(t.due_at).where(sql`state in ('open', 'in-progress')`),
  ],
);
export type WorkOrderRow = typeof cloudWorkOrder.$inferSelect;

export const cloudWorkOrderPhoto = pgTable(
  'cloud_work_order_photo',
  {
    order_id: uuid()
      .notNull()
      .references(() => cloudWorkOrder.id),
    hash: text().notNull(),
    name: text().notNull(),
    media_type: text().notNull(),
    size: integer().notNull(),
    added_by: text().notNull(),
    added_at: time().notNull(),
  },
  (t) => [primaryKey({ columns: [t.order_id, t.hash] })],
);
export type PhotoRow = typeof cloudWorkOrderPhoto.$inferSelect;

export const cloudWorkOrderComment = pgTable(
  'cloud_work_order_comment',
  {
    id: uuid().primaryKey(),
    order_id: uuid()
      .notNull()
      .references(() => cloudWorkOrder.id),
    said_by: text().notNull(),
    at: time().notNull(),
    text: text().notNull(),
  },
  (t) => [index('cloud_work_order_comment_order').on(t.order_id, t.at)],
);
export type CommentRow = typeof cloudWorkOrderComment.$inferSelect;
