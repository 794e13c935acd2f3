import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Note } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import type { BaselineSummary } from './file-baseline.ts';
import { fileBaselineSchema } from './file-options.ts';

export type BaselineFileOutput = BaselineSummary & { readonly notes: readonly Note[] };

/** The method's own name of the model that it writes. */
export const modelPart = 'baseline.json';

export const fileBaselineMethod: FileMethod = {
  id: 'energy.file-baseline',
  version: '1',
  description:
    'Learns what energy would be used from calendar, temperature, production and other drivers of a file (IPMVP Option C; CalTRACK 2.0 daily, billing, hourly; Mathieu et al. 2011; ASHRAE Guideline 14-2014 change points).',
  async run(parameters, [file], { folder, signal }) {
    const given = fileBaselineSchema.parse(parameters);
    const { baselineOfFile, summaryOf } = await import('./file-baseline.ts');
    const { model, clock, notes } = await baselineOfFile(file!, given, signal);
    await writeFile(join(folder, modelPart), `${JSON.stringify({ format: 'millwright-baseline/1', ...model })}\n`);
    return { output: { ...summaryOf(model, clock), notes } satisfies BaselineFileOutput, files: [modelPart] };
  },
};
