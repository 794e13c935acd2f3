import type { Logger, MillwrightError } from '@millwright/kernel';
import { mediaErrors } from './errors.ts';
import { errorOf, MediaProcess } from './media-process.ts';
import type { MediaRect, Picture, StreamInfo, StreamStats, VideoFrame, VideoStream, ViewSpec } from './video.ts';
import type { CameraCommand, Command, DecodeOnly, FrameRule, PictureHeader, Report } from './wire/commands.ts';

/** A video that is open; what is wanted of it may be changed while it runs. */
export interface OpenVideo extends VideoStream {
  /** Takes effect within a few frames. */
  change(wanted: StreamChange): void;
  /** Of the process that decodes it. */
  readonly pid: number | undefined;
}

export interface StreamChange {
  readonly every?: FrameRule;
  readonly views?: readonly ViewSpec[];
  readonly decodeOnly?: DecodeOnly;
}

export interface ProcessStreamOptions {
  readonly source: string;
  readonly delivery: 'every' | 'latest';
  /** Frames on their way to the consumer. */
  readonly ahead: number;
  readonly logger?: Logger | undefined;
  /** False where the frames come without a look. */
  readonly look?: boolean;
  /** How long its process may take to end by itself. Default 2,000. */
  readonly patienceMs?: number;
  /** What is reported beside frames: segments, fragments. */
  readonly onReport?: (report: Report, payloads: readonly Uint8Array[]) => void;
}

interface Request {
  resolve(answer: { report: Report; payloads: readonly Uint8Array[] }): void;
  reject(error: unknown): void;
}
const noLook: Picture = {
  ...{ width: 0, height: 0, format: 'gray8', data: new Uint8Array(0), scaleX: 1, scaleY: 1, offsetX: 0, offsetY: 0 },
};
const noStats: StreamStats = { decoded: 0, delivered: 0, droppedLate: 0, skipped: 0, corrupt: 0 };

/** One opened video, as the process of its consumer sees it: frames, more views of them, and whatever else it reports. */
export class ProcessStream implements OpenVideo {
  info!: StreamInfo;
  onClosed: () => void = () => undefined;
  readonly #source: string;
  readonly #options: ProcessStreamOptions;
  #process: MediaProcess | undefined;
  readonly #queue: VideoFrame[] = [];
  readonly #requests = new Map<number, Request>();
  readonly #opened = Promise.withResolvers<void>();
  readonly #started = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #nextRequest = 1;
  #wake: (() => void) | undefined;
  /** Set once no more frames will come: the error, or `ended`. */
  #over: { readonly error?: unknown } | undefined;
  #stats = noStats;
  #consumed = false;
  #exited = false;

  constructor(options: ProcessStreamOptions) {
    this.#options = options;
    this.#source = options.source;
  }

