/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */
import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
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

export const energyMeasure = pgTable(
  'energy_measure',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    point_id: uuid().notNull(),
    name: text().notNull(),
    description: text().notNull(),
    cost: text(),
    currency: text(),
    status: text().$type<'planned' | 'installed' | 'verified' | 'abandoned'>().notNull(),
    work_from: time().notNull(),
    work_to: time().notNull(),
    baseline_from: time().notNull(),
    method: text().notNull(),
    calendar: text(),
    temperature_point_id: uuid(),
    driver_point_ids: jsonb().$type<string[]>().notNull(),
    expected: doublePrecision(),
    advice_finding_id: uuid(),
    result: jsonb().$type<Record<string, unknown>>(),
    finding_id: uuid(),
    ...written(),
  },
  (t) => [
    check('energy_measure_status_check', sql`${t.status} in ('planned', 'installed', 'verified', 'abandoned')`),
    check('energy_measure_check', sql`${t.work_from} <= ${t.work_to}`),
    check('energy_measure_check1', sql`${t.baseline_from} < ${t.work_from}`),
    index('energy_measure_site').on(t.site_id, t.work_to),
  ],
);
export type MeasureRow = typeof energyMeasure.$inferSelect;

export const energyAdjustment = pgTable(
  'energy_adjustment',
  {
    id: uuid().primaryKey(),
    measure_id: uuid()
      .notNull()
      .references(() => energyMeasure.id),
    reason: text().notNull(),
    valid_from: time().notNull(),
    valid_to: time().notNull(),
    amount: doublePrecision().notNull(),
    document_sha256: text(),
    document_name: text(),
    ...written(),
    withdrawn_at: time(),
    withdrawn_by: text(),
  },
  (t) => [
    check('energy_adjustment_check', sql`${t.valid_from} < ${t.valid_to}`),
    index('energy_adjustment_measure').on(t.measure_id, t.valid_from),
  ],
);
export type AdjustmentRow = typeof energyAdjustment.$inferSelect;

export const energyAdvice = pgTable(
  'energy_advice',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    point_id: uuid().notNull(),
    kind: text().notNull(),
    status: text().$type<'open' | 'accepted' | 'dismissed'>().notNull(),
    found: jsonb().$type<Record<string, unknown>>(),
    currency: text(),
    emission_factor: doublePrecision(),
    emission_source: text(),
    valid_from: time().notNull(),
    valid_to: time().notNull(),
    finding_id: uuid().notNull(),
    measure_id: uuid().references(() => energyMeasure.id),
    ...written(),
  },
  (t) => [
    check('energy_advice_status_check', sql`${t.status} in ('open', 'accepted', 'dismissed')`),
    index('energy_advice_site').on(t.site_id, t.created_at),
  ],
);
export type AdviceRow = typeof energyAdvice.$inferSelect;
