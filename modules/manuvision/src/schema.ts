/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */

import type { BayerPattern } from '@millwright/imaging';
import { sql } from 'drizzle-orm';
import {
  boolean,
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
import type { DriftQuantity } from './drift/drift-watch.ts';
import type { PictureConditions } from './drift/picture-conditions.ts';
import type { TrainingResult } from './inspections/training-result.ts';
import type { FoundBox } from './kinds/inspection.ts';
import type { Disagreement } from './labelling/disagreement.ts';
import type { Region } from './labelling/region.ts';
import type { Fault } from './line/faults.ts';
import type { HandshakeSettings } from './line/handshake-settings.ts';
import type { ReportLanguage } from './lots/report-content.ts';
import type { RetuningResult } from './retuning/work-out.ts';
import type { CameraSource } from './stations/camera/camera-source-schema.ts';
import type { KeepRules, KeptBy, RemovedBy } from './stations/keep/keep-rules.ts';

/** What a kind was told; plain JSON. */
export type KindSettings = Readonly<Record<string, unknown>>;

const time = () => timestamp({ withTimezone: true });

export const manuvisionDataset = pgTable(
  'manuvision_dataset',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    name: text().notNull(),
    created_at: time().notNull(),
    removed_at: time(),
    bayer: text().$type<BayerPattern>(),
  },
  (t) => [
    check('manuvision_dataset_bayer_check', sql`${t.bayer} in ('rggb', 'bggr', 'grbg', 'gbrg')`),
    uniqueIndex('manuvision_dataset_name').on(t.site_id, t.name).where(sql`${t.removed_at} is null`),
  ],
);
export type DatasetRow = typeof manuvisionDataset.$inferSelect;

const dataset = () =>
  uuid()
    .notNull()
    .references(() => manuvisionDataset.id);

export const manuvisionPicture = pgTable(
  'manuvision_picture',
  {
    id: uuid().primaryKey(),
    dataset_id: dataset(),
    hash: text().notNull(),
    file_name: text().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    label: text().$type<'good' | 'defect'>().notNull(),
    class_name: text(),
    grouping: text().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    removed_at: time(),
    revision: integer().notNull().default(0),
    region_count: integer().notNull().default(0),
    labelled_by: jsonb().$type<readonly string[]>().notNull().default([]),
    disagreement: jsonb().$type<Disagreement>(),
    /** What pictures are listed by: the name with its numbers as people count. */
    name_order: text().generatedAlwaysAs(
      sql.raw(
        String.raw`regexp_replace(regexp_replace(lower(file_name), '\d+', '000000000000000000000000\&', 'g'), '\d*(\d{24})', '\1', 'g')`,
      ),
    ),
  },
  (t) => [
    check('manuvision_picture_revision_check', sql`${t.revision} >= 0`),
    check('manuvision_picture_region_count_check', sql`${t.region_count} >= 0`),
    check('manuvision_picture_width_check', sql`${t.width} >= 1`),
    check('manuvision_picture_height_check', sql`${t.height} >= 1`),
    check('manuvision_picture_label_check', sql`${t.label} in ('good', 'defect')`),
    check('manuvision_picture_check', sql`(${t.label} = 'defect') = (${t.class_name} is not null)`),
    uniqueIndex('manuvision_picture_hash').on(t.dataset_id, t.hash).where(sql`${t.removed_at} is null`),
  ],
);
export type PictureRow = Omit<typeof manuvisionPicture.$inferSelect, 'name_order'>;

export const manuvisionWord = pgTable(
  'manuvision_word',
  {
    picture_id: uuid()
      .notNull()
      .references(() => manuvisionPicture.id),
    revision: integer().notNull(),
    at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    label: text().$type<'good' | 'defect'>().notNull(),
    class_name: text(),
    regions: jsonb().$type<readonly Region[]>().notNull(),
    settled_for: text(),
  },
  (t) => [
    primaryKey({ columns: [t.picture_id, t.revision] }),
    check('manuvision_word_revision_check', sql`${t.revision} >= 1`),
    check('manuvision_word_label_check', sql`${t.label} in ('good', 'defect')`),
    check('manuvision_word_check', sql`(${t.label} = 'defect') = (${t.class_name} is not null)`),
  ],
);
export type WordRow = typeof manuvisionWord.$inferSelect;

