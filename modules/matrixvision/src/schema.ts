/** The tables of migrations/, for drizzle. Keys are the names of the columns; the migrations say what each is for. */
import { oneOf } from '@millwright/db';
import type { ModelCard } from '@millwright/inference/card';
import { severities } from '@millwright/kernel';
import { sql } from 'drizzle-orm';
import {
  bigint,
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
import type { BodyPart } from './attributes/parts/body-part.ts';
import type { AttributeModel } from './attributes/teaching/attribute-model.ts';
import type { Taught } from './attributes/teaching/teach.ts';
import type { Ports } from './models/schemas.ts';
import { keptBackReasons } from './rules/rule.ts';
import type { DetectorUsed } from './runtime/watched-camera.ts';

/** What a rule says of an event beside its kind and time. */
export interface EventDetails {
  /** ISO 8601. */
  readonly since: string;
  /** In fractions of the picture. */
  readonly position?: { readonly x: number; readonly y: number };
  /** In fractions of the picture. */
  readonly box?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly values: Readonly<Record<string, number | string>>;
  /** Events of the rule since its last one that the cooldown kept back. */
  readonly suppressed: number;
}

const time = () => timestamp({ withTimezone: true });

export const matrixvisionCamera = pgTable(
  'matrixvision_camera',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    asset_id: uuid(),
    box_id: uuid(),
    name: text().notNull(),
    enabled: boolean().notNull(),
    settings: jsonb().$type<Record<string, unknown>>().notNull(),
    created_at: time().notNull(),
    removed_at: time(),
  },
  (t) => [uniqueIndex('matrixvision_camera_name').on(t.site_id, t.name).where(sql`${t.removed_at} is null`)],
);
export type CameraRow = typeof matrixvisionCamera.$inferSelect;

export const matrixvisionNetwork = pgTable('matrixvision_network', {
  network: text().primaryKey(),
  created_at: time().notNull(),
  actor_id: text().notNull(),
  actor_name: text().notNull(),
});
export type NetworkRow = typeof matrixvisionNetwork.$inferSelect;

const camera = () =>
  uuid()
    .notNull()
    .references(() => matrixvisionCamera.id);

export const matrixvisionRuleSet = pgTable(
  'matrixvision_rule_set',
  {
    camera_id: camera(),
    version: integer().notNull(),
    rules: jsonb().$type<unknown>().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [
    check('matrixvision_rule_set_version_check', sql`${t.version} >= 1`),
    primaryKey({ columns: [t.camera_id, t.version] }),
  ],
);
export type RuleSetRow = typeof matrixvisionRuleSet.$inferSelect;

export const matrixvisionTrackChunk = pgTable(
  'matrixvision_track_chunk',
  {
    camera_id: camera(),
    run_id: uuid().notNull(),
    from_at: time().notNull(),
    to_at: time().notNull(),
    blob: text().notNull(),
    bytes: integer().notNull(),
    observations: integer().notNull(),
    tracks: integer().notNull(),
    rule_version: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.camera_id, t.run_id, t.from_at] }),
    index('matrixvision_track_chunk_time').on(t.camera_id, t.from_at),
  ],
);
export type TrackChunkRow = typeof matrixvisionTrackChunk.$inferSelect;

export const matrixvisionEvent = pgTable(
  'matrixvision_event',
  {
    id: uuid().primaryKey(),
    camera_id: camera(),
    site_id: uuid().notNull(),
    rule_id: text().notNull(),
    rule_name: text().notNull(),
    rule_version: integer().notNull(),
    kind: text().notNull(),
    severity: text({ enum: severities }).notNull(),
    at: time().notNull(),
    received_at: time().notNull(),
    run_id: uuid().notNull(),
    tracks: jsonb().$type<readonly number[]>().notNull(),
    label: text(),
    details: jsonb().$type<EventDetails>().notNull(),
    doubts: jsonb().$type<readonly string[]>().notNull(),
    picture: text(),
    picture_covered: text(),
    clip: text(),
    clip_covered: text(),
    clip_state: text().$type<'pending' | 'ready' | 'none'>().notNull(),
    clip_reason: text(),
    clip_from: time(),
    clip_to: time(),
    finding_id: uuid(),
    proof_missing: text().$type<'not-found-again' | 'tracks-lost'>(),
    state: text().$type<'open' | 'confirmed' | 'rejected'>().notNull(),
    reviewed_at: time(),
    reviewed_by: text(),
    review_note: text(),
    detector: jsonb().$type<DetectorUsed>(),
    kept_back: text({ enum: keptBackReasons }),
  },
  (t) => [
    check('matrixvision_event_severity_check', oneOf(t.severity)),
    check('matrixvision_event_kept_back_check', oneOf(t.kept_back)),
    check('matrixvision_event_clip_state_check', sql`${t.clip_state} in ('pending', 'ready', 'none')`),
    check('matrixvision_event_state_check', sql`${t.state} in ('open', 'confirmed', 'rejected')`),
    index('matrixvision_event_time').on(t.at, t.id),
    index('matrixvision_event_camera').on(t.camera_id, t.at),
    index('matrixvision_event_unproven')
      .on(t.camera_id, t.at)
      .where(sql`${t.finding_id} is null and ${t.proof_missing} is null`),
  ],
);
export type EventRow = typeof matrixvisionEvent.$inferSelect;

