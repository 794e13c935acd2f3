import { Worker } from 'node:worker_threads';
import type { ProviderName } from '@millwright/inference';
import { type Logger, MillwrightError } from '@millwright/kernel';
import type { HardwareChoice } from '@millwright/media';
import type { AttributeModel } from '../attributes/teaching/attribute-model.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import type { AnalysisWorkerData } from './analysis-worker.ts';
import type {
  RecordingQuestion,
  SeenPeople,
  ThreadReport,
  ThreadRequest,
  WatchedCamera,
  WatchReport,
} from './watched-camera.ts';

export interface AnalysisThreadOptions {
  /** Folder that converted networks are kept in. */
  readonly models: string;
  readonly providers?: readonly ProviderName[];
  /** Folder of all recordings. */
  readonly recordings: string;
  /** Folder that clips lie in until they are taken. */
  readonly clips: string;
  /** Networks inside which cameras may be, e.g. 192.168.4.0/24. */
  readonly allow: readonly string[];
  /** What decodes; default `auto`. */
  readonly hardware?: HardwareChoice;
  readonly logger: Logger;
  /** Called in the order of what happened, for each camera that was started. */
  report(cameraId: string, report: WatchReport): void;
}

const firstRestartMs = 1_000;
const longestRestartMs = 60_000;
/** A thread that lived this long was not killed by what it was given. */
const healthyMs = 300_000;
/** A thread that does not end its cameras within this time (a network that hangs) is ended without them. */
const closingMs = 20_000;

/**
 * The thread that watches cameras. Should it die (a network that crashes the runtime), it is started again with what it
 * watched, later each time.
 */
