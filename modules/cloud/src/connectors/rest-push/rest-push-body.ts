import { z } from 'zod';

/** More in one request would hold the answer back too long; a sender splits its backlog. */
export const maxReadingsPerPost = 100_000;

/**
 * One posted reading, for the API's documentation. A body is not refused whole because one of its readings does not
 * fit: each is read by itself and what fails is answered and recorded as a rejection with its row.
 */
export const restReading = z
  .strictObject({
    key: z.string().min(1).optional().describe('Key of the point inside its source; or give `point`.'),
    point: z.string().optional().describe('Id of the point, instead of `key`.'),
    time: z.union([z.string(), z.number()]).describe('ISO 8601 with offset, or seconds or milliseconds since 1970.'),
    value: z.union([z.number(), z.boolean(), z.string()]),
    quality: z
      .union([z.string(), z.number(), z.boolean()])
      .optional()
      .describe('good (default), uncertain, bad, substituted.'),
  })
  .meta({ id: 'RestReading' });

const list = z.array(z.unknown()).max(maxReadingsPerPost);

/** JSON body: a list of objects, or columns of equal length (a third of the size). */
export const restPushBody = z.union([
  z.strictObject({ readings: list }),
  z.strictObject({
    columns: z.strictObject({
      /** One key for all rows or one per row. */
      key: z.union([z.string().min(1), list]).optional(),
      point: z.union([z.string().min(1), list]).optional(),
      time: list,
      value: list,
      quality: list.optional(),
    }),
  }),
]);
export type RestPushBody = z.output<typeof restPushBody>;

export const restPushConfig = z.strictObject({
  /** IANA zone of times without an offset. */
  timeZone: z.string().default('UTC'),
});
export type RestPushConfig = z.output<typeof restPushConfig>;
