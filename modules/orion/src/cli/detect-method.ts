import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { detectTable, writeScores } from '../anomalies/detect-table.ts';

const parametersSchema = z.strictObject({
  fileName: z.string(),
  train: z.number().int().min(0).optional(),
  columns: z.array(z.string()).optional(),
  ignore: z.array(z.string()).optional(),
  time: z.string().optional(),
  timezone: z.string(),
  promise: z.string().optional(),
  online: z.boolean(),
  method: z.string(),
  settings: z.unknown().optional(),
  seed: z.number().int(),
});
export type DetectParameters = z.output<typeof parametersSchema>;

/** The file of all scores, by the method's own name. */
export const scoresFile = 'scores.csv';

export const detectMethod: FileMethod = {
  id: 'orion.detect',
  version: '1',
  description:
    'Scores the rows of a table: one column by the surprise of its own past (after Ahmad et al. 2017), several by the moving average of all against normal running (Lowry et al. 1992), and tells alarms with the columns to blame.',
  async run(parameters, [file], { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const made = await detectTable({ ...given, file: { path: file!, name: given.fileName } }, { signal, progress });
    await writeScores(join(folder, scoresFile), made);
    return { output: made.summary, files: [scoresFile] };
  },
};