export const matrixvisionCrossing = pgTable(
  'matrixvision_crossing',
  {
    id: uuid().primaryKey(),
    camera_id: camera(),
    rule_id: text().notNull(),
    rule_version: integer().notNull(),
    at: time().notNull(),
    received_at: time().notNull(),
    run_id: uuid().notNull(),
    track: bigint({ mode: 'number' }).notNull(),
    label: text().notNull(),
    direction: text().$type<'in' | 'out'>().notNull(),
    confirmed: boolean().notNull(),
    doubts: jsonb().$type<readonly string[]>().notNull(),
    before: jsonb().$type<unknown>().notNull(),
    after: jsonb().$type<unknown>().notNull(),
    picture: text(),
    picture_covered: text(),
  },
  (t) => [
    check('matrixvision_crossing_direction_check', sql`${t.direction} in ('in', 'out')`),
    index('matrixvision_crossing_rule').on(t.camera_id, t.rule_id, t.at),
  ],
);
export type CrossingRow = typeof matrixvisionCrossing.$inferSelect;

export const matrixvisionAttribute = pgTable(
  'matrixvision_attribute',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    name: text().notNull(),
    part: text().$type<BodyPart>().notNull(),
    cameras: jsonb().$type<readonly string[]>(),
    active_version: integer(),
    created_at: time().notNull(),
    removed_at: time(),
  },
  (t) => [
    check('matrixvision_attribute_part_check', sql`${t.part} in ('head', 'torso', 'hands', 'feet')`),
    check('matrixvision_attribute_active_version_check', sql`${t.active_version} >= 1`),
    uniqueIndex('matrixvision_attribute_name').on(t.site_id, t.name).where(sql`${t.removed_at} is null`),
  ],
);
export type AttributeRow = typeof matrixvisionAttribute.$inferSelect;

const attribute = () =>
  uuid()
    .notNull()
    .references(() => matrixvisionAttribute.id);

/** Where an example comes from. */
export type ExampleSource =
  | { readonly kind: 'upload'; readonly shows: 'part' | 'person' }
  | { readonly kind: 'event'; readonly eventId: string }
  | { readonly kind: 'camera'; readonly sightingId: string; readonly cameraId: string; readonly at: string };

export const matrixvisionAttributeExample = pgTable(
  'matrixvision_attribute_example',
  {
    id: uuid().primaryKey(),
    attribute_id: attribute(),
    picture: text().notNull(),
    file_name: text().notNull(),
    patch: text().notNull(),
    present: boolean().notNull(),
    grouping: text().notNull(),
    source: jsonb().$type<ExampleSource>().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    removed_at: time(),
  },
  (t) => [
    uniqueIndex('matrixvision_attribute_example_patch').on(t.attribute_id, t.patch).where(sql`${t.removed_at} is null`),
  ],
);
export type AttributeExampleRow = typeof matrixvisionAttributeExample.$inferSelect;

export const matrixvisionAttributeVersion = pgTable(
  'matrixvision_attribute_version',
  {
    attribute_id: attribute(),
    version: integer().notNull(),
    model: jsonb().$type<AttributeModel>().notNull(),
    sha256: text().notNull(),
    result: jsonb().$type<Omit<Taught, 'model'>>().notNull(),
    finding_id: uuid().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [
    check('matrixvision_attribute_version_version_check', sql`${t.version} >= 1`),
    primaryKey({ columns: [t.attribute_id, t.version] }),
  ],
);
export type AttributeVersionRow = typeof matrixvisionAttributeVersion.$inferSelect;

export const matrixvisionModel = pgTable(
  'matrixvision_model',
  {
    id: uuid().primaryKey(),
    site_id: uuid().notNull(),
    name: text().notNull(),
    created_at: time().notNull(),
    removed_at: time(),
  },
  (t) => [uniqueIndex('matrixvision_model_name').on(t.site_id, t.name).where(sql`${t.removed_at} is null`)],
);
export type ModelRow = typeof matrixvisionModel.$inferSelect;

export const matrixvisionModelVersion = pgTable(
  'matrixvision_model_version',
  {
    model_id: uuid()
      .notNull()
      .references(() => matrixvisionModel.id),
    version: integer().notNull(),
    sha256: text().notNull(),
    network: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    file_name: text().notNull(),
    card: jsonb().$type<ModelCard>().notNull(),
    ports: jsonb().$type<Ports>().notNull(),
    created_at: time().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
  },
  (t) => [
    check('matrixvision_model_version_version_check', sql`${t.version} >= 1`),
    primaryKey({ columns: [t.model_id, t.version] }),
    uniqueIndex('matrixvision_model_version_hash').on(t.model_id, t.sha256),
  ],
);
export type ModelVersionRow = typeof matrixvisionModelVersion.$inferSelect;
