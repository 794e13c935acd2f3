import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';

const parametersSchema = z.strictObject({
  unit: z.string().optional(),
  cycle: z.string().optional(),
  /** Whether the last input holds the true remaining lives. */
  truth: z.boolean(),
});
export type RulPredictParameters = z.output<typeof parametersSchema>;

export interface UnitRemaining {
  readonly unit: string;
  /** In cycles after the unit's last row, from 0 to the cap; so are the ends of the interval. At the cap it may be more. */
  readonly remaining: number;
  readonly low: number;
  readonly high: number;
}

export interface RulPredictSummary {
  readonly units: readonly UnitRemaining[];
  readonly cap: number;
  /** The share of true lives that the intervals shall hold. */
  readonly asked: number;
  /** In cycles, true lives cut at the cap; null without them. */
  readonly rmse: number | null;
  /** The same with true lives as they are. */
  readonly rmseUncapped: number | null;
  /** PHM08's score, summed over the units; less is better. */
  readonly score: number | null;
  /** Share of the true lives inside their interval. */
  readonly coverage: number | null;
  /** Mean width of the intervals. */
  readonly width: number | null;
}

/** What it writes, by the method's own name. */
export const remainingTable = 'remaining.csv';

export const rulPredictMethod: FileMethod = {
  id: 'orion.rul-predict',
  version: '1',
  description:
    'Tells the remaining life of machines after their last row; the score is that of PHM08 (Saxena et al., 2008).',
  async run(parameters, [modelPath, path, truthPath], { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [{ alignRuns, readRuns, readTruth }, { decodeLifeFile }, { lifeFigures }] = await Promise.all([
      import('../life/read-runs.ts'),
      import('../life/life-file.ts'),
      import('../life/figures.ts'),
    ]);
    const { model, ...layout } = decodeLifeFile(await readFile(modelPath!));
    const columns = { unit: given.unit ?? layout.unit, cycle: given.cycle ?? layout.cycle, settings: model.settings };
    const runs = await readRuns(path!, columns, false, signal);
    const aligned = alignRuns(runs, model);
    const told = [];
    for (const [at, unit] of aligned.entries()) {
      told.push(model.remaining(unit));
      if (at % 20 > 0) continue;
      progress(at / aligned.length);
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
    const units = told.map(({ estimate, low, high }, at): UnitRemaining => {
      return { unit: aligned[at]!.name, remaining: estimate, low, high };
    });
    const truth = given.truth ? await readTruth(truthPath!, units.length, signal) : undefined;
    const figures = truth && lifeFigures(told, truth, model.cap);
    const output: RulPredictSummary = {
      ...{ units, cap: model.cap, asked: model.coverage, rmse: figures?.rmse ?? null },
      rmseUncapped: truth ? lifeFigures(told, truth, Number.POSITIVE_INFINITY).rmse : null,
      score: figures ? figures.meanScore * units.length : null,
      ...{ coverage: figures?.coverage ?? null, width: figures?.width ?? null },
    };
    const rows = units.map(({ unit, remaining, low, high }) => `${csvCell(unit)},${remaining},${low},${high}\n`);
    await writeFile(join(folder, remainingTable), `unit,remaining,low,high\n${rows.join('')}`);
    return { output, files: [remainingTable] };
  },
};

const csvCell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
