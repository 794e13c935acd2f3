import { Worker } from 'node:worker_threads';
import { orionErrors } from '../errors.ts';
import type { Work } from '../learners/learner.ts';
import type { FitRequest, FittedMonitor } from './fit-monitor.ts';

export interface FitReport {
  readonly progress?: number;
  readonly fitted?: FittedMonitor;
  readonly failure?: { readonly code?: string; readonly message: string; readonly details?: object };
}

/** `fitMonitor` on a thread of its own. Ends early with the signal's reason. Throws what `fitMonitor` throws. */
export function fitOnThread(request: FitRequest, { signal, progress }: Work): Promise<FittedMonitor> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./fit-worker.ts', import.meta.url), { workerData: request });
  return new Promise<FittedMonitor>((resolve, reject) => {
    const stop = () => {
      void worker.terminate();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    const settle = (work: () => void) => {
      signal.removeEventListener('abort', stop);
      work();
    };
    worker.on('message', ({ progress: share, fitted, failure }: FitReport) => {
      if (share !== undefined) return progress(share);
      if (fitted) return settle(() => resolve(fitted));
      settle(() => reject(asThrown(failure!)));
    });
    worker.once('error', (error) => settle(() => reject(error)));
    worker.once('exit', (code) => settle(() => reject(new Error(`the thread that learns ended with ${code}`))));
  });
}

function asThrown({ code, message, details }: NonNullable<FitReport['failure']>): Error {
  const make = code === undefined ? undefined : orionErrors[code as 'ORION_DATA_UNFIT'];
  return make ? make(details as { learner: string; reason: string }) : new Error(message);
}
