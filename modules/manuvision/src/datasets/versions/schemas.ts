import { z } from 'zod';

export const versionHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the content');

export const datasetVersionSchema = z.object({
  version: versionHash,
  counts: z.object({ good: z.number(), defects: z.number(), regions: z.number() }),
  at: z.string().describe('when it was frozen first'),
  by: z.string(),
});
export type DatasetVersionAnswer = z.output<typeof datasetVersionSchema>;

export const datasetVersionParams = z.object({ id: z.uuid(), version: versionHash });
