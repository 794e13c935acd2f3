import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { isMillwrightError, type MillwrightError } from '@millwright/kernel';
import { mediaErrors } from '../errors.ts';
import { CameraHealthMonitor, type HealthOptions, type PictureHealth } from '../health/camera-health.ts';
import { type InputOptions, inputCommand } from '../input-options.ts';
import { errorOf } from '../media-process.ts';
import { heldFrames } from '../open-video.ts';
import { ProcessStream, type StreamChange } from '../process-stream.ts';
import type { CameraRecording, Retention } from '../recording/camera-recording.ts';
import type { Segment } from '../recording/segment-name.ts';
import type { StreamInfo, StreamStats, VideoFrame, ViewSpec } from '../video.ts';
import type { DecodeOnly, FrameRule, RecordSettings, Report } from '../wire/commands.ts';
import { LiveFeed, type LiveListener } from './live-feed.ts';
import { type ReconnectOptions, ReconnectWaits } from './reconnect-waits.ts';
import { RecordingKeeper } from './recording-keeper.ts';

export interface CameraRecordingOptions {
  /** Where it goes; from a `RecordingStore`. */
  readonly recording: CameraRecording;
  /** `event`: only around events, see `keep`. */
  readonly mode: 'continuous' | 'event';
  /** A file is closed at the first key frame after so long. Default 10,000. */
  readonly segmentMs?: number;
  /** What is kept from before an event and after it. Default 5,000 each. */
  readonly preRollMs?: number;
  readonly postRollMs?: number;
  /** Recording pauses while the disk has less room than this. Default 1 GiB. */
  readonly reserveBytes?: number;
  readonly retention?: Retention;
}

export interface CameraOptions extends Omit<InputOptions, 'signal'> {
  readonly every?: FrameRule;
  readonly views?: readonly ViewSpec[];
  /** Default `all`; `key` is enough for a camera that nobody analyses. */
  readonly decodeOnly?: DecodeOnly;
  /** Default `real-time`: a file plays as a camera would. */
  readonly pace?: 'fast' | 'real-time';
  readonly loop?: boolean;
  /** Capture time of the first picture of a file. Default: when it is open and begins to play. */
  readonly startTime?: number;
  readonly recording?: CameraRecordingOptions;
  readonly health?: HealthOptions;
  readonly reconnect?: ReconnectOptions;
}

export type CameraState =
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'streaming'; readonly info: StreamInfo }
  | { readonly state: 'lost'; readonly error: MillwrightError; readonly nextAttemptAt: number }
  /** A file was played to its end. */
  | { readonly state: 'ended' }
  | { readonly state: 'closed' };

export type RecordingState =
  | { readonly state: 'started'; readonly at: number }
  | { readonly state: 'stopped'; readonly at: number; readonly error?: MillwrightError };

/** Live video comes faster than it can be decoded: only key frames are, until it fits again. What is recorded is whole. */
export interface CameraPace {
  readonly behind: boolean;
}

/** The platform's words; `no-signal` while the camera cannot be reached. */
export type CameraHealth = PictureHealth | 'no-signal';

interface CameraEvents {
  state: [CameraState];
  recording: [RecordingState];
  segment: [Segment];
  health: [CameraHealth];
  pace: [CameraPace];
}

/** The clock was set back by so much: times go on from there, instead of standing still until it has caught up. */
const setBackMs = 10_000;

/**
 * A camera that is kept open: connects again when it is lost, and gives frames, a recording and live fragments of one
 * and the same connection, made in one process of its own.
 *
 * Events: `state`, `health`, `recording`, `segment`, `pace`.
 */
export class CameraStream extends EventEmitter<CameraEvents> {
  readonly #options: CameraOptions;
  readonly #waits: ReconnectWaits;
  readonly #live = new LiveFeed((watched) => this.#current?.send({ do: 'watch', on: watched }));
  readonly #keeper: RecordingKeeper | undefined;
  readonly #closing = new AbortController();
  /** The connection, from the first try on: what is wished for while a camera is being reached holds as well. `#stream` once it gives pictures. */
  #current: ProcessStream | undefined;
  #stream: ProcessStream | undefined;
  #change: StreamChange = {};
  #state: CameraState = { state: 'connecting', attempt: 1 };
  #connected = Promise.withResolvers<void>();
  #running: Promise<void> | undefined;
  #reserveBytes: number | undefined;
  /** Of the last event; it outlives a connection. */
  #keepUntil = 0;
  #behind = false;
  readonly #monitor: CameraHealthMonitor;
  #health: CameraHealth = 'good';
  #indexBase = 0;
  #lastIndex = -1;
  #lastTime = 0;
  #past: StreamStats = { decoded: 0, delivered: 0, droppedLate: 0, skipped: 0, corrupt: 0 };

  constructor(options: CameraOptions) {
    super();
    this.#options = options;
    this.#waits = new ReconnectWaits(options.reconnect);
    this.#monitor = new CameraHealthMonitor(options.health);
    const { recording } = options;
    if (recording) this.#keeper = new RecordingKeeper(recording.recording, recording.retention ?? {}, options.logger);
  }

