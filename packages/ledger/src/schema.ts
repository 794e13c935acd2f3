/** The tables of migrations/, for drizzle. Keys are the names of the columns. */
import { oneOf } from '@millwright/db';
import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const ledgerEntry = pgTable(
  'ledger_entry',
  {
    sequence: bigint({ mode: 'number' }).primaryKey(),
    id: uuid().notNull().unique(),
    kind: text({ enum: ['finding', 'action'] }).notNull(),
    type: text().notNull(),
    subject: text(),
    site_id: uuid(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    content: text().notNull(),
    previous_hash: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [
    check('ledger_entry_kind_check', oneOf(t.kind)),
    index('ledger_entry_type').on(t.type, t.sequence),
    index('ledger_entry_subject').on(t.subject, t.sequence).where(sql`${t.subject} is not null`),
  ],
);
export type EntryRow = typeof ledgerEntry.$inferSelect;

export const ledgerHead = pgTable(
  'ledger_head',
  {
    only_row: boolean().primaryKey().default(true),
    sequence: bigint({ mode: 'number' }).notNull(),
    hash: text().notNull(),
  },
  (t) => [check('ledger_head_only_row_check', sql`${t.only_row}`)],
);
