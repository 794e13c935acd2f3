import { setTimeout } from 'node:timers/promises';
import { type Clock, isMillwrightError, type Logger } from '@millwright/kernel';
import { CameraStream, type HardwareChoice, type CameraState as StreamState, type VideoFrame } from '@millwright/media';
import { signedAddress } from '@millwright/media/stream';
import { manuvisionServiceErrors } from '../../service-errors.ts';
import type { Picture, PictureSource } from '../picture-source.ts';
import type { CameraSource } from './camera-source-schema.ts';
import type { CameraState } from './camera-state.ts';
import { PartInView } from './part-in-view.ts';

export interface CameraParts {
  readonly source: CameraSource;
  /** Networks inside that may be opened. */
  readonly allow: readonly string[];
  readonly hardware?: HardwareChoice | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Judges a picture that was taken without a trigger; resolves once its verdict is kept. */
  judge(picture: Picture): Promise<void>;
}

/** A line must know soon that it has no eyes. */
const stallTimeoutMs = 3_000;
const againMs = 5_000;
/** What is compressed less than this shows in no score. */
const quality = 95;
/** Pictures that wait to be judged; each is a part. */
const mostWaiting = 8;
const perSecond = 25;

/** The camera of one station: kept open in a process of media's, connected to again when it is lost. */
export class StationCamera implements PictureSource {
  readonly #parts: CameraParts;
  readonly #stream: CameraStream;
  readonly #stop = new AbortController();
  readonly #view = new PartInView();
  /** Who waits for a picture, and how many frames have come since. */
  readonly #waiters = new Set<{ frames: number; take(frame: VideoFrame): void }>();
  #state: CameraState;
  #latest: VideoFrame | undefined;
  #running: Promise<void>;
  #judging: Promise<void> = Promise.resolve();
  #waiting = 0;
  #isBehind = false;
  #takenAt = Number.NEGATIVE_INFINITY;

  constructor(parts: CameraParts) {
    this.#parts = parts;
    const { source, allow, hardware, logger } = parts;
    this.#stream = new CameraStream({
      ...{ url: signedAddress(source.url, source), transport: source.transport, allow, logger, stallTimeoutMs },
      ...{ every: { perSecond }, reconnect: { maxMs: againMs }, ...(hardware && { hardware }) },
    });
    this.#state = this.#begun({ state: 'connecting', code: null, message: '' });
    this.#stream.on('state', (state) => this.#changed(state));
    this.#running = this.#run();
  }

  get state(): CameraState {
    return this.#state;
  }

  /** When its picture is judged. */
  get takes(): CameraSource['take']['when'] {
    return this.#parts.source.take.when;
  }

  problem(): string | null {
    if (this.#state.state === 'streaming') return this.#isBehind ? 'MANUVISION_STATION_BEHIND' : null;
    return this.#state.code ?? 'MANUVISION_CAMERA_CONNECTING';
  }

  /** A frame that reached us after this call; the first one may have been under way already, so the second is taken. */
  async next(signal: AbortSignal): Promise<Picture> {
    this.#mustStream();
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Picture>();
    const waiter = { frames: 0, take: (frame: VideoFrame) => resolve(this.#pictureOf(frame)) };
    const give = () => reject(signal.reason);
    signal.addEventListener('abort', give, { once: true });
    this.#waiters.add(waiter);
    return promise.finally(() => {
      this.#waiters.delete(waiter);
      signal.removeEventListener('abort', give);
    });
  }

  /** What it sees now, JPEG. Throws MANUVISION_CAMERA_LOST. */
  async still(maxWidth: number): Promise<Uint8Array> {
    this.#mustStream();
    if (!this.#latest) throw manuvisionServiceErrors.MANUVISION_CAMERA_LOST({ reason: 'no picture has come yet' });
    return this.#latest.jpeg({ maxWidth });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#stream.close();
    await this.#running;
    await this.#judging;
  }

  #mustStream(): void {
    if (this.#state.state === 'streaming') return;
    const reason = this.#state.message || 'it is being connected to';
    throw manuvisionServiceErrors.MANUVISION_CAMERA_LOST({ reason });
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await this.#stream.start();
        for await (const frame of this.#stream.frames()) this.#take(frame);
        return;
      } catch (error) {
        // A name that nobody knows just now, or an address that may not be opened: looked at again.
        this.#lost(error);
        await setTimeout(againMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #take(frame: VideoFrame): void {
    this.#latest = frame;
    for (const waiter of this.#waiters) if (++waiter.frames === 2) waiter.take(frame);
    const { take } = this.#parts.source;
    if (take.when === 'part' && this.#view.take({ data: frame.look.data, time: frame.time })) this.#judge(frame);
    if (take.when !== 'interval' || performance.now() - this.#takenAt < take.seconds * 1000) return;
    // One that is still judged when the next is due takes its place.
    if (this.#waiting > 0) return;
    this.#takenAt = performance.now();
    this.#judge(frame);
  }

  #judge(frame: VideoFrame): void {
    const { logger, judge } = this.#parts;
    this.#isBehind = this.#waiting >= mostWaiting;
    if (this.#isBehind) {
      logger.error({ waiting: this.#waiting }, 'parts come faster than they can be judged: one was left out');
      return;
    }
    this.#waiting += 1;
    const taken = this.#pictureOf(frame);
    // It is waited for later: whoever is told then is told of this as well.
    taken.catch(() => undefined);
    this.#judging = this.#judging.then(async () => {
      try {
        await judge(await taken);
      } catch (error) {
        if (!this.#stop.signal.aborted) logger.error({ err: error }, 'a picture of a camera could not be judged');
      } finally {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#isBehind = false;
      }
    });
  }

  async #pictureOf(frame: VideoFrame): Promise<Picture> {
    const name = `${this.#parts.clock.now().toISOString()}.jpg`;
    return { name, content: await frame.jpeg({ quality }) };
  }

  #changed(state: StreamState): void {
    if (state.state === 'streaming') {
      this.#state = this.#begun({ state: 'streaming', code: null, message: '' });
      this.#view.forget();
    }
    if (state.state === 'lost') this.#lost(state.error);
  }

  #lost(error: unknown): void {
    const code = isMillwrightError(error) ? error.code : 'MEDIA_DECODER_FAILED';
    const message = error instanceof Error ? error.message : String(error);
    this.#latest = undefined;
    // It is lost since it was lost first, however often it was tried again.
    const { since } = this.#state.state === 'lost' ? this.#state : this.#begun({ state: 'lost', code, message });
    this.#state = { state: 'lost', code, message, since };
  }

  #begun(state: Omit<CameraState, 'since'>): CameraState {
    return { ...state, since: this.#parts.clock.now().toISOString() };
  }
}
