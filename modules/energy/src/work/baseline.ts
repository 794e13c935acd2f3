import { Worker } from 'node:worker_threads';
import { baselineErrors } from '../baselines/errors.ts';
import type { BaselineRequest, FittedBaselineResult } from '../baselines/fit-baseline.ts';
import type { IntervalRows } from '../baselines/interval-rows.ts';
import type { Savings, SavingsRequest } from '../savings/savings.ts';

/** What one thread is given. */
export interface BaselineWork {
  readonly rows: IntervalRows;
  readonly timezone: string;
  /** Of the rows and all that is asked, for the clock. */
  readonly from: number;
  readonly to: number;
  readonly baseline: BaselineRequest;
  readonly savings: SavingsRequest | null;
}

export interface BaselineDone extends FittedBaselineResult {
  readonly savings: Savings | null;
  /** Of the baseline's own days: what was measured and what it says, in the unit of energy. */
  readonly daily: {
    readonly start: readonly number[];
    readonly measured: readonly (number | null)[];
    readonly fitted: readonly (number | null)[];
    readonly temperature: readonly (number | null)[] | null;
  };
}

export interface BaselineAnswer {
  readonly done?: BaselineDone;
  readonly failure?: { readonly code?: string; readonly message: string; readonly details?: Record<string, unknown> };
}

/** Learns a baseline, and a saving against it, on a thread of its own: the server answers others meanwhile. */
export function baselineOnThread(work: BaselineWork): Promise<BaselineDone> {
  const worker = new Worker(new URL('./baseline-worker.ts', import.meta.url), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of a baseline ended with ${code}`)));
    worker.once('message', ({ done, failure }: BaselineAnswer) => {
      if (done) return resolve(done);
      const make = baselineErrors[failure?.code as 'ENERGY_BASELINE_UNFIT'];
      reject(make ? make(failure!.details as never) : new Error(failure?.message));
    });
  });
}
