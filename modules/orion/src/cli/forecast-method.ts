import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { Note } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { SeriesBacktest, Tried } from '../forecasting/forecast-set.ts';

const parametersSchema = z.strictObject({
  fileName: z.string(),
  target: z.union([z.literal('ALL'), z.array(z.string()).min(1)]),
  time: z.string().optional(),
  horizon: z.number().int().min(1).max(100_000),
  method: z.string(),
  settings: z.unknown().optional(),
  seasons: z.array(z.number().int().min(2)).optional(),
  timezone: z.string(),
  /** Public holidays of a country. */
  calendar: z.string().optional(),
  /** Children of each series that is their sum; forecasts are made to add up. */
  hierarchy: z.record(z.string(), z.array(z.string())).optional(),
  reconcile: z.enum(['bottom-up', 'ols', 'wls', 'mint']).default('mint'),
  quantiles: z.array(z.number().gt(0).lt(1)).max(99),
  seed: z.number().int(),
});
export type ForecastParameters = z.output<typeof parametersSchema>;

export interface ForecastPoint {
  /** ISO 8601. */
  readonly time: string;
  readonly value: number;
}

export interface SeriesAnswer {
  readonly method: string;
  readonly forecast: readonly ForecastPoint[];
  /** Values of each quantile, step by step. */
  readonly quantiles: Readonly<Record<string, readonly number[]>>;
  readonly backtest: SeriesBacktest | null;
}

export interface ForecastSummary extends SeriesAnswer {
  /** The first series; all of them where more than one was asked for. */
  readonly series: readonly ({ readonly name: string } & SeriesAnswer)[];
  readonly step: string;
  readonly seasons: readonly number[];
  readonly tried: readonly Tried[];
  readonly notes: readonly Note[];
}

/** The file of all forecasts, by the method's own name. */
export const forecastFile = 'forecast.csv';

export const forecastMethod: FileMethod = {
  id: 'orion.forecast',
  version: '1',
  description:
    'Forecasts series of a table; the method that forecast the past best with a rolling origin (Tashman 2000), quantiles from its errors there (split conformal), beside the seasonal naive (MASE, Hyndman and Koehler 2006).',
  async run(parameters, [file, future], { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const { forecastTable } = await import('../forecasting/forecast-table.ts');
    const made = await forecastTable(
      {
        ...given,
        file: { path: file!, name: given.fileName },
        ...(future ? { future: { path: future, name: basename(future) } } : {}),
      },
      { signal, progress, threads: availableParallelism() },
    );
    await writeFile(join(folder, forecastFile), made.csv);
    return { output: made.summary, files: [forecastFile] };
  },
};
