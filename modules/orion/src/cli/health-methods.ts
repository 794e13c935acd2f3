import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { HealthPart } from '../life/health/health-model.ts';
import type { Hint } from '../life/health/hints.ts';
import type { Trend } from '../life/health/trend.ts';

const trainSchema = z.strictObject({
  seed: z.number().int(),
  settings: z.record(z.string(), z.unknown()),
  time: z.string().optional(),
});
export type HealthTrainParameters = z.output<typeof trainSchema>;

export interface HealthTrainSummary {
  readonly rows: number;
  readonly sensors: readonly string[];
  readonly conditions: readonly string[];
  /** Index at which a machine should be seen to. */
  readonly limit: number;
}

/** What they write, by the methods' own names. */
export const healthModelFile = 'health.json';
export const healthTable = 'health.csv';

export const healthTrainMethod: FileMethod = {
  id: 'orion.health-train',
  version: '1',
  description:
    'Learns normal running of a machine: condition taken out, principal components (Jackson and Mudholkar, 1979), distances of held-out stretches as the scale of the index.',
  async run(parameters, [path], { folder, signal, progress }) {
    const { seed, settings, time } = trainSchema.parse(parameters);
    const [
      { readTable },
      { encodeHealth, sensorData },
      { healthKind, healthSettingsSchema },
      { settingsOf },
      { orionErrors },
    ] = await Promise.all([
      import('../table/read-table.ts'),
      import('../life/health/health-file.ts'),
      import('../life/health/health-model.ts'),
      import('../learners/settings-of.ts'),
      import('../errors.ts'),
    ]);
    const table = await readTable(path!, { signal, ...(time === undefined ? {} : { timeColumn: time }) });
    const data = sensorData(table);
    const { conditions, limit } = settingsOf({ name: 'health', settings: healthSettingsSchema }, settings);
    for (const column of conditions)
      if (!data.names.includes(column))
        throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName: table.fileName, column, known: data.names });
    const model = await healthKind.fit(data, settings, seed, { signal, progress });
    await writeFile(join(folder, healthModelFile), encodeHealth(model));
    const output: HealthTrainSummary = { rows: data.rows, sensors: data.names, conditions, limit };
    return { output, files: [healthModelFile] };
  },
};

const scoreSchema = z.strictObject({ time: z.string().optional() });
export type HealthScoreParameters = z.output<typeof scoreSchema>;

export interface HealthScoreSummary {
  readonly rows: number;
  /** Rows that say something of health: the machine ran, and something was known. */
  readonly scored: number;
  /** After the last row, 0 to 100; null where no row was scored. */
  readonly index: number | null;
  /** The lowest, and when that was (ISO 8601). */
  readonly lowest: { readonly index: number; readonly time: string } | null;
  readonly limit: number;
  /** Most to blame first. */
  readonly parts: readonly HealthPart[];
  readonly trend: Trend | null;
  readonly hints: readonly Hint[];
}

export const healthScoreMethod: FileMethod = {
  id: 'orion.health-score',
  version: '1',
  description:
    'Follows the health of a machine row by row; trend by the median of slopes (Sen, 1968) and its test (Mann, 1945; Kendall, 1975).',
  async run(parameters, [modelPath, path], { folder, signal, progress }) {
    const { time } = scoreSchema.parse(parameters);
    const [{ readTable }, { decodeHealth, sensorData }] = await Promise.all([
      import('../table/read-table.ts'),
      import('../life/health/health-file.ts'),
    ]);
    const model = decodeHealth(await readFile(modelPath!));
    const table = await readTable(path!, { signal, ...(time === undefined ? {} : { timeColumn: time }) });
    const data = sensorData(table, model.sensors);
    const width = data.names.length;
    const watch = model.start();
    const lines = ['time,index,distance\n'];
    let lowest: HealthScoreSummary['lowest'] = null;
    for (let row = 0; row < data.rows; row++) {
      const reading = watch.push(data.time[row]!, data.values.subarray(row * width, (row + 1) * width));
      if (row % 1000 === 0) {
        progress(row / data.rows);
        await new Promise((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
      if (!reading) continue;
      const at = new Date(reading.time).toISOString();
      lines.push(`${at},${reading.index},${reading.distance}\n`);
      if (!lowest || reading.index < lowest.index) lowest = { index: reading.index, time: at };
    }
    await writeFile(join(folder, healthTable), lines.join(''));
    const last = watch.current();
    const output: HealthScoreSummary = {
      ...{ rows: data.rows, scored: lines.length - 1, index: last?.index ?? null, lowest, limit: model.limit },
      parts: last?.parts.toSorted((a, b) => b.share - a.share) ?? [],
      ...{ trend: watch.trend() ?? null, hints: watch.hints() },
    };
    return { output, files: [healthTable] };
  },
};
