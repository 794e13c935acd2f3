import { Worker } from 'node:worker_threads';
import { attributeErrors } from '../errors.ts';
import type { Taught, TeachRequest } from '../teaching/teach.ts';

export interface TeachReport {
  readonly progress?: number;
  readonly taught?: Taught;
  readonly failure?: { readonly code?: string; readonly message: string; readonly details?: object };
}

/**
 * `teach` on a thread of its own: it takes seconds, more with more examples. Ends early with the signal's
 * reason. Throws what `teach` throws, ATTRIBUTE_WORK_FAILED where the thread ends by itself.
 */
export function teachOnThread(
  request: Omit<TeachRequest, 'onProgress'>,
  options: { signal?: AbortSignal; progress?(share: number): void } = {},
): Promise<Taught> {
  const { signal, progress } = options;
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./teach-worker.ts', import.meta.url), { workerData: request });
  return new Promise<Taught>((resolve, reject) => {
    const stop = () => {
      void worker.terminate();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', stop, { once: true });
    const settle = (work: () => void) => {
      signal?.removeEventListener('abort', stop);
      work();
    };
    worker.on('message', ({ progress: share, taught, failure }: TeachReport) => {
      if (share !== undefined) return progress?.(share);
      if (taught) return settle(() => resolve(taught));
      const make = failure?.code === undefined ? undefined : attributeErrors[failure.code as 'ATTRIBUTE_ONE_CLASS'];
      settle(() =>
        reject(make ? make(failure!.details as { present: number; absent: number }) : failed(failure!.message)),
      );
    });
    worker.once('error', (error) => settle(() => reject(failed(error.message, error))));
    worker.once('exit', (code) => settle(() => reject(failed(`exit ${code}`))));
  });
}

const failed = (reason: string, cause?: unknown) => attributeErrors.ATTRIBUTE_WORK_FAILED({ reason }, cause);
