import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { templateErrors } from './errors.ts';
import type { TemplatePair } from './find-pairs.ts';
import type { TemplateBox } from './judge-picture.ts';
import type { TemplateSettings } from './template-settings.ts';

export interface PairJob {
  readonly at: number;
  readonly good: string;
  readonly picture: string;
  readonly settings: TemplateSettings;
}

export interface PairReport {
  readonly at: number;
  readonly judged?: { readonly score: number; readonly boxes: readonly TemplateBox[] };
  readonly failure?: { readonly code?: string; readonly message: string };
}

export interface JudgedPair {
  readonly score: number | null;
  readonly boxes: readonly TemplateBox[];
  /** Why a picture could not be read; then nothing was judged. */
  readonly reason?: string;
}

const mostThreads = 8;
/** Pairs that a thread is given at once: while it compares one, the next is decoded beside it. */
const ahead = 2;

/**
 * Judges pairs on as many threads as there are cores; the result does not depend on how many. A pair of which a picture cannot be
 * read gets a reason.
 *
 * Throws MANUVISION_TEMPLATE_WORK_FAILED, and the signal's reason.
 */
export async function judgePairs(
  pairs: readonly TemplatePair[],
  settings: TemplateSettings,
  work: { readonly signal: AbortSignal; progress(share: number): void; readonly threads?: number },
): Promise<JudgedPair[]> {
  const { signal } = work;
  signal.throwIfAborted();
  const threads = Math.max(
    1,
    Math.min(work.threads ?? availableParallelism(), mostThreads, Math.ceil(pairs.length / ahead)),
  );
  const workers = Array.from({ length: threads }, () => new Worker(new URL('./pair-worker.ts', import.meta.url)));
  const judged: JudgedPair[] = new Array(pairs.length);
  let [next, done] = [0, 0];
  const give = (worker: Worker) => {
    const pair = pairs[next];
    if (!pair) return;
    worker.postMessage({ at: next++, good: pair.good, picture: pair.picture, settings } satisfies PairJob);
  };
  const { promise, resolve, reject } = Promise.withResolvers<JudgedPair[]>();
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  for (const worker of workers) {
    worker.on('message', (report: PairReport) => {
      const one = resultOf(report);
      if (!one) return reject(templateErrors.MANUVISION_TEMPLATE_WORK_FAILED({ reason: report.failure!.message }));
      judged[report.at] = one;
      work.progress(++done / pairs.length);
      if (done === pairs.length) resolve(judged);
      else give(worker);
    });
    worker.once('error', (error) =>
      reject(templateErrors.MANUVISION_TEMPLATE_WORK_FAILED({ reason: (error as Error).message }, error)),
    );
    for (let at = 0; at < ahead; at++) give(worker);
  }
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Nothing for a failure that is not a picture's. */
function resultOf({ judged, failure }: PairReport): JudgedPair | undefined {
  if (judged) return judged;
  if (failure?.code?.startsWith('IMAGING_')) return { score: null, boxes: [], reason: failure.message };
  return undefined;
}
