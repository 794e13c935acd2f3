import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { ToldRows } from '../automl/page/search-page.ts';
import { tableChoiceSchema } from '../automl/search-schema.ts';
import type { Work } from '../learners/learner.ts';
import type { TableCard } from '../tables/model-file/table-card.ts';
import type { HeldOut } from '../tables/training/train-table.ts';

const parametersSchema = z.strictObject({
  target: z.string(),
  task: z.enum(['regression', 'classification']),
  time: z.string().optional(),
  leaveOut: z.array(z.string()),
  method: z.string(),
  settings: z.unknown(),
  seed: z.number().int(),
  /** How method and settings were chosen, where nobody named them. */
  chosen: tableChoiceSchema.optional(),
  /** Reads the file in pieces; left out, only where it does not fit the memory. */
  inPieces: z.boolean().optional(),
});
export type TrainParameters = z.output<typeof parametersSchema>;

/** What it writes, by the method's own names. */
export const tableModelFile = 'model.onnx';
export const tableCardFile = 'model.card.json';
export const searchPageFile = 'search.html';

const mostThreads = 4;
/** The method that learns from a file in pieces. */
export const pieceMethod = 'gradient-boosting';

/** Threads beside the own one that a training on this machine takes. */
export const trainingThreads = (): number => Math.min(mostThreads, availableParallelism()) - 1;

export const trainMethod: FileMethod = {
  id: 'orion.train',
  version: '1',
  description:
    'Learns a model of a table; measured on rows that were held out, beside yardsticks, and exported with a parity certificate.',
  async run(parameters, [path], { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const { file, card, heldOut } = await trained(given, path!, { signal, threads: trainingThreads(), progress });
    await writeFile(join(folder, tableModelFile), file);
    await writeFile(join(folder, tableCardFile), `${JSON.stringify(card, null, 2)}\n`);
    const files = [tableModelFile, tableCardFile];
    if (given.chosen) {
      const { searchPage } = await import('../automl/page/search-page.ts');
      const told = given.task === 'regression' && heldOut ? { heldOut: inOrder(heldOut) } : {};
      await writeFile(
        join(folder, searchPageFile),
        searchPage({ target: given.target, choice: given.chosen, ...told }),
      );
      files.push(searchPageFile);
    }
    return { output: card satisfies TableCard, files };
  },
};

function inOrder({ said, came, time }: HeldOut): ToldRows {
  const numbers = Float64Array.from(came);
  if (!time) return { told: said, came: numbers };
  const order = Int32Array.from(time.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
  const taken = (values: Float64Array) => Float64Array.from(order, (row) => values[row]!);
  return { told: taken(said), came: taken(numbers), time: taken(time) };
}

/** In pieces where that is asked for, or where a method that can is given a table beyond the memory. */
async function trained(
  given: TrainParameters,
  path: string,
  work: Work,
): Promise<{ file: Uint8Array; card: TableCard; heldOut?: HeldOut }> {
  const { target, method, settings, seed, time, inPieces } = given;
  const pieces = async () => {
    const { trainInPieces } = await import('../tables/pieces/train-in-pieces.ts');
    const source = { input: path, timeColumn: time ?? null, signal: work.signal };
    return trainInPieces({ source, asked: given, settings, seed }, work);
  };
  if (inPieces) return pieces();
  const [{ readTable }, { tableData }, { trainTable }] = await Promise.all([
    import('../table/read-table.ts'),
    import('../tables/training/table-data.ts'),
    import('../tables/training/train-table.ts'),
  ]);
  try {
    const read = await readTable(path, { timeColumn: time ?? null, signal: work.signal });
    const prepared = tableData(read, given);
    return await trainTable({ prepared, target, timeColumn: time, method, settings, seed }, work);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ORION_TABLE_TOO_LARGE' || method !== pieceMethod) throw error;
    return pieces();
  }
}
