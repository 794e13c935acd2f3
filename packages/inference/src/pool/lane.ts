import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { bareEnvironment } from '@millwright/kernel/node';
import { memoryMark } from './memory-mark.ts';
import type { FromWorker, ToWorker, WorkerStart } from './messages.ts';

const entry = new URL('./detector-worker.ts', import.meta.url);
/** The cleaning up of ONNX Runtime takes milliseconds. */
const endingMs = 10_000;

export interface LaneListener {
  message(answer: FromWorker): void;
  /** It is over; `memory`: because it took more than it may. */
  ended(reason: string, memory: boolean): void;
}

/** What a detector runs in, a thread or a process of its own. */
export interface Lane {
  /** @param given memory that a thread takes over; a process gets a copy. */
  post(question: ToWorker, given: readonly ArrayBuffer[]): void;
  /** Waits until it has ended by itself, which it was asked for, and ends it by force when it does not. */
  end(): Promise<void>;
  /** By force. */
  terminate(): Promise<void>;
}

export const openLane = (start: WorkerStart, listener: LaneListener): Lane =>
  start.isolation ? new ProcessLane(start, listener) : new ThreadLane(start, listener);

/** Forcing a thread while its native code cleans up can take the whole process along: only what hangs is forced. */
async function endWithin(gone: Promise<unknown>, terminate: () => Promise<void>): Promise<void> {
  const patience = setTimeout(() => void terminate(), endingMs);
  await gone.finally(() => clearTimeout(patience));
}

class ThreadLane implements Lane {
  readonly #worker: Worker;
  readonly #gone = Promise.withResolvers<void>();

  constructor(start: WorkerStart, listener: LaneListener) {
    this.#worker = new Worker(entry, { workerData: start });
    this.#worker.on('message', (answer: FromWorker) => listener.message(answer));
    this.#worker.on('error', (error) => listener.ended(error.message, false));
    this.#worker.on('exit', (code) => {
      this.#gone.resolve();
      listener.ended(`exit code ${code}`, false);
    });
  }

  post(question: ToWorker, given: readonly ArrayBuffer[]): void {
    this.#worker.postMessage(question, [...given]);
  }

  end(): Promise<void> {
    return endWithin(this.#gone.promise, () => this.terminate());
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** A crash, or all the memory that it takes, stays with this process. */
class ProcessLane implements Lane {
  readonly #child: ChildProcess;
  readonly #gone = Promise.withResolvers<void>();

  constructor(start: WorkerStart, listener: LaneListener) {
    this.#child = fork(fileURLToPath(entry), {
      serialization: 'advanced',
      env: bareEnvironment(),
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let lastWords = '';
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-2_000);
    });
    this.#child.on('message', (answer) => listener.message(answer as FromWorker));
    this.#child.on('error', (error) => {
      this.#gone.resolve();
      listener.ended(error.message, false);
    });
    this.#child.on('close', (code, signal) => {
      this.#gone.resolve();
      listener.ended(signal ? `signal ${signal}` : `exit code ${code}`, lastWords.includes(memoryMark.trim()));
    });
    this.#send(start);
  }

  post(question: ToWorker): void {
    this.#send(question);
  }

  end(): Promise<void> {
    return endWithin(this.#gone.promise, () => this.terminate());
  }

  async terminate(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone.promise;
  }

  /** What does not arrive is told by the end of the process. */
  #send(message: WorkerStart | ToWorker): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}
