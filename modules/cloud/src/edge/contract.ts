import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';

/** What box and server say to each other. Both hold it to these schemas; numbers of time are milliseconds since 1970. */

const time = z.number().min(-8.64e15).max(8.64e15);
const partName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export const edgeSha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A file by its content, and what it is called where it comes from. */
export const edgeBlobSchema = z.object({
  sha256: edgeSha256,
  bytes: z.number().int().min(0),
  name: z.string().min(1).max(200),
});
export type EdgeBlob = Readonly<z.output<typeof edgeBlobSchema>>;

/** What the box could not keep, and why: the sequence stays without a hole, and the server knows what is missing. */
export const edgeLossSchema = z.enum(['disk-budget', 'damaged']);
export type EdgeLoss = z.output<typeof edgeLossSchema>;

export const edgeMessageSchema = z.object({
  /** 1 for the first message of a stream, one more for each further one. */
  sequence: z.number().int().min(1),
  /** The same for ever, also when the message is sent again: a receiver may use it as the key of its row. */
  id: z.uuid(),
  part: partName,
  kind: z.string().min(1).max(60),
  /** When it happened, by the clock of the box. */
  time,
  /** When it happened by the server’s clock, as well as the box can tell. */
  at: time,
  /** `measured`: `at` rests on a comparison of the two clocks; `unknown`: it is `time`, unproven. */
  clock: z.enum(['measured', 'unknown']),
  payload: z.unknown(),
  /** On the server before the message is. */
  blobs: z.array(edgeBlobSchema).max(64),
  /** Set on what stands in place of a message that is lost. */
  lost: edgeLossSchema.optional(),
  /** Files of it that were dropped to keep the disk budget. */
  dropped: z.array(edgeBlobSchema).max(64).optional(),
});
export type EdgeMessage = Readonly<z.output<typeof edgeMessageSchema>>;

/** Messages in order. `first` is the oldest sequence that the box still has. */
export const edgeBatchSchema = z.object({
  stream: z.uuid(),
  first: z.number().int().min(1),
  messages: z.array(edgeMessageSchema).min(1).max(500),
});
export type EdgeBatch = Readonly<z.output<typeof edgeBatchSchema>>;

/** `applied` is the last sequence whose effect is committed: all up to it may be deleted, the next one is wanted. */
export const edgeReceiptSchema = z.object({
  stream: z.uuid(),
  applied: z.number().int().min(0),
  /** `missing`: files of the next message are not there; `later`: the server could not do it now, and nothing is wrong with the message. */
  state: z.enum(['applied', 'gap', 'missing', 'later']),
  missing: z.array(edgeSha256),
});
export type EdgeReceipt = Readonly<z.output<typeof edgeReceiptSchema>>;

export const edgeDesiredPartSchema = z.object({
  document: z.record(z.string(), z.unknown()),
  blobs: z.array(edgeBlobSchema),
});

export const edgeCommandSchema = z.object({
  id: z.uuid(),
  /** `ask`: a question to a part, which whoever asked waits for. */
  kind: z.enum(['restart', 'log', 'ask']),
  /** Of `log`: the least level wanted. */
  level: z.enum(['error', 'warn', 'info', 'debug']).optional(),
  /** Of `log`: how many lines, newest last. */
  lines: z.number().int().min(1).max(2000).optional(),
  /** Of `ask`: whom, what, and more of it. */
  part: partName.optional(),
  what: z.string().max(60).optional(),
  input: z.unknown().optional(),
});
export type EdgeCommand = Readonly<z.output<typeof edgeCommandSchema>>;

/** What a box is to do. The revision only rises, also when an earlier state comes back. */
export const edgeDesiredSchema = z.object({
  box: z.object({ id: z.uuid(), name: z.string(), siteId: z.uuid(), siteName: z.string(), timezone: z.string() }),
  revision: z.number().int().min(0),
  parts: z.record(partName, edgeDesiredPartSchema),
  commands: z.array(edgeCommandSchema),
  /** Port of the broker on the server’s own host; null where the box must be told another one, or none. */
  mqttPort: z.number().int().nullable(),
  serverTime: time,
});
export type EdgeDesired = Readonly<z.output<typeof edgeDesiredSchema>>;

