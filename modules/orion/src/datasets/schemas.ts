import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const columnName = z.string().trim().min(1).max(200);

const pointsSource = z.strictObject({
  kind: z.literal('points'),
  columns: z
    .array(z.strictObject({ pointId: z.uuid(), name: columnName.optional().describe('left out: that of the point') }))
    .min(1)
    .max(2_000),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }).describe('exclusive'),
  stepSeconds: z
    .number()
    .min(1)
    .max(31 * 86_400)
    .describe('of a row'),
});
const fileSource = z.strictObject({
  kind: z.literal('file'),
  upload: hash.describe('of POST /api/cloud/uploads'),
  fileName: z.string().min(1).max(300),
  columns: z.array(columnName).min(1).max(5_000).optional().describe('left out: all'),
  timeColumn: columnName.nullable().optional().describe('left out: found by itself; null: none'),
  timezone: z.string().max(100).optional().describe('of the clock in the file; UTC when left out'),
});
export const datasetSource = z.discriminatedUnion('kind', [pointsSource, fileSource]);
export type DatasetSource = z.output<typeof datasetSource>;
export type PointsSource = z.output<typeof pointsSource>;
export type FileSource = z.output<typeof fileSource>;

export const datasetInput = z.strictObject({
  siteId: z.uuid(),
  name: z.string().trim().min(1).max(100),
  source: datasetSource,
});
export type DatasetInput = z.output<typeof datasetInput>;

export const datasetSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  ...{ name: z.string(), hash: z.string().describe('SHA-256 of the Parquet file'), bytes: z.number() },
  rows: z.number(),
  columns: z.array(
    z.object({
      ...{ name: z.string(), kind: z.enum(['number', 'category']), missing: z.number() },
      levels: z.number().optional(),
    }),
  ),
  from: z.string().nullable().describe('time of the first row'),
  to: z.string().nullable().describe('time of the last row'),
  source: datasetSource,
  ...{ findingId: z.string(), at: z.string(), by: z.string() },
});
export type Dataset = z.output<typeof datasetSchema>;
