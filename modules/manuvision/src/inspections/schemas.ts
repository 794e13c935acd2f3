import { z } from 'zod';

const name = z.string().trim().min(1).max(100);

export const inspectionInput = z.strictObject({
  siteId: z.uuid(),
  datasetId: z.uuid().describe('that it learns from'),
  name: name.describe('of what is looked for: scratches on caps'),
  kind: z.string().min(1).max(50).default('anomaly'),
  promise: z.number().gt(0).lt(1000).default(10).describe('false rejects per 1,000 good parts at most'),
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
});
export type InspectionInput = z.output<typeof inspectionInput>;

export const inspectionSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  datasetId: z.string(),
  ...{ name: z.string(), kind: z.string(), promise: z.number(), seed: z.number() },
  newestVersion: z.number().describe('0: not trained yet'),
  createdAt: z.string(),
});
export type InspectionAnswer = z.output<typeof inspectionSchema>;

export const versionSchema = z.object({
  version: z.number(),
  model: z.string().describe('SHA-256 of the one file'),
  threshold: z.number().nullable(),
  images: z.object({ good: z.number(), defects: z.number() }),
  falseRejects: z
    .object({ per1000: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('expected per 1,000 good parts, with the 95 % interval'),
  details: z.record(z.string(), z.unknown()).describe('what else the training said'),
  findingId: z.string(),
  at: z.string(),
  by: z.string(),
});
export type VersionAnswer = z.output<typeof versionSchema>;

export const versionParams = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1) });