  get state(): CameraState {
    return this.#state;
  }

  /** Of the connection that is open, or was last. */
  get info(): StreamInfo | undefined {
    return this.#stream?.info;
  }

  /**
   * Begins to connect, and goes on until `close`. Rejects when the address can never be opened, and may be tried again then;
   * does nothing when it has begun.
   */
  async start(): Promise<void> {
    if (this.#running) return;
    const input = await inputCommand(this.#options);
    // Meanwhile a name was looked up, which takes its time.
    if (this.#running || this.#closing.signal.aborted) return;
    if (this.#isContinuous) this.#keeper?.begin(Date.now());
    else this.#keeper?.expectNothing();
    this.#running = this.#run(input);
  }

  get #isContinuous(): boolean {
    return this.#options.recording?.mode === 'continuous';
  }

  async #run(input: Awaited<ReturnType<typeof inputCommand>>): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const since = Date.now();
      const error = await this.#connection(input);
      this.#leave();
      if (this.#closing.signal.aborted) break;
      if (!error && input.kind === 'file') {
        this.#keeper?.unexpect(Date.now());
        this.#enter({ state: 'ended' });
        break;
      }
      const reason = error ?? mediaErrors.MEDIA_STREAM_LOST({ source: input.shown, reason: 'the camera ended it' });
      await this.#wait(reason, Date.now() - since);
    }
    this.#connected.resolve();
  }

  /** One connection from its beginning to its end; the error that ended it. */
  async #connection(input: Awaited<ReturnType<typeof inputCommand>>): Promise<MillwrightError | undefined> {
    this.#enter({ state: 'connecting', attempt: this.#waits.tries + 1 });
    const stream = new ProcessStream({
      source: input.shown,
      delivery: 'latest',
      ahead: 1,
      logger: this.#options.logger,
      onReport: (report, payloads) => this.#take(report, payloads),
    });
    this.#current = stream;
    try {
      const opened = stream.open(this.#openCommand(input));
      this.#sendWishes(stream);
      await opened;
      this.#stream = stream;
      this.#enter({ state: 'streaming', info: stream.info });
      this.#connected.resolve();
      await stream.ended;
      return undefined;
    } catch (error) {
      // No room for a pipe or no more processes: the next try may do better, and other cameras go on.
      const reason = isMillwrightError(error)
        ? error
        : mediaErrors.MEDIA_DECODER_FAILED(unforeseen(input.shown, error));
      this.#keeper?.lost(reason.code);
      return reason;
    } finally {
      await stream.close();
      this.#keeper?.stopped();
      this.#keeper?.repair();
      if (!this.#isContinuous) this.#keeper?.lostEvent(Math.min(this.#keepUntil, this.#closedAt()));
    }
  }

  /** An event that is being recorded when the camera is closed is wanted no longer. */
  #closedAt(): number {
    return this.#closing.signal.aborted ? Date.now() : Number.POSITIVE_INFINITY;
  }

  #openCommand(input: Awaited<ReturnType<typeof inputCommand>>): Parameters<ProcessStream['open']>[0] {
    const { every, views, decodeOnly, pace, loop, startTime } = this.#options;
    return {
      do: 'open',
      input,
      delivery: 'latest',
      every: this.#change.every ?? every ?? 1,
      views: this.#change.views ?? views ?? [],
      pace: input.kind === 'file' ? (pace ?? 'real-time') : 'fast',
      loop: loop ?? false,
      ...(startTime !== undefined && { startTime }),
      decodeOnly: this.#change.decodeOnly ?? decodeOnly ?? 'all',
      keep: heldFrames + 1,
      camera: true,
    };
  }

  async #sendWishes(stream: ProcessStream): Promise<void> {
    await stream.started;
    const settings = this.#recordSettings();
    if (settings) stream.send({ do: 'record', settings });
    if (this.#keepUntil > Date.now()) stream.send({ do: 'keep', until: this.#keepUntil });
    if (this.#live.watched) stream.send({ do: 'watch', on: true });
  }

  #recordSettings(): RecordSettings | undefined {
    const { recording } = this.#options;
    if (!recording) return undefined;
    return {
      mode: recording.mode,
      folder: recording.recording.folder,
      segmentMs: recording.segmentMs ?? 10_000,
      preRollMs: recording.preRollMs ?? 5000,
      reserveBytes: this.#reserveBytes ?? recording.reserveBytes ?? 1 << 30,
    };
  }

  #take(report: Report, payloads: readonly Uint8Array[]): void {
    switch (report.type) {
      case 'live-init':
        this.#live.take({ type: 'init', codec: report.codec, encoded: report.encoded, data: payloads[0]! });
        break;
      case 'fragment': {
        const { key, time, durationMs } = report;
        this.#live.take({ type: 'fragment', key, time, durationMs, data: payloads[0]! });
        break;
      }
      case 'look':
        this.#healthIs(this.#monitor.take({ ...report.picture, data: payloads[0]! }, report.time));
        break;
      case 'segment':
        this.#keeper?.segment(report.segment);
        this.emit('segment', report.segment);
        break;
      case 'recording':
        this.#recordingChanged(report);
        break;
      case 'pace':
        this.#behindIs(report.behind);
    }
  }

