import { z } from 'zod';
import { bayerPatterns } from '../../model-file/bayer-patterns.ts';
import type { PictureRow } from '../../schema.ts';

const name = z.string().trim().min(1).max(100);
/** Of a class of defects. */
export const className = name;
/** Of what a query says: `false` is no. */
const yesOrNo = z.enum(['true', 'false']).transform((text) => text === 'true');
export const label = z.enum(['good', 'defect']);

const bayer = z
  .enum(bayerPatterns)
  .nullable()
  .describe(
    'pictures without colours are the mosaic of a sensor, whose upper left four pixels have these; null: they are not',
  );

export const datasetInput = z.strictObject({
  siteId: z.uuid(),
  name: name.describe('of the part: bottle cap'),
  bayer: bayer.default(null),
});
export type DatasetInput = z.output<typeof datasetInput>;

export const datasetChange = z.strictObject({ bayer });
export type DatasetChange = z.output<typeof datasetChange>;

export const datasetSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  bayer,
  counts: z.object({
    good: z.number(),
    defects: z.number(),
    classes: z.array(z.object({ name: z.string(), count: z.number() })),
  }),
  createdAt: z.string(),
});
export type DatasetAnswer = z.output<typeof datasetSchema>;

export const pictureQuery = z.strictObject({
  fileName: z.string().min(1).max(300).describe('as it is called'),
  label: label.default('good'),
  class: name.optional().describe('of a defect; left out: defect'),
  group: z.string().min(1).max(200).optional().describe('part or lot; left out: the picture by itself'),
});
export type PictureQuery = z.output<typeof pictureQuery>;

export const pictureChange = z.strictObject({ label, class: name.optional() });
export type PictureChange = z.output<typeof pictureChange>;

export const pictureFilter = z.strictObject({
  label: label.optional(),
  class: z.string().max(100).optional(),
  search: z.string().max(200).optional().describe('in the file name'),
  hash: z
    .union([z.string(), z.array(z.string()).max(500)])
    .transform((given) => [given].flat())
    .optional()
    .describe('SHA-256 of the file; given several times, any of these'),
  labelled: yesOrNo.optional().describe('somebody said something of it since it was added'),
  disagreement: yesOrNo.optional().describe('people differ about it, and nobody settled it'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PictureFilter = z.output<typeof pictureFilter>;

export const pictureSchema = z.object({
  id: z.string(),
  hash: z.string().describe('SHA-256 of the file'),
  fileName: z.string(),
  ...{ width: z.number(), height: z.number() },
  label,
  class: z.string().nullable(),
  group: z.string(),
  at: z.string(),
  by: z.string(),
  regions: z.number().describe('that are drawn on it'),
  labelledBy: z.array(z.string()).describe('names of those who said something of it since it was added'),
  disagreement: z.boolean(),
});
export type PictureAnswer = z.output<typeof pictureSchema>;
export const toPicture = (row: PictureRow): PictureAnswer => ({
  ...{ id: row.id, hash: row.hash, fileName: row.file_name, width: row.width, height: row.height },
  ...{ label: row.label, class: row.class_name, group: row.grouping },
  ...{ at: row.created_at.toISOString(), by: row.actor_name },
  ...{ regions: row.region_count, labelledBy: [...row.labelled_by], disagreement: row.disagreement !== null },
});
export const picturesAnswer = z.object({ items: z.array(pictureSchema), total: z.number() });
