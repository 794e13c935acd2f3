/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */
import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  foreignKey,
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

export const energyTariff = pgTable(
  'energy_tariff',
  {
    id: text().notNull(),
    version: text().notNull(),
    sequence: integer().notNull(),
    name: text().notNull(),
    content: text().notNull(),
    sha256: text().notNull(),
    ...written(),
  },
  (t) => [
    check('energy_tariff_sequence_check', sql`${t.sequence} >= 1`),
    primaryKey({ columns: [t.id, t.version] }),
    uniqueIndex('energy_tariff_sequence').on(t.id, t.sequence),
  ],
);
export type TariffRow = typeof energyTariff.$inferSelect;

export const energyTariffAssignment = pgTable(
  'energy_tariff_assignment',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    source_id: uuid(),
    tariff_id: text().notNull(),
    tariff_version: text().notNull(),
    valid_from: text().notNull(),
    transformer_kva: doublePrecision(),
    ...written(),
    withdrawn_at: time(),
    withdrawn_by: text(),
  },
  (t) => [
    check('energy_tariff_assignment_valid_from_check', sql`${t.valid_from} ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'`),
    foreignKey({ columns: [t.tariff_id, t.tariff_version], foreignColumns: [energyTariff.id, energyTariff.version] }),
    index('energy_tariff_assignment_site').on(t.site_id, t.valid_from),
  ],
);
export type AssignmentRow = typeof energyTariffAssignment.$inferSelect;
