/** The thread that baselines are learnt on; see `baseline.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { siteClock } from '../analysis/site-clock.ts';
import { dailyFit } from '../baselines/daily-fit.ts';
import { fitBaseline } from '../baselines/fit-baseline.ts';
import { savingsOf } from '../savings/savings.ts';
import type { BaselineAnswer, BaselineWork } from './baseline.ts';

const { rows, timezone, from, to, baseline, savings } = workerData as BaselineWork;
try {
  const clock = siteClock(timezone, from, to);
  const fitted = fitBaseline(rows, clock, baseline);
  const saved = savings ? savingsOf(rows, clock, fitted.model, savings) : null;
  const done = { ...fitted, savings: saved, daily: dailyFit(rows, clock, fitted.model) };
  parentPort!.postMessage({ done } satisfies BaselineAnswer);
} catch (error) {
  const { code, message, details } = error as { code?: string; message: string; details?: Record<string, unknown> };
  parentPort!.postMessage({
    failure: { ...(code && { code }), message, ...(details && { details }) },
  } satisfies BaselineAnswer);
}