export const manuvisionDatasetVersion = pgTable(
  'manuvision_dataset_version',
  {
    dataset_id: dataset(),
    hash: text().notNull(),
    good: integer().notNull(),
    defects: integer().notNull(),
    region_count: integer().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.dataset_id, t.hash] }),
    check('manuvision_dataset_version_good_check', sql`${t.good} >= 0`),
    check('manuvision_dataset_version_defects_check', sql`${t.defects} >= 0`),
    check('manuvision_dataset_version_region_count_check', sql`${t.region_count} >= 0`),
  ],
);
export type DatasetVersionRow = typeof manuvisionDatasetVersion.$inferSelect;

export const manuvisionInspection = pgTable(
  'manuvision_inspection',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    dataset_id: dataset(),
    name: text().notNull(),
    kind: text().notNull(),
    promise: doublePrecision().notNull(),
    seed: integer().notNull(),
    created_at: time().notNull(),
    removed_at: time(),
    settings: jsonb().$type<KindSettings>().notNull().default({}),
  },
  (t) => [
    check('manuvision_inspection_promise_check', sql`${t.promise} > 0 and ${t.promise} < 1000`),
    uniqueIndex('manuvision_inspection_name').on(t.site_id, t.name).where(sql`${t.removed_at} is null`),
  ],
);
export type InspectionRow = typeof manuvisionInspection.$inferSelect;

const inspection = () =>
  uuid()
    .notNull()
    .references(() => manuvisionInspection.id);

export const manuvisionVersion = pgTable(
  'manuvision_version',
  {
    inspection_id: inspection(),
    version: integer().notNull(),
    model: text().notNull(),
    threshold: doublePrecision(),
    result: jsonb().$type<TrainingResult>().notNull(),
    finding_id: uuid().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    settings: jsonb().$type<KindSettings>().notNull().default({}),
    network_of: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.inspection_id, t.version] }),
    check('manuvision_version_version_check', sql`${t.version} >= 1`),
  ],
);
export type VersionRow = typeof manuvisionVersion.$inferSelect;

export const manuvisionStation = pgTable(
  'manuvision_station',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    name: text().notNull(),
    inspection_id: inspection(),
    version: integer().notNull(),
    folder: text(),
    created_at: time().notNull(),
    removed_at: time(),
    camera: jsonb().$type<CameraSource>(),
    box_id: uuid(),
    keep: jsonb().$type<KeepRules>().notNull(),
    handshake: jsonb().$type<HandshakeSettings>(),
  },
  (t) => [
    check('manuvision_station_source_check', sql`${t.folder} is null or ${t.camera} is null`),
    foreignKey({
      columns: [t.inspection_id, t.version],
      foreignColumns: [manuvisionVersion.inspection_id, manuvisionVersion.version],
    }),
    uniqueIndex('manuvision_station_name').on(t.site_id, t.name).where(sql`${t.removed_at} is null`),
  ],
);
export type StationRow = typeof manuvisionStation.$inferSelect;

export const manuvisionWatchedFile = pgTable(
  'manuvision_watched_file',
  {
    station_id: uuid()
      .notNull()
      .references(() => manuvisionStation.id),
    name: text().notNull(),
    changed_at: doublePrecision().notNull(),
    bytes: doublePrecision().notNull(),
  },
  (t) => [primaryKey({ columns: [t.station_id, t.name, t.changed_at, t.bytes] })],
);
export type WatchedFileRow = typeof manuvisionWatchedFile.$inferSelect;

export const manuvisionVerdict = pgTable(
  'manuvision_verdict',
  {
    id: uuid().primaryKey(),
    station_id: uuid()
      .notNull()
      .references(() => manuvisionStation.id),
    at: time().notNull(),
    file_name: text().notNull(),
    picture: text().notNull(),
    kept: boolean().notNull(),
    version: integer().notNull(),
    threshold: doublePrecision(),
    score: doublePrecision(),
    verdict: text().$type<'ok' | 'ng' | 'refused'>().notNull(),
    class_name: text(),
    value: text(),
    boxes: jsonb().$type<readonly FoundBox[]>().notNull(),
    heatmap: text(),
    milliseconds: doublePrecision().notNull(),
    finding_id: uuid(),
    error: text(),
    reviewed: text().$type<'ok' | 'ng'>(),
    reviewed_at: time(),
    reviewed_by: text(),
    conditions: jsonb().$type<PictureConditions>(),
    bytes: doublePrecision(),
    kept_by: text().$type<KeptBy>(),
    removed_by: text().$type<RemovedBy>(),
    removed_at: time(),
    part_id: text(),
    result_id: integer(),
    inspection_id: inspection(),
  },
  (t) => [
    check('manuvision_verdict_verdict_check', sql`${t.verdict} in ('ok', 'ng', 'refused')`),
    check('manuvision_verdict_reviewed_check', sql`${t.reviewed} in ('ok', 'ng')`),
    index('manuvision_verdict_time').on(t.station_id, t.at, t.id),
    check(
      'manuvision_verdict_kept_by_check',
      sql`${t.kept_by} in ('rejected', 'refused', 'near', 'first', 'passed', 'there')`,
    ),
    check('manuvision_verdict_removed_by_check', sql`${t.removed_by} in ('days', 'megabytes', 'box')`),
    index('manuvision_verdict_kept').on(t.station_id, t.at).where(sql`${t.kept}`),
    index('manuvision_verdict_result').on(t.station_id, t.at).where(sql`${t.result_id} is not null`),
  ],
);
export type VerdictRow = typeof manuvisionVerdict.$inferSelect;

