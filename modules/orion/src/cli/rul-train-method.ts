import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { LifeFigures } from '../life/types.ts';

const parametersSchema = z.strictObject({
  kind: z.string(),
  seed: z.number().int(),
  cap: z.number(),
  unit: z.string().optional(),
  cycle: z.string().optional(),
  settings: z.array(z.string()).optional(),
});
export type RulTrainParameters = z.output<typeof parametersSchema>;

export interface RulTrainSummary {
  readonly kind: string;
  readonly units: number;
  readonly rows: number;
  /** Rows of the file that were none. */
  readonly leftOut: number;
  readonly settings: readonly string[];
  readonly sensors: readonly string[];
  readonly cap: number;
  /** The share that the intervals shall hold. */
  readonly asked: number;
  /** On units that were held out. */
  readonly validation: LifeFigures;
}

/** What it writes, by the method's own name. */
export const lifeModelFile = 'model.json';

const mostThreads = 4;

export const rulTrainMethod: FileMethod = {
  id: 'orion.rul-train',
  version: '1',
  description:
    'Learns the remaining life of machines from runs to failure; cross-fitted over units, with conformal intervals (Vovk et al., 2005; Lei et al., 2018).',
  async run(parameters, [path], { folder, signal, progress }) {
    const { kind: name, seed, cap, ...layout } = parametersSchema.parse(parameters);
    const [{ readRuns }, { learnerKind }, { encodeLifeFile }] = await Promise.all([
      import('../life/read-runs.ts'),
      import('../learners/registry.ts'),
      import('../life/life-file.ts'),
    ]);
    const runs = await readRuns(path!, layout, true, signal);
    const kind = await learnerKind('life', name);
    const threads = Math.min(mostThreads, availableParallelism());
    const model = await kind.fit(runs, { cap }, seed, { signal, threads, progress });
    const { unit, cycle } = runs;
    await writeFile(join(folder, lifeModelFile), encodeLifeFile({ kind: name, unit, cycle, model }));
    const output: RulTrainSummary = {
      ...{ kind: name, units: runs.units.length },
      rows: runs.units.reduce((sum, { cycles }) => sum + cycles.length, 0),
      ...{ leftOut: runs.leftOut, settings: model.settings, sensors: model.sensors, cap },
      ...{ asked: model.coverage, validation: model.validation },
    };
    return { output, files: [lifeModelFile] };
  },
};