  #recordingChanged({ state, at, failure }: Extract<Report, { type: 'recording' }>): void {
    // What an event wants and the disk does not take is lost as well.
    if (!this.#isContinuous && (state === 'started' || failure)) this.#keeper?.expect(at);
    if (state === 'started') {
      this.#keeper?.started(at);
      this.emit('recording', { state, at });
      return;
    }
    this.#keeper?.stopped();
    if (failure) this.#keeper?.lost(failure.code);
    else if (!this.#isContinuous) this.#keeper?.unexpect(at);
    this.emit('recording', { state, at, ...(failure ? { error: errorOf(failure) } : {}) });
  }

  #behindIs(behind: boolean): void {
    if (behind === this.#behind) return;
    this.#behind = behind;
    this.emit('pace', { behind });
  }

  #healthIs(health: CameraHealth): void {
    if (health === this.#health) return;
    this.#health = health;
    this.emit('health', health);
  }

  /** What its pictures say of the camera: tampered with, or in order. */
  get health(): CameraHealth {
    return this.#health;
  }

  /** The camera was turned on purpose: its view is learned anew. */
  acceptView(): void {
    this.#monitor.forget();
    this.#healthIs('good');
  }

  #enter(state: CameraState): void {
    if (state.state === 'lost') this.#healthIs('no-signal');
    this.#state = state;
    this.emit('state', state);
  }

  /** A connection has ended: its counts are kept, and those who wait wait for the next one. */
  #leave(): void {
    this.#live.reset();
    this.#behindIs(false);
    const stats = this.#stream?.stats();
    if (!stats) return;
    this.#past = added(this.#past, stats);
    this.#stream = undefined;
    this.#indexBase = this.#lastIndex + 1;
    this.#connected = Promise.withResolvers<void>();
  }

  async #wait(error: MillwrightError, heldMs: number): Promise<void> {
    const delay = this.#waits.next(error, heldMs);
    this.#enter({ state: 'lost', error, nextAttemptAt: Date.now() + delay });
    await setTimeout(delay, undefined, { signal: this.#closing.signal }).catch(() => undefined);
  }

  /**
   * The newest frame whenever the consumer is ready, over all connections. One consumer. The index never falls, nor does
   * the time, but when the clock of the machine or of the camera was set back by more than ten seconds.
   */
  async *frames(): AsyncGenerator<VideoFrame, void, undefined> {
    while (!this.#isOver) {
      await this.#connected.promise;
      const stream = this.#stream;
      const frame = await stream?.pull();
      if (frame) yield this.#placed(frame);
      else if (!this.#isOver) await setTimeout(10); // The connection has just ended.
    }
  }

  get #isOver(): boolean {
    return this.#closing.signal.aborted || this.#state.state === 'ended';
  }

  #placed(frame: VideoFrame): VideoFrame {
    const index = this.#indexBase + frame.index;
    this.#lastIndex = Math.max(this.#lastIndex, index);
    this.#lastTime = frame.time < this.#lastTime - setBackMs ? frame.time : Math.max(this.#lastTime, frame.time);
    return { ...frame, index, time: this.#lastTime };
  }

  /** Other views, another rate; holds for later connections as well. */
  change(change: StreamChange): void {
    this.#change = { ...this.#change, ...change };
    this.#stream?.change(change);
  }

  /** Changes how much room recording leaves on the disk, and tries at once. */
  setReserve(bytes: number): void {
    this.#reserveBytes = bytes;
    const settings = this.#recordSettings();
    if (settings) this.#current?.send({ do: 'record', settings });
  }

  /** Of the process that reads the camera, while it runs. */
  get pid(): number | undefined {
    return this.#current?.pid;
  }

  /** An event: records it from the pre-roll on until the post-roll after `at` (default now). For mode `event`. */
  keep(at = Date.now()): void {
    this.#keepUntil = at + (this.#options.recording?.postRollMs ?? 5000);
    this.#current?.send({ do: 'keep', until: this.#keepUntil });
  }

  /** Live fragments for Media Source Extensions; see `LiveMessage`. Returns how to stop. */
  watch(listener: LiveListener): () => void {
    return this.#live.watch(listener);
  }

  /** Over all connections. */
  stats(): StreamStats {
    return this.#stream ? added(this.#past, this.#stream.stats()) : this.#past;
  }

  /** Resolves when what was recorded is on disk and in the ledger. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const now = Date.now();
    this.#closing.abort();
    this.#connected.resolve();
    await this.#current?.close();
    await this.#running;
    this.#keeper?.end(now);
    await this.#keeper?.close(now);
    this.#enter({ state: 'closed' });
  }
}

const unforeseen = (source: string, error: unknown) => ({
  source,
  reason: error instanceof Error ? error.message : String(error),
});

const added = (a: StreamStats, b: StreamStats): StreamStats => ({
  decoded: a.decoded + b.decoded,
  delivered: a.delivered + b.delivered,
  droppedLate: a.droppedLate + b.droppedLate,
  skipped: a.skipped + b.skipped,
  corrupt: a.corrupt + b.corrupt,
});