  /** Rejects with the error that ended the stream. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** The process runs, and takes commands. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  async open(command: Command): Promise<void> {
    this.#process = await MediaProcess.start({
      source: this.#source,
      logger: this.#options.logger,
      onReport: (report, payloads) => this.#take(report, payloads),
      onExit: (error) => {
        this.#exited = true;
        this.#finish(error ? { error } : {});
      },
    });
    this.#started.resolve();
    this.#process.send(command);
    if (this.#over) await this.#process.stop();
    try {
      await this.#opened.promise;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  #take(report: Report, payloads: readonly Uint8Array[]): void {
    if ('stats' in report && report.stats) this.#stats = report.stats;
    switch (report.type) {
      case 'opened':
        this.info = report.info;
        this.#opened.resolve();
        break;
      case 'changed':
        this.info = report.info;
        break;
      case 'frame':
        this.#queue.push(this.#frame(report, payloads));
        this.#wake?.();
        break;
      case 'ended':
        this.#finish({});
        break;
      case 'failed':
        this.#finish({ error: errorOf(report.failure) });
        break;
      case 'views':
      case 'jpeg':
        this.#requests.get(report.id)?.resolve({ report, payloads });
        this.#answered(report.id);
        break;
      case 'refused':
        this.#requests.get(report.id)?.reject(errorOf(report.failure));
        this.#answered(report.id);
        break;
      default:
        this.#options.onReport?.(report, payloads);
    }
  }

  #answered(id: number): void {
    this.#requests.delete(id);
    if (this.#over && this.#requests.size === 0) this.#wake?.();
  }

  #frame(report: Extract<Report, { type: 'frame' }>, payloads: readonly Uint8Array[]): VideoFrame {
    const all = picturesOf(report.pictures, payloads);
    const [look, ...pictures] = this.#options.look === false ? [noLook, ...all] : all;
    const { index, time, mediaTime, width, height } = report;
    return {
      index,
      time,
      mediaTime,
      width,
      height,
      look: look!,
      pictures,
      views: (specs) => this.#views(index, specs),
      jpeg: (options = {}) => this.#jpeg(index, options),
    };
  }

  async #views(frame: number, specs: readonly ViewSpec[]): Promise<Picture[]> {
    const { report, payloads } = await this.#ask((id) => ({ do: 'views', id, frame, specs }));
    return report.type === 'views' ? picturesOf(report.pictures, payloads) : [];
  }

  async #jpeg(
    frame: number,
    options: { region?: MediaRect; maxWidth?: number; quality?: number },
  ): Promise<Uint8Array> {
    const { payloads } = await this.#ask((id) => ({ do: 'jpeg', id, frame, ...options }));
    return payloads[0]!;
  }

  #ask(command: (id: number) => Command): Promise<{ report: Report; payloads: readonly Uint8Array[] }> {
    if (this.#gone) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      const id = this.#nextRequest++;
      this.#requests.set(id, { resolve, reject });
      this.#process?.send(command(id));
    });
  }

  async *frames(): AsyncGenerator<VideoFrame, void, undefined> {
    if (this.#consumed) throw mediaErrors.MEDIA_CLOSED({ source: this.#source });
    this.#consumed = true;
    try {
      if (this.#options.delivery === 'every') this.#grant(this.#options.ahead);
      for (;;) {
        if (this.#options.delivery === 'latest') this.#grant(1);
        const frame = await this.#next();
        if (!frame) return;
        yield frame;
        if (this.#options.delivery === 'every') this.#taken();
      }
    } finally {
      await this.close();
    }
  }

  async #next(): Promise<VideoFrame | undefined> {
    for (;;) {
      const frame = this.#queue.shift();
      if (frame) return frame;
      if (this.#over) {
        if ('error' in this.#over) throw this.#over.error;
        // Views of the last frames may still be on their way; they are worth as much as those of the first.
        if (this.#requests.size === 0 || this.#exited || this.#gone) return undefined;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The newest frame from now on, without ending the stream when nobody asks for another; undefined when it is over. */
  async pull(): Promise<VideoFrame | undefined> {
    this.#grant(1);
    return this.#next().catch(() => undefined); // The error is that of `ended`.
  }

  #takenSince = 0;
  /** Asks for more once half of the window is empty: one message for several frames. */
  #taken(): void {
    this.#takenSince++;
    if (this.#takenSince < this.#options.ahead / 2) return;
    this.#grant(this.#takenSince);
    this.#takenSince = 0;
  }

  #grant(frames: number): void {
    this.#process?.send({ do: 'credit', frames });
  }

  change(wanted: StreamChange): void {
    this.#process?.send({ do: 'change', ...wanted });
  }

  /** What concerns a camera beside its frames. */
  send(command: CameraCommand): void {
    this.#process?.send(command);
  }

  stats(): StreamStats {
    return this.#stats;
  }

  /** Ends the stream with an error of the caller's, e.g. the reason of an aborted signal. */
  fail(error: unknown): void {
    this.#finish({ error });
    this.#process?.kill();
  }

  #gone: MillwrightError | undefined;
  #finish(over: { readonly error?: unknown }): void {
    this.#over ??= over;
    this.#opened.reject(over.error ?? mediaErrors.MEDIA_CLOSED({ source: this.#source }));
    this.#opened.promise.catch(() => undefined); // Whoever opened it has been told, or never waited.
    if (over.error) this.#ended.reject(over.error);
    else this.#ended.resolve();
    this.#ended.promise.catch(() => undefined); // As with frames(): told to whoever asks.
    this.#wake?.();
  }

  async close(): Promise<void> {
    this.#gone ??= mediaErrors.MEDIA_CLOSED({ source: this.#source });
    this.#finish({});
    for (const { reject } of this.#requests.values()) reject(this.#gone);
    this.#requests.clear();
    this.onClosed();
    await this.#process?.stop(this.#options.patienceMs);
  }
}

function picturesOf(headers: readonly PictureHeader[], payloads: readonly Uint8Array[]): Picture[] {
  return headers.map((header, index) => ({ ...header, data: payloads[index]! }));
}
