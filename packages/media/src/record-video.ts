import { type InputOptions, inputCommand } from './input-options.ts';
import { errorOf } from './media-process.ts';
import { ProcessStream } from './process-stream.ts';
import { isCopiedCodec } from './recording/copied-codec.ts';
import type { Segment } from './recording/segment-name.ts';
import { SegmentQueue } from './recording/segment-queue.ts';
import type { StreamInfo } from './video.ts';
import type { Report } from './wire/commands.ts';

export interface RecordVideoOptions extends InputOptions {
  /** Where the files go: a folder of each day, in UTC, below it. */
  readonly folder: string;
  /** A file is closed at the first key frame after so long. Default 10,000. */
  readonly segmentMs?: number;
  /** Ends it after so much of the video, from its first recorded picture on; the last file goes on to its next key frame. */
  readonly lengthMs?: number;
  /** It ends with MEDIA_DISK_FULL while the disk has less room than this. Default 1 GiB. */
  readonly reserveBytes?: number;
}

export interface VideoRecorder {
  readonly info: StreamInfo;
  /** The address as it may be shown. */
  readonly source: string;
  /** Each file once it is finished, in order of time; throws what ended the recording when that was an error. Once. */
  segments(): AsyncGenerator<Segment, void, undefined>;
  /** Whether `lengthMs` ended it. */
  readonly isWhole: boolean;
  /** Ends the recording; what came until now is finished and still handed out. */
  stop(): Promise<void>;
}

/**
 * Records one connection to a video as it comes, by stream copy where MP4 takes its codec. Resolves once its first packets
 * have been understood; rejects with an error of `mediaErrors`. A connection that is lost is not made again: whoever wants
 * that takes `recordLasting`.
 */
export async function recordVideo(options: RecordVideoOptions): Promise<VideoRecorder> {
  options.signal?.throwIfAborted();
  const input = await inputCommand(options);
  const recording = new Recording(options.lengthMs ?? Number.POSITIVE_INFINITY);
  const stream = new ProcessStream({
    ...{ source: input.shown, delivery: 'latest', ahead: 1, logger: options.logger, patienceMs },
    onReport: (report) => recording.take(report),
  });
  const abort = () => stream.fail(options.signal!.reason);
  options.signal?.addEventListener('abort', abort, { once: true });
  try {
    const opened = stream.open({
      ...{ do: 'open', input, delivery: 'latest', every: 1, views: [], pace: 'fast', loop: false },
      ...{ startTime: Date.now(), decodeOnly: 'all', keep: 1, camera: true },
    });
    await stream.started;
    stream.send({
      do: 'record',
      settings: {
        ...{ mode: 'continuous', folder: options.folder, segmentMs: options.segmentMs ?? 10_000, preRollMs: 0 },
        reserveBytes: options.reserveBytes ?? 1 << 30,
      },
    });
    await opened;
  } finally {
    options.signal?.removeEventListener('abort', abort);
  }
  const { codec, pixelFormat = '' } = stream.info;
  // Key frames are decoded all the same: they tell that the size of the picture has changed.
  if (isCopiedCodec(codec, pixelFormat)) stream.change({ decodeOnly: 'key' });
  recording.follow(stream);
  return {
    ...{ info: stream.info, source: input.shown },
    segments: () => recording.segments(),
    get isWhole() {
      return recording.isWhole;
    },
    stop: () => stream.close(),
  };
}

/** What a timer of Node holds. */
const longestTimer = 2 ** 31 - 1;
/** Cameras send a key frame within some seconds. */
const keyFrameMs = 30_000;
/** The end of a file has to reach the disk. */
const patienceMs = 20_000;

/** The files of one recording, between the process that writes them and whoever takes them. */
class Recording {
  readonly #lengthMs: number;
  readonly #queue = new SegmentQueue();
  #stream: ProcessStream | undefined;
  #first: number | undefined;
  #error: unknown;
  #isEnough = false;
  #isWhole = false;
  #timer: NodeJS.Timeout | undefined;
  /** When the first picture was written, by `performance.now`: a live stream is recorded from its next key frame on. */
  #begunAt: number | undefined;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  take(report: Report): void {
    if (report.type === 'segment') {
      this.#queue.push(report.segment);
      this.#first ??= report.segment.from;
      if (report.segment.to - this.#first >= this.#lengthMs) this.#whole();
    } else if (report.type === 'recording' && report.state === 'started' && this.#begunAt === undefined) {
      this.#begunAt = performance.now();
      this.#wait();
    } else if (report.type === 'recording' && report.failure) {
      this.#error ??= errorOf(report.failure);
      this.#isEnough = true;
    }
    if (this.#isEnough) void this.#stream?.close();
  }

  /** A live video is as long as the clock says; what is fetched faster than it plays, as its files say. */
  follow(stream: ProcessStream): void {
    this.#stream = stream;
    this.#wait();
    const over = (error?: unknown) => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#error ??= error;
      // Its last words are heard once the process has ended.
      void stream.close().then(() => this.#queue.end(this.#error));
    };
    stream.ended.then(() => over(), over);
    if (this.#isEnough) void stream.close();
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  #whole(): void {
    // What comes after the end of the stream has not been cut off.
    if (this.#queue.isOver) return;
    this.#isWhole = true;
    this.#isEnough = true;
  }

  /** Of a live video, from its first recorded picture on; one that never comes is not waited for without end. */
  #wait(): void {
    const stream = this.#stream;
    if (!stream || !Number.isFinite(this.#lengthMs) || stream.info.durationMs !== undefined) return;
    const begun = this.#begunAt;
    const rest = this.#lengthMs + (begun === undefined ? keyFrameMs : begun - performance.now());
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        if (begun !== undefined) this.#whole();
        void stream.close();
      },
      Math.min(Math.max(0, rest), longestTimer),
    );
  }

  segments(): AsyncGenerator<Segment, void, undefined> {
    return this.#queue.segments();
  }
}
