/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */
import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

const time = () => timestamp({ withTimezone: true });
/** Who wrote a row and when. */
const written = () => ({ created_at: time().notNull(), actor_id: text().notNull(), actor_name: text().notNull() });
const withdrawn = () => ({ withdrawn_at: time(), withdrawn_by: text(), withdrawn_reason: text() });

export const esgFactor = pgTable(
  'esg_factor',
  {
    id: text().notNull(),
    version: integer().notNull(),
    content: text().notNull(),
    sha256: text().notNull(),
    supersedes: text(),
    reason: text(),
    ...written(),
  },
  (t) => [
    check('esg_factor_version_check', sql`${t.version} >= 1`),
    primaryKey({ columns: [t.id, t.version] }),
    uniqueIndex('esg_factor_supersedes').on(t.supersedes).where(sql`${t.supersedes} is not null`),
  ],
);
export type FactorRow = typeof esgFactor.$inferSelect;

export const esgActivity = pgTable(
  'esg_activity',
  {
    id: uuid().primaryKey(),
    site_id: uuid(),
    year: integer().notNull(),
    kind: text().notNull(),
    content: text().notNull(),
    sha256: text().notNull(),
    corrects: uuid().references((): AnyPgColumn => esgActivity.id),
    import_hash: text(),
    ...written(),
    ...withdrawn(),
  },
  (t) => [
    index('esg_activity_year').on(t.year, t.site_id),
    uniqueIndex('esg_activity_corrects').on(t.corrects).where(sql`${t.corrects} is not null`),
  ],
);
export type ActivityRow = typeof esgActivity.$inferSelect;

export const esgCertificate = pgTable(
  'esg_certificate',
  {
    id: uuid().primaryKey(),
    site_id: uuid(),
    year: integer().notNull(),
    registry: text().notNull(),
    certificate: text().notNull(),
    content: text().notNull(),
    sha256: text().notNull(),
    ...written(),
    ...withdrawn(),
  },
  (t) => [uniqueIndex('esg_certificate_once').on(t.registry, t.certificate).where(sql`${t.withdrawn_at} is null`)],
);
export type CertificateRow = typeof esgCertificate.$inferSelect;

export const esgSteamMeter = pgTable(
  'esg_steam_meter',
  {
    id: uuid().primaryKey(),
    point_id: uuid().notNull(),
    site_id: uuid().notNull(),
    content: text().notNull(),
    ...written(),
  },
  (t) => [index('esg_steam_meter_point').on(t.point_id, t.id)],
);
export type SteamMeterRow = typeof esgSteamMeter.$inferSelect;