export const edgeHealthSchema = z.object({
  /** Share of all cores that was busy since the last report, 0 to 1. */
  cpu: z.number().min(0).max(1).nullable(),
  memory: z.object({ total: z.number(), free: z.number(), process: z.number() }),
  /** Degrees Celsius of the hottest sensor; null where none can be read. */
  temperature: z.number().nullable(),
  disk: z.object({ total: z.number(), free: z.number() }),
  uptimeSeconds: z.number(),
  /** What the server’s clock is ahead of the box’s, milliseconds; null before the first comparison. */
  clockOffsetMs: z.number().nullable(),
  outbox: z.object({
    waiting: z.number().int(),
    bytes: z.number(),
    budgetBytes: z.number(),
    /** When the oldest waiting message happened, by the box’s clock. */
    oldest: time.nullable(),
    /** Given up to keep the budget, ever. */
    droppedMessages: z.number().int(),
    droppedFiles: z.number().int(),
    droppedBytes: z.number(),
    damaged: z.number().int(),
  }),
  transport: z.enum(['mqtt', 'https']),
});
export type EdgeHealth = Readonly<z.output<typeof edgeHealthSchema>>;

/** One place of a document that the box did not bring into effect, with all else in effect. */
export const edgeRefusedSchema = z.object({
  path: z.array(z.string().max(200)).min(1).max(20),
  subject: z.string().max(200),
  reason: noteSchema,
  /** That brought it; it stays refused in later ones until something else stands there. */
  revision: z.number().int().min(0),
});
export type EdgeRefused = Readonly<z.output<typeof edgeRefusedSchema>>;

export const edgePartReportSchema = z.object({
  /** Revision that is in effect; 0 before the first. */
  revision: z.number().int().min(0),
  /** Since when, by the box’s clock. */
  since: time.nullable(),
  /** What is in effect: the desired document with the local overrides in it. Left out while the server has it. */
  document: z.record(z.string(), z.unknown()).optional(),
  documentHash: edgeSha256,
  /** Why a newer revision is not in effect, or the part does not run. */
  error: z.object({ revision: z.number().int(), message: z.string().max(2000) }).nullable(),
  /** What of the revision in effect is not; left out: nothing. */
  refused: z.array(edgeRefusedSchema).max(1_000).optional(),
  /** Figures of the part itself: frames per second of each camera, queues. */
  figures: z.record(z.string(), z.unknown()),
});
export type EdgePartReport = Readonly<z.output<typeof edgePartReportSchema>>;

/** Files of a desired state that are on their way to the box; nothing of that state is in effect before all are there. */
export const edgeFetchingSchema = z.object({
  revision: z.number().int().min(0),
  /** `have`: bytes that are there. */
  files: z.array(edgeBlobSchema.extend({ have: z.number().int().min(0) })).max(10_000),
  /** Why the last try ended, if one did: the link broke, the content has another hash, no room. It is tried again. */
  problem: z.string().max(2000).nullable(),
});
export type EdgeFetching = Readonly<z.output<typeof edgeFetchingSchema>>;

export const edgeReportSchema = z.object({
  /** By the box’s clock. */
  time,
  version: z.string().max(40),
  /** `linux-arm64` */
  platform: z.string().max(60),
  startedAt: time,
  health: edgeHealthSchema,
  /** Left out: everything that is wanted is there. */
  fetching: edgeFetchingSchema.optional(),
  parts: z.record(partName, edgePartReportSchema),
});
export type EdgeReport = Readonly<z.output<typeof edgeReportSchema>>;

/** `want`: parts whose document the server has not. */
export const edgeReportAnswerSchema = z.object({ serverTime: time, want: z.array(z.string()) });

/** Topics on the broker. The box publishes to the first and listens to the second. */
export const edgeTopics = (boxId: string) => ({
  up: `millwright/edge/${boxId}/up`,
  down: `millwright/edge/${boxId}/down`,
});

/** User name of a box on the embedded broker; the password is its token. */
export const edgeBrokerUser = (boxId: string) => `edge:${boxId}`;
