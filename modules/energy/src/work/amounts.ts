import { Worker } from 'node:worker_threads';
import { makeGrid } from '../analysis/grid.ts';
import {
  type AmountOptions,
  conversionFactor,
  type IntervalAmounts,
  toIntervalAmounts,
} from '../analysis/interval-amounts.ts';
import type { PointFacts, Series } from '../analysis/series.ts';
import { energyErrors } from '../errors.ts';

/** What one thread is given. */
export interface AmountsWork {
  readonly series: Series;
  readonly facts: PointFacts;
  readonly options: readonly Omit<AmountOptions, 'convert'>[];
}

export interface AmountsAnswer {
  readonly amounts?: readonly Omit<IntervalAmounts, 'grid'>[];
  readonly failure?: { readonly code?: string; readonly message: string; readonly details?: Record<string, unknown> };
}

/** Up to here the work takes some milliseconds, which is less than a thread takes to start. */
const readingsInline = 40_000;
/** One long series at a time: each takes all of a core, and its readings their memory. */
let last: Promise<unknown> = Promise.resolve();

/**
 * `toIntervalAmounts` for each of these options, on a thread of its own where the series is long: the server answers
 * others meanwhile. Takes the series over: it must not be used afterwards.
 */
export async function amountsOf(
  series: Series,
  facts: PointFacts,
  options: readonly AmountOptions[],
): Promise<IntervalAmounts[]> {
  if (series.time.length <= readingsInline) return options.map((one) => toIntervalAmounts(series, facts, one));
  const work = options.map(({ convert, ...rest }) => ({
    ...rest,
    factor: rest.factor ?? conversionFactor(facts, { ...rest, ...(convert && { convert }) }),
  }));
  const turn = last.then(() => onThread({ series, facts, options: work }));
  last = turn.catch(() => undefined);
  const amounts = await turn;
  return amounts.map((columns, index) => ({ ...columns, grid: makeGrid(options[index]!) }));
}

function onThread(work: AmountsWork): Promise<readonly Omit<IntervalAmounts, 'grid'>[]> {
  const { time, value, quality } = work.series;
  const worker = new Worker(new URL('./amounts-worker.ts', import.meta.url), {
    workerData: work,
    transferList: [time.buffer, value.buffer, ...(quality ? [quality.buffer] : [])] as ArrayBuffer[],
  });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of an analysis ended with ${code}`)));
    worker.once('message', ({ amounts, failure }: AmountsAnswer) => {
      if (amounts) return resolve(amounts);
      const make = failure?.code === undefined ? undefined : energyErrors[failure.code as 'ENERGY_SERIES_INVALID'];
      reject(make ? make(failure!.details as { reason: string }) : new Error(failure?.message));
    });
  });
}
