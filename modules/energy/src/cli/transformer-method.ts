import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Note } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { coolings } from '../power/transformer-thermal.ts';

export const transformerSchema = z.strictObject({
  time: z.string().nullable(),
  loads: z.array(z.string()).min(1).max(20),
  ambient: z.string().nullable(),
  topOil: z.string().nullable(),
  timezone: z.string(),
  cooling: z.enum(coolings),
  /** Current at which the load is 1, in the load column's unit; null: the load is current over rated current already. */
  rated: z.number().positive().nullable(),
  oilRise: z.number().positive().nullable(),
  hotSpotRise: z.number().positive().nullable(),
  lossRatio: z.number().positive().nullable(),
  upgradedPaper: z.boolean(),
  /** ISO 8601: the watch learns before it; null: the first half. */
  learnUntil: z.string().nullable(),
});
export type TransformerParameters = z.output<typeof transformerSchema>;

export interface TransformerOutput {
  readonly rows: number;
  /** Null without an ambient temperature. */
  readonly thermal: {
    readonly highestTopOil: number;
    readonly highestHotSpot: number;
    /** Days of life lost, and over the time that passed. */
    readonly lossOfLifeDays: number;
    readonly relativeAgeing: number;
    /** Root mean square of modelled minus measured top oil, K. */
    readonly topOilError: number | null;
  } | null;
  /** Null without a measured oil temperature. */
  readonly watch: {
    readonly r2: number;
    readonly deviation: number;
    readonly limit: number;
    readonly warnings: readonly { readonly from: string; readonly to: string; readonly degrees: number }[];
  } | null;
  readonly notes: readonly Note[];
}

export const coursePart = 'transformer.csv';

export const transformerMethod: FileMethod = {
  id: 'energy.file-transformer',
  version: '1',
  description:
    'Top-oil and hot-spot temperature and loss of life of a transformer over its load (IEC 60076-7:2018, difference equations), and a watch on its oil temperature against its load (least squares, exponentially weighted mean of the residual).',
  async run(parameters, [file], { folder, signal }) {
    const given = transformerSchema.parse(parameters);
    const { transformerOfFile } = await import('./transformer-file.ts');
    const { output, lines } = await transformerOfFile(file!, given, signal);
    await writeFile(join(folder, coursePart), `${lines.join('\n')}\n`);
    return { output, files: [coursePart] };
  },
};
