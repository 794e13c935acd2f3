import { type LogLevel, MillwrightError } from '@millwright/kernel';
import { inferenceErrors } from '../errors.ts';
import type { DetectorOptions } from '../open-detector.ts';
import type { Isolation } from './isolation.ts';
import { type Lane, openLane } from './lane.ts';
import type { DescribedNetwork, DetectorFacts, FromWorker, ToWorker, WorkerStart } from './messages.ts';

interface Waiting {
  readonly resolve: (answer: FromWorker) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout | undefined;
}

/** One thread or process of the pool, seen from the thread that owns the pool. One question at a time. */
export class PoolWorker {
  readonly #model: string;
  readonly #lane: Lane;
  readonly #isolation: Isolation | undefined;
  #waiting: Waiting | undefined;
  #lost: MillwrightError | undefined;

  /**
   * @param isolation left out: a thread of this process, for a network that is known.
   * @param describe whether `model` is an ONNX file that is to be described, and nothing more.
   */
  constructor({ logger, ...options }: DetectorOptions, isolation?: Isolation, describe = false) {
    this.#model = options.model;
    this.#isolation = isolation;
    const logLevel = isolation ? undefined : (logger?.level as LogLevel | undefined);
    const start: WorkerStart = { options, logLevel, describe, ...(isolation && { isolation }) };
    this.#lane = openLane(start, {
      message: (answer) => this.#answered(answer),
      ended: (reason, memory) => this.#end(memory ? this.#tooMuch() : this.#gone(reason)),
    });
  }

  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** Resolves when the detector is open. */
  async opened(): Promise<DetectorFacts> {
    const answer = await this.#answer(this.#isolation?.openMs);
    if (answer.kind === 'opened') return answer.facts;
    throw this.#gone(answer.kind);
  }

  /** Resolves when the network has been described. */
  async described(): Promise<DescribedNetwork> {
    const answer = await this.#answer(this.#isolation?.openMs);
    if (answer.kind === 'described') return answer.network;
    throw this.#gone(answer.kind);
  }

  /** @param given memory that is moved to the thread instead of being copied */
  ask(question: ToWorker, given: readonly ArrayBuffer[] = []): Promise<FromWorker> {
    if (this.#lost) return Promise.reject(this.#lost);
    const answer = this.#answer(this.#isolation?.runMs);
    this.#lane.post(question, given);
    return answer;
  }

  async close(): Promise<void> {
    // One that dies instead of closing is closed as well.
    if (!this.#lost) await this.ask({ kind: 'close' }).catch(() => undefined);
    await (this.#lost ? this.terminate() : this.#lane.end());
  }

  /** Without waiting for anything. */
  async terminate(): Promise<void> {
    await this.#lane.terminate();
  }

  #answer(limitMs: number | undefined): Promise<FromWorker> {
    const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
    const late = () => {
      this.#end(inferenceErrors.INFERENCE_TIME_EXCEEDED({ model: this.#model, seconds: limitMs! / 1000 }));
      void this.terminate();
    };
    this.#waiting = { resolve, reject, timer: limitMs === undefined ? undefined : setTimeout(late, limitMs) };
    return promise;
  }

  #answered(answer: FromWorker): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    if (answer.kind === 'failed') {
      const { code, status, message, details } = answer.error;
      waiting?.reject(new MillwrightError(code, status, message, details));
    } else waiting?.resolve(answer);
  }

  #end(error: MillwrightError): void {
    this.#lost ??= error;
    clearTimeout(this.#waiting?.timer);
    this.#waiting?.reject(this.#lost);
    this.#waiting = undefined;
  }

  #gone = (reason: string) => inferenceErrors.INFERENCE_WORKER_LOST({ model: this.#model, reason });

  #tooMuch() {
    const megabytes = Math.round(this.#isolation!.memoryBytes / 1024 ** 2);
    return inferenceErrors.INFERENCE_MEMORY_EXCEEDED({ model: this.#model, megabytes });
  }
}
