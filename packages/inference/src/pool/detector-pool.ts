import { availableParallelism } from 'node:os';
import { inputSpecFor } from '../detection/input-spec.ts';
import type { Detection, Detector, ImageInput, InputSpec } from '../detector.ts';
import { inferenceErrors } from '../errors.ts';
import type { DetectorOptions } from '../open-detector.ts';
import type { Isolation } from './isolation.ts';
import type { DetectOptions, DetectorFacts } from './messages.ts';
import { PoolWorker } from './pool-worker.ts';

export interface DetectorPoolOptions extends DetectorOptions {
  /** Threads with a network each; left out: as many as there are cores. */
  readonly workers?: number;
  /** Runs each in a process of its own within these limits, for a network that nobody vouches for; left out: in threads. */
  readonly isolation?: Isolation;
  /** Called once none of them is left, so that no further question can be answered. */
  readonly onLost?: () => void;
}

interface Request {
  readonly pictures: readonly ImageInput[];
  readonly options: DetectOptions;
  readonly resolve: (detections: Detection[][]) => void;
  readonly reject: (error: unknown) => void;
}

/** More pictures of several cameras than this are not put into one run. */
const largestBatch = 8;

/**
 * A detector that many cameras share and that does not block the calling thread: one network per core, each in a thread of
 * its own. On a CPU every thread takes one request at a time, since several pictures in one run are not faster there; on a
 * graphics processor what waits is put together into one run. Pictures are copied to the thread unless their bytes lie in a
 * SharedArrayBuffer, or are handed over (`give`).
 */
export async function openDetectorPool(options: DetectorPoolOptions): Promise<Detector> {
  const { workers = availableParallelism(), isolation, onLost, ...each } = options;
  // The first one converts a bundled network; the others find it done.
  const first = new PoolWorker(each, isolation);
  const facts = await opened([first]);
  const others = Array.from({ length: Math.max(workers, 1) - 1 }, () => new PoolWorker(each, isolation));
  if (others.length > 0)
    await opened(others).catch(async (error: unknown) => {
      await first.close();
      throw error;
    });
  return new DetectorPool([first, ...others], facts, onLost);
}

async function opened(workers: readonly PoolWorker[]): Promise<DetectorFacts> {
  const results = await Promise.allSettled(workers.map((worker) => worker.opened()));
  const failed = results.find((result) => result.status === 'rejected');
  if (!failed) return (results[0] as PromiseFulfilledResult<DetectorFacts>).value;
  await Promise.all(workers.map((worker) => worker.terminate()));
  throw failed.reason;
}

/** The memory of a picture that has it to itself. */
const ownMemory = ({ buffer, byteLength }: Uint8Array): ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];

class DetectorPool implements Detector {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly provider: string;
  readonly labels: readonly string[];
  readonly threshold: number;
  readonly #facts: DetectorFacts;
  readonly #workers: readonly PoolWorker[];
  readonly #idle: PoolWorker[];
  readonly #queue: Request[] = [];
  readonly #onLost: (() => void) | undefined;
  #closed: Promise<void> | undefined;

  constructor(workers: readonly PoolWorker[], facts: DetectorFacts, onLost: (() => void) | undefined) {
    this.#onLost = onLost;
    this.name = facts.name;
    this.version = facts.version;
    this.sha256 = facts.sha256;
    this.provider = facts.provider;
    this.labels = facts.labels;
    this.threshold = facts.threshold;
    this.#facts = facts;
    this.#workers = workers;
    this.#idle = [...workers];
  }

  inputFor(width: number, height: number): InputSpec {
    return inputSpecFor(this.#facts.input, width, height, this.#facts.longSide);
  }

  detect(pictures: readonly ImageInput[], options: DetectOptions = {}): Promise<Detection[][]> {
    if (this.#closed) return Promise.reject(inferenceErrors.INFERENCE_CLOSED({ model: this.name }));
    const { promise, resolve, reject } = Promise.withResolvers<Detection[][]>();
    this.#queue.push({ pictures, options, resolve, reject });
    this.#next();
    return promise;
  }

  /** Lets what has been asked for end first. */
  close(): Promise<void> {
    this.#closed ??= this.#drained().then(async () => {
      await Promise.all(this.#workers.map((worker) => worker.close()));
    });
    return this.#closed;
  }

  #drain: (() => void) | undefined;

  #drained(): Promise<void> {
    if (this.#quiet()) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#drain = resolve;
    return promise;
  }

  #quiet(): boolean {
    const running = this.#workers.filter((worker) => !worker.lost && !this.#idle.includes(worker));
    return this.#queue.length === 0 && running.length === 0;
  }

  #next(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.shift();
      if (worker) void this.#run(worker, this.#take());
      else if (this.#workers.every(({ lost }) => lost)) {
        const reason = 'all of them have ended';
        for (const { reject } of this.#queue.splice(0))
          reject(inferenceErrors.INFERENCE_WORKER_LOST({ model: this.name, reason }));
      } else return;
    }
    if (this.#quiet()) this.#drain?.();
  }

  /** The oldest request, and on a graphics processor those behind it that want the same. */
  #take(): Request[] {
    const first = this.#queue.shift()!;
    const taken = [first];
    if (this.provider === 'cpu') return taken;
    const same = ({ options }: Request) => JSON.stringify(options) === JSON.stringify(first.options);
    let count = first.pictures.length;
    while (this.#queue[0] && same(this.#queue[0]) && count + this.#queue[0].pictures.length <= largestBatch) {
      count += this.#queue[0].pictures.length;
      taken.push(this.#queue.shift()!);
    }
    return taken;
  }

  async #run(worker: PoolWorker, requests: readonly Request[]): Promise<void> {
    try {
      const pictures = requests.flatMap((request) => request.pictures);
      const { options } = requests[0]!;
      const given = options.give ? pictures.flatMap(({ data }) => ownMemory(data)) : [];
      const answer = await worker.ask({ kind: 'detect', pictures, options }, given);
      const detections = answer.kind === 'found' ? answer.detections : [];
      let start = 0;
      for (const { pictures: own, resolve } of requests) {
        resolve(detections.slice(start, start + own.length));
        start += own.length;
      }
    } catch (error) {
      for (const { reject } of requests) reject(error);
    } finally {
      if (!worker.lost) this.#idle.push(worker);
      else if (!this.#closed && this.#workers.every(({ lost }) => lost)) this.#onLost?.();
      this.#next();
    }
  }
}
