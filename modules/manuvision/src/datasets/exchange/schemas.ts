import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { className, label } from '../service/schemas.ts';
import { versionHash } from '../versions/schemas.ts';
import { dataSetFormats } from '../writers/formats.ts';

export const exportQuery = z.strictObject({
  format: z.enum(dataSetFormats),
  version: versionHash.optional().describe('of the data set; left out: what counts now'),
});
export type ExportQuery = z.output<typeof exportQuery>;

const lines = z.array(z.object({ name: z.string(), reason: noteSchema }));

export const exportReportSchema = z.object({
  format: z.enum(dataSetFormats),
  ...{ pictures: z.number(), good: z.number(), regions: z.number() },
  classes: z.record(z.string(), z.number()).describe('pictures of defects by class'),
  unsaid: lines.describe('what the format cannot say, or says in another way, by picture'),
});

export const importQuery = z.strictObject({
  fileName: z.string().min(1).max(300).describe('of the ZIP; a folder of this name around everything says nothing'),
  rest: label.default('good').describe('what pictures show of which neither folder nor label says anything'),
  class: className.optional().describe('of these where they are defects; left out: defect'),
  group: z.string().max(500).optional().describe('pattern whose first group is the part or lot in a picture’s name'),
});
export type ImportQuery = z.output<typeof importQuery>;

/** Result of the job. */
export const importResultSchema = z.object({
  added: z.number(),
  good: z.number(),
  classes: z.record(z.string(), z.number()).describe('pictures of defects by class'),
  regions: z.number(),
  duplicates: z.number().describe('the very same picture was there already'),
  leftOut: lines.describe('files and labels that could not be used, with the reason'),
  refused: z
    .array(
      z.object({
        name: z.string(),
        error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
      }),
    )
    .describe('pictures that were read, but not taken'),
});
export type ImportResult = z.output<typeof importResultSchema>;
