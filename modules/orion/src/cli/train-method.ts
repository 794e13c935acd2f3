import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { TableCard } from '../tables/model-file/table-card.ts';

const parametersSchema = z.strictObject({
  target: z.string(),
  task: z.enum(['regression', 'classification']),
  time: z.string().optional(),
  leaveOut: z.array(z.string()),
  method: z.string(),
  settings: z.unknown(),
  seed: z.number().int(),
});
export type TrainParameters = z.output<typeof parametersSchema>;

/** What it writes, by the method's own names. */
export const tableModelFile = 'model.onnx';
export const tableCardFile = 'model.card.json';

const mostThreads = 4;

export const trainMethod: FileMethod = {
  id: 'orion.train',
  version: '1',
  description:
    'Learns a model of a table; measured on rows that were held out, beside yardsticks, and exported with a parity certificate.',
  async run(parameters, [path], { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [{ readTable }, { tableData }, { trainTable }] = await Promise.all([
      import('../table/read-table.ts'),
      import('../tables/training/table-data.ts'),
      import('../tables/training/train-table.ts'),
    ]);
    const read = await readTable(path!, { timeColumn: given.time ?? null, signal });
    const prepared = tableData(read, given);
    const threads = Math.min(mostThreads, availableParallelism()) - 1;
    const { target, method, settings, seed } = given;
    const { file, card } = await trainTable(
      { prepared, target, timeColumn: given.time, method, settings, seed },
      { signal, threads, progress },
    );
    await writeFile(join(folder, tableModelFile), file);
    await writeFile(join(folder, tableCardFile), `${JSON.stringify(card, null, 2)}\n`);
    return { output: card satisfies TableCard, files: [tableModelFile, tableCardFile] };
  },
};
