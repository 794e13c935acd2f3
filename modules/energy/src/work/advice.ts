import { Worker } from 'node:worker_threads';
import { adviceErrors } from '../advice/errors.ts';
import type { AdviceData, AdviceFound, AdviceKindId } from '../advice/kind.ts';

/** What one thread is given. */
export interface AdviceWork {
  readonly kind: AdviceKindId;
  readonly data: AdviceData;
  /** As the kind's schema gives them. */
  readonly settings: unknown;
}

export interface AdviceAnswer {
  readonly found?: AdviceFound | null;
  readonly failure?: { readonly code?: string; readonly message: string; readonly details?: Record<string, unknown> };
}

/** Computes an advice on a thread of its own: an optimiser may take seconds. */
export function adviceOnThread(work: AdviceWork): Promise<AdviceFound | null> {
  const worker = new Worker(new URL('./advice-worker.ts', import.meta.url), { workerData: work });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread of an advice ended with ${code}`)));
    worker.once('message', ({ found, failure }: AdviceAnswer) => {
      if (!failure) return resolve(found ?? null);
      const make = adviceErrors[failure.code as 'ENERGY_ADVICE_UNSOLVED'];
      reject(make ? make(failure.details as never) : new Error(failure.message));
    });
  });
}