export const manuvisionDrift = pgTable(
  'manuvision_drift',
  {
    id: uuid().primaryKey(),
    station_id: uuid()
      .notNull()
      .references(() => manuvisionStation.id),
    version: integer().notNull(),
    quantity: text().$type<DriftQuantity>().notNull(),
    since: time().notNull(),
    found_at: time().notNull(),
    ended_at: time(),
    finding_id: uuid().notNull(),
    inspection_id: inspection(),
  },
  (t) => [
    check(
      'manuvision_drift_quantity_check',
      sql`${t.quantity} in ('score', 'brightness', 'focus', 'position', 'colour')`,
    ),
    uniqueIndex('manuvision_drift_open').on(t.station_id, t.quantity).where(sql`${t.ended_at} is null`),
    index('manuvision_drift_time').on(t.station_id, t.found_at, t.id),
  ],
);
export type DriftRow = typeof manuvisionDrift.$inferSelect;

export const manuvisionFault = pgTable(
  'manuvision_fault',
  {
    id: uuid().primaryKey(),
    station_id: uuid()
      .notNull()
      .references(() => manuvisionStation.id),
    at: time().notNull(),
    code: text().$type<Fault>().notNull(),
    part_id: text(),
    result_id: integer(),
    ended_at: time(),
    reset_by: text(),
  },
  (t) => [index('manuvision_fault_time').on(t.station_id, t.at, t.id)],
);
export type FaultRow = typeof manuvisionFault.$inferSelect;

export const manuvisionProposal = pgTable(
  'manuvision_proposal',
  {
    id: uuid().primaryKey(),
    station_id: uuid()
      .notNull()
      .references(() => manuvisionStation.id),
    inspection_id: uuid().notNull(),
    version: integer().notNull(),
    result: jsonb().$type<RetuningResult>().notNull(),
    finding_id: uuid().notNull(),
    created_at: time().notNull(),
    actor_name: text().notNull(),
    decision: text().$type<'accepted' | 'dismissed'>(),
    reason: text(),
    decided_at: time(),
    decided_by: text(),
    new_version: integer(),
  },
  (t) => [
    check('manuvision_proposal_decision_check', sql`${t.decision} in ('accepted', 'dismissed')`),
    foreignKey({
      columns: [t.inspection_id, t.version],
      foreignColumns: [manuvisionVersion.inspection_id, manuvisionVersion.version],
    }),
    index('manuvision_proposal_time').on(t.station_id, t.created_at, t.id),
  ],
);
export type ProposalRow = typeof manuvisionProposal.$inferSelect;

export const manuvisionLot = pgTable(
  'manuvision_lot',
  {
    id: uuid().primaryKey(),
    station_id: uuid()
      .notNull()
      .references(() => manuvisionStation.id),
    number: text().notNull(),
    started_at: time().notNull(),
    started_by: text().notNull(),
    ended_at: time(),
    ended_by: text(),
  },
  (t) => [
    uniqueIndex('manuvision_lot_open').on(t.station_id).where(sql`${t.ended_at} is null`),
    index('manuvision_lot_time').on(t.station_id, t.started_at, t.id),
  ],
);
export type LotRow = typeof manuvisionLot.$inferSelect;

export const manuvisionLotReport = pgTable(
  'manuvision_lot_report',
  {
    id: uuid().primaryKey(),
    lot_id: uuid()
      .notNull()
      .references(() => manuvisionLot.id),
    language: text().$type<ReportLanguage>().notNull(),
    pdf: text().notNull(),
    finding_id: uuid().notNull(),
    created_at: time().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [
    check('manuvision_lot_report_language_check', sql`${t.language} in ('en', 'zh-CN', 'zh-TW')`),
    index('manuvision_lot_report_lot').on(t.lot_id, t.created_at),
  ],
);
export type LotReportRow = typeof manuvisionLotReport.$inferSelect;
