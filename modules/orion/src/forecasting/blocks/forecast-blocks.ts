import { Worker } from 'node:worker_threads';
import type { Note } from '@millwright/kernel';
import { orionErrors } from '../../errors.ts';
import type { Work } from '../../learners/learner.ts';
import { type ForecastOptions, forecastSet, type SetForecast, type Tried } from '../forecast-set.ts';
import { findSeasons } from '../season.ts';
import { chosenOf } from '../series-set.ts';
import type { SeriesSet } from '../types.ts';

/** Series that learn together. It does not follow the number of threads, so that results do not either. */
export const blockSeries = 250;

/** What a thread is given, and what it answers. */
export interface BlockTask {
  readonly set: SeriesSet;
  readonly options: ForecastOptions;
}
export type BlockAnswer =
  | { readonly made: SetForecast }
  | { readonly progress: number; readonly message?: string }
  | { readonly failure: { readonly code?: string; readonly message: string; readonly details?: object } };

/**
 * As `forecastSet`, for any number of series: in blocks of 250 that learn together, each on one of `work.threads` threads beside this one. Blocks, and so
 * the results, are the same with any number of threads.
 */
export async function forecastBlocks(set: SeriesSet, options: ForecastOptions, work: Work): Promise<SetForecast> {
  const count = Math.ceil(set.values.length / blockSeries);
  if (count <= 1) return forecastSet(set, options, work);
  const seasons = options.seasons ?? findSeasons(set);
  const tasks = Array.from({ length: count }, (_, block) => {
    const from = block * blockSeries;
    const places = Array.from({ length: Math.min(blockSeries, set.values.length - from) }, (_, at) => from + at);
    return { set: chosenOf(set, places), options: { ...options, seasons } };
  });
  const done = new Float64Array(count);
  const made: SetForecast[] = [];
  let next = 0;
  const ownWork = (block: number): Work => ({
    ...work,
    progress(fraction, message) {
      done[block] = fraction;
      work.progress(done.reduce((sum, one) => sum + one, 0) / count, message);
    },
  });
  const take = async (run: (task: BlockTask, work: Work) => Promise<SetForecast>) => {
    for (let block = next++; block < count; block = next++) made[block] = await run(tasks[block]!, ownWork(block));
  };
  const threads = Math.min(work.threads ?? 0, count);
  if (threads < 2) await take((task, own) => forecastSet(task.set, task.options, own));
  else await Promise.all(Array.from({ length: threads }, () => take(onThread)));
  return joined(made, seasons);
}

function onThread(task: BlockTask, work: Work): Promise<SetForecast> {
  const worker = new Worker(new URL('./forecast-worker.ts', import.meta.url), { workerData: task });
  const stop = () => void worker.terminate();
  work.signal.addEventListener('abort', stop, { once: true });
  return new Promise<SetForecast>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) =>
      reject(work.signal.reason ?? new Error(`the thread of a forecast ended with ${code}`)),
    );
    worker.on('message', (answer: BlockAnswer) => {
      if ('progress' in answer) return work.progress(answer.progress, answer.message);
      if ('made' in answer) return resolve(answer.made);
      const { code, message, details } = answer.failure;
      const make = orionErrors[code as 'ORION_DATA_UNFIT'] as ((details: never) => Error) | undefined;
      reject(make ? make(details as never) : new Error(message));
    });
  }).finally(() => work.signal.removeEventListener('abort', stop));
}

function joined(made: readonly SetForecast[], seasons: readonly number[]): SetForecast {
  const forecasts = made.flatMap((one) => one.forecasts);
  const names = [...new Set(made.flatMap(({ tried }) => tried.map(({ method }) => method)))];
  const tried = names.map((method): Tried => {
    const own = made.flatMap((block) =>
      block.tried
        .filter((one) => one.method === method && one.mase !== null)
        .map((one) => ({ ...one, of: block.forecasts.length })),
    );
    const of = own.reduce((sum, one) => sum + one.of, 0);
    const mean = (value: (one: Tried) => number | null) =>
      of === 0 ? null : own.reduce((sum, one) => sum + (value(one) ?? 0) * one.of, 0) / of;
    return { method, mase: mean((one) => one.mase), better: mean((one) => one.better) };
  });
  const notes = new Map<string, Note>();
  for (const note of made.flatMap((one) => one.notes)) notes.set(note.text, note);
  return { seasons, forecasts, tried, notes: [...notes.values()] };
}
