/** The thread that long series are turned into amounts on; see `amounts.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { toIntervalAmounts } from '../analysis/interval-amounts.ts';
import type { AmountsAnswer, AmountsWork } from './amounts.ts';

const { series, facts, options } = workerData as AmountsWork;
try {
  const amounts = options.map((one) => {
    // The grid has functions, which cannot travel; the other side makes it again.
    const { grid: _, ...columns } = toIntervalAmounts(series, facts, one);
    return columns;
  });
  const buffers = amounts.flatMap(({ amount, coverage, estimated, substituted }) =>
    [amount, coverage, estimated, substituted].map(({ buffer }) => buffer as ArrayBuffer),
  );
  parentPort!.postMessage({ amounts } satisfies AmountsAnswer, buffers);
} catch (error) {
  const { code, message, details } = error as { code?: string; message: string; details?: Record<string, unknown> };
  parentPort!.postMessage({ failure: { code, message, details } } satisfies AmountsAnswer);
}
