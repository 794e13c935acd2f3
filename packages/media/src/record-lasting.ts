import { isMillwrightError, type MillwrightError, sleep } from '@millwright/kernel';
import { parseAddress } from './address/media-address.ts';
import { type ReconnectOptions, ReconnectWaits } from './camera/reconnect-waits.ts';
import { mediaErrors } from './errors.ts';
import { type RecordVideoOptions, recordVideo, type VideoRecorder } from './record-video.ts';
import type { Segment } from './recording/segment-name.ts';
import { SegmentQueue } from './recording/segment-queue.ts';

export interface RecordLastingOptions extends RecordVideoOptions {
  /** A live video that gives no picture for longer than this is over. */
  readonly lostAfterMs: number;
  readonly reconnect?: ReconnectOptions;
  /** Told when the connection is lost, and of the gap once it is closed. */
  onLost?(error: MillwrightError): void;
  onBack?(gap: RecordingGap): void;
}

/** A stretch of a recording without pictures; times in milliseconds since 1970. */
export interface RecordingGap {
  readonly from: number;
  readonly to: number;
  /** Why the connection was lost. */
  readonly error: MillwrightError;
}

export interface LastingRecorder extends VideoRecorder {
  /** Stretches that were lost until now. */
  readonly gaps: readonly RecordingGap[];
}

/** These would be the same again. */
const final: ReadonlySet<string> = new Set([
  'MEDIA_DISK_FULL',
  'MEDIA_WRITE_FAILED',
  'MEDIA_ADDRESS_FORBIDDEN',
  'MEDIA_CODEC_UNSUPPORTED',
  'MEDIA_TOO_LARGE',
  'MEDIA_OPTION_INVALID',
]);
/**
 * Like `recordVideo`, and connects again when a live video is lost: waits as a `CameraStream` does, and gives up with the error
 * once there was no picture for `lostAfterMs`. `lengthMs` counts with the gaps: it is whole as well where there is none at its end.
 * Video that has an end (a file behind HTTP, a playlist that is closed) is not begun a second time. Resolves and rejects as `recordVideo` does for the first connection.
 */
export async function recordLasting(options: RecordLastingOptions): Promise<LastingRecorder> {
  const first = await recordVideo(options);
  const recording = new LastingRecording(options, first);
  return {
    ...{ info: first.info, source: first.source, gaps: recording.gaps },
    get isWhole() {
      return recording.isWhole;
    },
    segments: () => recording.segments(),
    stop: () => recording.stop(),
  };
}

class LastingRecording {
  readonly gaps: RecordingGap[] = [];
  isWhole = false;
  readonly #options: RecordLastingOptions;
  readonly #waits: ReconnectWaits;
  readonly #isLive: boolean;
  readonly #endsByItself: boolean;
  /** When all that was asked for is recorded; not known before the first picture. */
  #endAt = Number.POSITIVE_INFINITY;
  readonly #stopping = new AbortController();
  readonly #queue = new SegmentQueue();
  #recorder: VideoRecorder;
  #connectedAt = Date.now();
  /** Until when there are pictures, and since when there are none. */
  #until = Date.now();
  #open: { readonly from: number; readonly since: number; readonly error: MillwrightError } | undefined;

  constructor(options: RecordLastingOptions, first: VideoRecorder) {
    this.#options = options;
    this.#recorder = first;
    this.#waits = new ReconnectWaits(options.reconnect);
    this.#isLive = first.info.durationMs === undefined;
    // An RTSP server or a camera has no end: a connection that is closed in order was cut all the same.
    this.#endsByItself = parseAddress(options.url).kind === 'http';
    void this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#recorder.stop();
  }

  segments(): AsyncGenerator<Segment, void, undefined> {
    return this.#queue.segments();
  }

  /** Goes on whether or not somebody takes the files: a camera that is back must not wait for the analysis. */
  async #run(): Promise<void> {
    try {
      for (;;) {
        const error = await this.#drain();
        if (this.#stopping.signal.aborted) break;
        this.isWhole ||= this.#recorder.isWhole;
        const lost = this.#lossOf(error);
        if (!lost) return this.#queue.end(error);
        if (!(await this.#connectAgain(lost))) break;
      }
      this.#queue.end();
    } catch (error) {
      this.#queue.end(error);
    }
  }

  /** Takes the files of one connection; resolves to what ended it, undefined at its end. */
  async #drain(): Promise<unknown> {
    try {
      for await (const segment of this.#recorder.segments()) {
        if (this.#endAt === Number.POSITIVE_INFINITY)
          this.#endAt = segment.from + (this.#options.lengthMs ?? this.#endAt);
        this.#closeGap(segment.from);
        this.#until = segment.to;
        this.#queue.push(segment);
      }
      return undefined;
    } catch (error) {
      return error;
    }
  }

  /** Why it is to be connected again; undefined where it is over. */
  #lossOf(error: unknown): MillwrightError | undefined {
    if (this.isWhole || !this.#isLive) return undefined;
    if (isMillwrightError(error)) return final.has(error.code) ? undefined : error;
    if (error !== undefined || this.#endsByItself) return undefined;
    return mediaErrors.MEDIA_STREAM_LOST({ source: this.#recorder.source, reason: 'the camera ended it' });
  }

  /** False when there is no time left, or nobody wants it any more; throws why when it stays away. */
  async #connectAgain(lost: MillwrightError): Promise<boolean> {
    if (!this.#open) {
      this.#open = { from: this.#until, since: Date.now(), error: lost };
      this.#options.onLost?.(lost);
    }
    const { lostAfterMs, lengthMs } = this.#options;
    const giveUpAt = this.#open.since + lostAfterMs;
    const deadline = Math.min(giveUpAt, this.#endAt);
    let error = lost;
    let heldMs = Date.now() - this.#connectedAt;
    for (;;) {
      const left = deadline - Date.now();
      await sleep(Math.max(0, Math.min(this.#waits.next(error, heldMs), left)), this.#stopping.signal);
      heldMs = 0;
      if (this.#stopping.signal.aborted) return false;
      if (Date.now() >= deadline) break;
      const signals = [this.#stopping.signal, AbortSignal.timeout(Math.max(1, Math.ceil(deadline - Date.now())))];
      try {
        this.#recorder = await recordVideo({
          ...this.#options,
          signal: AbortSignal.any(this.#options.signal ? [...signals, this.#options.signal] : signals),
          ...(lengthMs !== undefined && { lengthMs: Math.min(lengthMs, Math.max(1, this.#endAt - Date.now())) }),
        });
        this.#connectedAt = Date.now();
        // It was asked to stop while it connected.
        if (this.#stopping.signal.aborted) await this.#recorder.stop();
        return true;
      } catch (failure) {
        if (!isMillwrightError(failure)) {
          if (!signals.some(({ aborted }) => aborted)) throw failure;
        } else if (final.has(failure.code)) throw failure;
        else error = failure;
      }
    }
    if (deadline === giveUpAt) throw error;
    this.#closeGap(this.#endAt);
    this.isWhole = true;
    return false;
  }

  #closeGap(to: number): void {
    if (!this.#open) return;
    const gap = { from: this.#open.from, to, error: this.#open.error };
    this.#open = undefined;
    this.gaps.push(gap);
    this.#options.onBack?.(gap);
  }
}
