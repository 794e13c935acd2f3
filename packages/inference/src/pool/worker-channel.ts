import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

/** The way between a detector and whoever opened it, seen from the detector. */
export interface WorkerChannel {
  readonly start: WorkerStart;
  say(message: FromWorker): void;
  /** Questions from now on. */
  listen(take: (question: ToWorker) => void): void;
  /** Nothing more will be asked. */
  close(): void;
}

/** Of the thread, or of the process, that this is called in. */
export async function workerChannel(): Promise<WorkerChannel> {
  if (parentPort)
    return {
      start: workerData as WorkerStart,
      say: (message) => parentPort!.postMessage(message),
      listen: (take) => parentPort!.on('message', take),
      close: () => parentPort!.close(),
    };
  const start = await new Promise<WorkerStart>((resolve) => process.once('message', resolve));
  // Whoever opened it is gone: nobody will ever ask again.
  process.on('disconnect', () => process.exit());
  new Worker(new URL('./memory-watch.ts', import.meta.url), { workerData: start.isolation!.memoryBytes }).unref();
  return {
    start,
    say: (message) => process.send!(message),
    listen: (take) => process.on('message', take),
    close: () => process.disconnect(),
  };
}
