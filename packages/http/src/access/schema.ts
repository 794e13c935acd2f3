/** The tables of migrations/, for drizzle. Keys are the names of the columns. */
import type { Role } from '@millwright/kernel';
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

export const accessUser = pgTable(
  'access_user',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    display_name: text().notNull().default(''),
    password_hash: text().notNull(),
    must_change_password: boolean().notNull().default(false),
    role: text().$type<Role>().notNull(),
    site_ids: uuid().array(),
    language: text(),
    failed_attempts: integer().notNull().default(0),
    locked_until: timestamp({ withTimezone: true }),
    disabled: boolean().notNull().default(false),
    created_at: timestamp({ withTimezone: true }).notNull(),
  },
  (t) => [uniqueIndex('access_user_name').on(sql`lower(${t.name})`)],
);
export type UserRow = typeof accessUser.$inferSelect;

export const accessSession = pgTable(
  'access_session',
  {
    secret_hash: text().primaryKey(),
    user_id: uuid()
      .notNull()
      .references(() => accessUser.id, { onDelete: 'cascade' }),
    created_at: timestamp({ withTimezone: true }).notNull(),
    expires_at: timestamp({ withTimezone: true }).notNull(),
    user_agent: text().notNull().default(''),
  },
  (t) => [index('access_session_user').on(t.user_id)],
);
export type SessionRow = typeof accessSession.$inferSelect;

export const accessToken = pgTable(
  'access_token',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    secret_hash: text().notNull().unique(),
    role: text().$type<Role>().notNull(),
    scopes: text().array().notNull(),
    site_ids: uuid().array(),
    created_by: text().notNull(),
    created_at: timestamp({ withTimezone: true }).notNull(),
    expires_at: timestamp({ withTimezone: true }),
    last_used_at: timestamp({ withTimezone: true }),
    revoked_at: timestamp({ withTimezone: true }),
    parent_id: uuid().references((): AnyPgColumn => accessToken.id),
  },
  (t) => [index('access_token_parent').on(t.parent_id)],
);
export type TokenRow = typeof accessToken.$inferSelect;

export const accessDevice = pgTable(
  'access_device',
  {
    secret_hash: text().primaryKey(),
    user_id: uuid()
      .notNull()
      .references(() => accessUser.id, { onDelete: 'cascade' }),
    created_at: timestamp({ withTimezone: true }).notNull(),
    failed_attempts: integer().notNull().default(0),
    locked_until: timestamp({ withTimezone: true }),
  },
  (t) => [index('access_device_user').on(t.user_id)],
);
export type DeviceRow = typeof accessDevice.$inferSelect;