export class AnalysisThread {
  #options: AnalysisThreadOptions;
  #worker: Worker | undefined;
  #allow: readonly string[];
  #cameras = new Map<string, WatchedCamera>();
  /** Cameras that are told to stop: their last tracks, events and clips are still to come. */
  #stopping = new Set<string>();
  #watched = new Set<string>();
  #replies = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  #nextReply = 1;
  /** Questions that were asked while the thread was down. */
  #unasked: ThreadRequest[] = [];
  #restarts = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: AnalysisThreadOptions) {
    this.#options = options;
    this.#allow = options.allow;
  }

  /** Networks inside which cameras may be from now on; those that run keep theirs until they are started again. */
  setAllow(allow: readonly string[]): void {
    this.#allow = allow;
    this.#worker?.postMessage({ do: 'allow', allow } satisfies ThreadRequest);
  }

  /** Starts a camera, or starts it again with other settings. */
  start(camera: WatchedCamera): void {
    this.#cameras.set(camera.id, camera);
    this.#send({ do: 'start', camera });
    // Who looks at it goes on looking.
    if (this.#watched.has(camera.id)) this.#worker?.postMessage({ do: 'watch', cameraId: camera.id, on: true });
  }

  async stop(cameraId: string): Promise<void> {
    if (!this.#cameras.delete(cameraId) || !this.#worker) return;
    this.#stopping.add(cameraId);
    try {
      await this.#ask((reply) => ({ do: 'stop', cameraId, reply }));
    } finally {
      this.#stopping.delete(cameraId);
    }
  }

  /** Other attributes for a camera that goes on. */
  setAttributes(cameraId: string, attributes: readonly AttributeModel[]): void {
    const camera = this.#cameras.get(cameraId);
    if (!camera) return;
    this.#cameras.set(cameraId, { ...camera, attributes });
    this.#send({ do: 'attributes', cameraId, attributes });
  }

  /** New rules for a camera that goes on. */
  setRules(cameraId: string, rules: RulesFile, ruleVersion: number): void {
    const camera = this.#cameras.get(cameraId);
    if (!camera) return;
    this.#cameras.set(cameraId, { ...camera, rules, ruleVersion });
    this.#send({ do: 'rules', cameraId, rules, ruleVersion });
  }

  /** Whether tracks are to be reported as they come. */
  watch(cameraId: string, on: boolean): void {
    if (on) this.#watched.add(cameraId);
    else this.#watched.delete(cameraId);
    if (this.#cameras.has(cameraId)) this.#send({ do: 'watch', cameraId, on });
  }

  /** The newest picture as JPEG, with people covered where it is asked for; undefined before the first. */
  async snapshot(cameraId: string, maxWidth: number, covered: boolean): Promise<Uint8Array | undefined> {
    if (!this.#cameras.has(cameraId)) return undefined;
    return (await this.#ask((reply) => ({ do: 'snapshot', cameraId, maxWidth, covered, reply }))) as
      | Uint8Array
      | undefined;
  }

  /** Who is seen on a camera now, each cut out; undefined where it does not run or has no picture yet. */
  async people(cameraId: string): Promise<SeenPeople | undefined> {
    if (!this.#cameras.has(cameraId)) return undefined;
    return (await this.#ask((reply) => ({ do: 'people', cameraId, reply }))) as SeenPeople | undefined;
  }

  /** Asks a camera's recording, also of a camera that does not run. */
  async recording<T>(cameraId: string, ask: RecordingQuestion): Promise<T> {
    return (await this.#ask((reply) => ({ do: 'recording', cameraId, ask, reply }))) as T;
  }

  /** Ends all cameras, with what they found last reported. */
  async close(): Promise<void> {
    const stopped = Promise.allSettled([...this.#cameras.keys()].map((id) => this.stop(id)));
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      patience = setTimeout(() => resolve('late'), closingMs);
    });
    if ((await Promise.race([stopped, late])) === 'late')
      this.#options.logger.error({ afterMs: closingMs }, 'the analysis thread did not end its cameras, and is ended');
    clearTimeout(patience);
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#replies.values()) reject(new Error('the analysis thread is closed'));
    await this.#worker?.terminate();
  }

  #ask(request: (reply: number) => ThreadRequest): Promise<unknown> {
    if (this.#closed) return Promise.reject(new Error('the analysis thread is closed'));
    const reply = this.#nextReply++;
    return new Promise((resolve, reject) => {
      this.#replies.set(reply, { resolve, reject });
      if (this.#worker) this.#worker.postMessage(request(reply));
      else {
        this.#unasked.push(request(reply));
        if (this.#timer === undefined) this.#open();
      }
    });
  }

  #send(request: ThreadRequest): void {
    // While it is down, what is started or changed is kept in #cameras.
    if (!this.#worker && this.#timer === undefined) this.#open();
    else this.#worker?.postMessage(request);
  }

  /** Starts the thread with everything that is watched. */
  #open(): void {
    if (this.#closed) return;
    const { models, providers = [], recordings, clips, hardware = 'auto' } = this.#options;
    const allow = this.#allow;
    const data: AnalysisWorkerData = { models, providers, recordings, clips, allow, hardware };
    const worker = new Worker(new URL('./analysis-worker.ts', import.meta.url), { workerData: data });
    const openedAt = Date.now();
    let failure: unknown;
    worker.on('message', (report: ThreadReport) => this.#take(report));
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', (status) => {
      if (Date.now() - openedAt > healthyMs) this.#restarts = 0;
      this.#down(failure ?? new Error(`the analysis thread ended with ${status}`));
    });
    this.#worker = worker;
    for (const camera of this.#cameras.values()) worker.postMessage({ do: 'start', camera } satisfies ThreadRequest);
    for (const cameraId of this.#watched)
      worker.postMessage({ do: 'watch', cameraId, on: true } satisfies ThreadRequest);
    for (const question of this.#unasked.splice(0)) worker.postMessage(question);
  }

  #down(reason: unknown): void {
    this.#worker = undefined;
    for (const { reject } of this.#replies.values()) reject(reason);
    this.#replies.clear();
    if (this.#closed) return;
    const pause = Math.min(longestRestartMs, firstRestartMs * 2 ** this.#restarts);
    this.#restarts += 1;
    this.#options.logger.error({ err: reason, pause }, 'the analysis thread died and is started again');
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#cameras.size > 0 || this.#unasked.length > 0) this.#open();
    }, pause).unref();
  }

  #take(report: ThreadReport): void {
    if (report.type === 'camera') {
      const { cameraId } = report;
      if (this.#cameras.has(cameraId) || this.#stopping.has(cameraId)) this.#options.report(cameraId, report.report);
    } else if (report.type === 'log') this.#options.logger[report.level](report.facts ?? {}, report.message);
    else {
      const waiting = this.#replies.get(report.reply);
      this.#replies.delete(report.reply);
      if (report.error) {
        const { code, status, message, details } = report.error;
        waiting?.reject(new MillwrightError(code, status, message, details));
      } else waiting?.resolve(report.value);
    }
  }
}
