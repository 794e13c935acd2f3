/** Forecasts one block of series on a thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { isMillwrightError } from '@millwright/kernel';
import { forecastSet } from '../forecast-set.ts';
import type { BlockAnswer, BlockTask } from './forecast-blocks.ts';

const { set, options } = workerData as BlockTask;
const answer = (message: BlockAnswer) => parentPort!.postMessage(message);
// Whoever calls it off ends the thread.
const { signal } = new AbortController();
const progress = (fraction: number, message?: string) =>
  answer({ progress: fraction, ...(message ? { message } : {}) });

try {
  answer({ made: await forecastSet(set, options, { signal, progress }) });
} catch (error) {
  const { message } = error as Error;
  answer({ failure: isMillwrightError(error) ? { code: error.code, message, details: error.details } : { message } });
}
