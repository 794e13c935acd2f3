/** The tables of migrations/, for drizzle. Keys are the names of the columns. */
import { oneOf } from '@millwright/db';
import type { Actor, Note } from '@millwright/kernel';
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Job } from './job.ts';

export const job = pgTable(
  'job',
  {
    id: uuid().primaryKey(),
    type: text().notNull(),
    subject: text(),
    site_id: uuid(),
    actor: jsonb().$type<Actor>().notNull(),
    payload: jsonb().notNull(),
    state: text({ enum: ['queued', 'running', 'done', 'failed', 'cancelled'] }).notNull(),
    progress: doublePrecision().notNull().default(0),
    message: text().notNull().default(''),
    note: jsonb().$type<Note>(),
    result: jsonb(),
    error: jsonb().$type<NonNullable<Job['error']>>(),
    cancel_requested: boolean().notNull().default(false),
    attempt: integer().notNull().default(0),
    created_at: timestamp({ withTimezone: true }).notNull(),
    started_at: timestamp({ withTimezone: true }),
    finished_at: timestamp({ withTimezone: true }),
    heartbeat_at: timestamp({ withTimezone: true }),
  },
  (t) => [
    check('job_state_check', oneOf(t.state)),
    index('job_created').on(t.created_at.desc().nullsFirst()),
    index('job_open').on(t.state).where(sql`${t.state} in ('queued', 'running')`),
  ],
);
export type JobRow = typeof job.$inferSelect;
