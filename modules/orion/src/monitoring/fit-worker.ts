/** The thread that a monitor is learnt on; see `fit-on-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type FitRequest, fitMonitor } from './fit-monitor.ts';
import type { FitReport } from './fit-on-thread.ts';

const tell = (report: FitReport) => parentPort!.postMessage(report);
try {
  const signal = new AbortController().signal;
  tell({ fitted: await fitMonitor(workerData as FitRequest, { signal, progress: (progress) => tell({ progress }) }) });
} catch (error) {
  const { code, message, details } = error as { code?: string; message: string; details?: object };
  tell({ failure: { ...(code && { code }), message, ...(details && { details }) } });
}
