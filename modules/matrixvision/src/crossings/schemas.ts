import { z } from 'zod';

const time = z.iso.datetime({ offset: true });

export const crossingFilter = z.object({
  camera: z.uuid(),
  rule: z.string().max(200).optional(),
  from: time.optional(),
  to: time.optional(),
  confirmed: z.stringbool().optional(),
  /** Id of the last crossing of the page before. */
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(200),
});
export type CrossingFilter = z.output<typeof crossingFilter>;

const place = z.object({ x: z.number(), y: z.number(), at: z.string() });

export const crossingSchema = z.object({
  id: z.string(),
  cameraId: z.string(),
  ruleId: z.string(),
  ruleVersion: z.number(),
  at: z.string(),
  runId: z.string(),
  track: z.number(),
  label: z.string(),
  direction: z.enum(['in', 'out']),
  confirmed: z.boolean(),
  doubts: z.array(z.string()).readonly(),
  /** The position on either side of the line, in fractions of the picture. */
  before: place,
  after: place,
  hasPicture: z.boolean(),
});
export type StoredCrossing = z.output<typeof crossingSchema>;

/** Parts of an hour, whole hours and days: each begins where a clock on the wall of the site shows it. */
const bucketMinutes = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 1440] as const;

export const countFilter = z.object({
  camera: z.uuid(),
  from: time,
  to: time,
  /** Minutes of one row; quarter hours unless said otherwise. A day is the site's, of 23 or 25 hours when clocks change. */
  bucketMinutes: z.coerce.number().pipe(z.literal(bucketMinutes)).default(15),
});
export type CountFilter = z.output<typeof countFilter>;

export const countRow = z.object({
  ruleId: z.string(),
  /** Beginning of the stretch on the clock of the site, also where `from` lies within it. */
  start: z.string(),
  in: z.number(),
  out: z.number(),
  /** Of a track that was lost, found again or guessed at: not in the figures before. */
  unconfirmedIn: z.number(),
  unconfirmedOut: z.number(),
});
export type CountRow = z.output<typeof countRow>;
