import { severities } from '@millwright/kernel';
import { z } from 'zod';
import { detectorSchema } from '../cameras/schemas.ts';
import { keptBackReasons } from '../rules/rule.ts';

export const reviewStates = ['open', 'confirmed', 'rejected'] as const;

const time = z.iso.datetime({ offset: true });

export const eventFilter = z.object({
  camera: z.uuid().optional(),
  site: z.uuid().optional(),
  rule: z.string().max(200).optional(),
  kind: z.string().max(100).optional(),
  severity: z.enum(severities).optional(),
  state: z.enum(reviewStates).optional(),
  /** Part of the rule's or the camera's name, or of the label. */
  text: z.string().max(200).optional(),
  from: time.optional(),
  to: time.optional(),
  /** Id of the last event of the page before. */
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type EventFilter = z.output<typeof eventFilter>;

const eventDetails = z.object({
  since: z.string(),
  position: z.object({ x: z.number(), y: z.number() }).optional(),
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
  values: z.record(z.string(), z.union([z.number(), z.string()])),
  suppressed: z.number(),
});

export const eventSchema = z.object({
  id: z.string(),
  cameraId: z.string(),
  cameraName: z.string(),
  siteId: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  ruleVersion: z.number(),
  kind: z.string(),
  severity: z.enum(severities),
  /** When it happened, ISO 8601. */
  at: z.string(),
  /** When the server learnt of it; later than `at` where an edge box was without a link. */
  receivedAt: z.string(),
  tracks: z.array(z.number()).readonly(),
  label: z.string().nullable(),
  details: eventDetails,
  /** Why it should be looked at before it is believed; empty: nothing speaks against it. */
  doubts: z.array(z.string()).readonly(),
  hasPicture: z.boolean(),
  clipState: z.enum(['pending', 'ready', 'none']),
  /** Why there is none: the code of an error, recording-off, or given-up by a box whose disk was full. */
  clipReason: z.string().nullable(),
  /** What the clip shows, ISO 8601. */
  clipFrom: z.string().nullable(),
  clipTo: z.string().nullable(),
  /** The network that found it; null for events of older versions. */
  detector: detectorSchema.nullable(),
  /** The finding that proves it, for `millwright verify`; null until the tracks around it are written. */
  findingId: z.string().nullable(),
  /** Why there will be no finding: the rule does not find it on the tracks, or they were lost; null while it may still come. */
  proofMissing: z.enum(['not-found-again', 'tracks-lost']).nullable(),
  /** Why it is no event but a crossing that is counted only, and in no list of events; null: it is one. */
  keptBack: z.enum(keptBackReasons).nullable(),
  state: z.enum(reviewStates),
  reviewedAt: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  reviewNote: z.string().nullable(),
});
export type CameraEvent = z.output<typeof eventSchema>;

export const reviewInput = z.strictObject({ state: z.enum(reviewStates), note: z.string().max(2_000).default('') });

export const precisionSchema = z.object({
  cameraId: z.string(),
  cameraName: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  kind: z.string(),
  /** Of those reviewed below, crossings that made no event of their own are not among them. */
  events: z.number(),
  confirmed: z.number(),
  rejected: z.number(),
  /** Confirmed of those reviewed, with its 95 % Wilson interval; null while none is reviewed. */
  precision: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type RulePrecision = z.output<typeof precisionSchema>;
