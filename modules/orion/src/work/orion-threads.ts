import { Worker } from 'node:worker_threads';
import { MillwrightError } from '@millwright/kernel';
import { experimentErrors } from '../experiments/errors.ts';
import type { Answer, AskName, Asks, Curve, Failure } from './messages.ts';

export interface Following {
  readonly signal?: AbortSignal | undefined;
  progress?(fraction: number, message?: string): void;
  curve?(curve: Curve): void;
}

/** A thread that has nothing to do stays for this long: the next trial finds the code and the data there. */
const idleMs = 30_000;
/** How long a cancelled thread may take to come to its next step before it is ended. */
const patienceMs = 2_000;

/** Threads that learn and freeze, so that the event loop stays free: one question at a time each; what is more waits its turn. */
export class OrionThreads {
  readonly #idle = new Map<Worker, NodeJS.Timeout>();
  readonly #busy = new Set<Worker>();
  readonly #most: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param most threads at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** Throws what the work throws; ORION_THREAD_ENDED when its thread ends, as where memory is short. */
  async ask<K extends AskName>(
    what: K,
    request: Asks[K]['ask'],
    following: Following = {},
  ): Promise<Asks[K]['answer']> {
    const { signal } = following;
    if (this.#taken >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#taken += 1;
    try {
      signal?.throwIfAborted();
      return await this.#asked(what, request, following);
    } finally {
      // The turn goes to who waits longest.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#taken -= 1;
    }
  }

  async #asked<K extends AskName>(what: K, request: Asks[K]['ask'], following: Following): Promise<Asks[K]['answer']> {
    const { signal } = following;
    const worker = this.#take();
    this.#busy.add(worker);
    let patience: NodeJS.Timeout | undefined;
    const cancel = () => {
      worker.postMessage({ do: 'cancel' });
      patience = setTimeout(() => void worker.terminate(), patienceMs);
    };
    let ended = false;
    try {
      return await new Promise<Asks[K]['answer']>((resolve, reject) => {
        worker.on('message', (answer: Answer) => {
          if ('progress' in answer) following.progress?.(answer.progress, answer.message);
          else if ('curve' in answer) following.curve?.(answer.curve);
          else if ('value' in answer) resolve(answer.value as Asks[K]['answer']);
          else reject(signal?.aborted ? signal.reason : errorOf(answer.failure));
        });
        worker.on('error', (error) => {
          ended = true;
          reject(
            signal?.aborted ? signal.reason : experimentErrors.ORION_THREAD_ENDED({ reason: error.message }, error),
          );
        });
        worker.on('exit', (code) => {
          ended = true;
          const reason = `exit code ${code}`;
          reject(signal?.aborted ? signal.reason : experimentErrors.ORION_THREAD_ENDED({ reason }));
        });
        signal?.addEventListener('abort', cancel, { once: true });
        worker.postMessage({ do: what, request });
      });
    } finally {
      clearTimeout(patience);
      signal?.removeEventListener('abort', cancel);
      for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name);
      this.#busy.delete(worker);
      if (!ended) this.#rest(worker);
    }
  }

  async close(): Promise<void> {
    for (const timer of this.#idle.values()) clearTimeout(timer);
    await Promise.all([...this.#idle.keys(), ...this.#busy].map((worker) => worker.terminate()));
    this.#idle.clear();
  }

  #take(): Worker {
    const [first] = this.#idle;
    if (!first) return new Worker(new URL('./orion-thread-entry.ts', import.meta.url), { execArgv: [] });
    const [worker, timer] = first;
    clearTimeout(timer);
    this.#idle.delete(worker);
    worker.removeAllListeners('exit');
    worker.ref();
    return worker;
  }

  #rest(worker: Worker): void {
    const forget = () => {
      clearTimeout(this.#idle.get(worker));
      this.#idle.delete(worker);
    };
    worker.once('exit', forget);
    worker.unref();
    this.#idle.set(worker, setTimeout(() => void worker.terminate(), idleMs).unref());
  }
}

function errorOf({ code, status, message, details }: Failure): Error {
  return code === undefined ? new Error(message) : new MillwrightError(code, status ?? 500, message, details ?? {});
}
