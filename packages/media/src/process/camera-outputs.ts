import { avGetCodecName, avGetPixFmtName, type Frame, Packet } from 'node-av/lib';
import { isCopiedCodec } from '../recording/copied-codec.ts';
import type { RecordSettings } from '../wire/commands.ts';
import { type Fragment, Fragmenter } from './fragmenter.ts';
import type { FrameTimes } from './frame-clock.ts';
import { H264Encoder } from './h264-encoder.ts';
import type { Input } from './input.ts';
import { Recorder } from './recorder.ts';
import type { Reporter } from './reporter.ts';
import type { Scaler } from './scaler.ts';

/** A reader that is so far behind gets no more until it has read, and goes on from a key frame. */
const mostBacklog = 16 << 20;

/** What a camera's process makes beside frames: a recording on disk and fragments for viewers, from the same bytes. */
export class CameraOutputs {
  /** Set when the stream's own codec fits neither MP4 nor browsers: pictures are encoded anew while they are wanted. */
  readonly encodes: boolean;
  readonly #input: Input;
  readonly #reporter: Reporter;
  readonly #scaler: Scaler;
  readonly #recorder: Recorder;
  readonly #encoded = new Packet();
  #fragmenter: Fragmenter | undefined;
  #encoder: H264Encoder | undefined;
  #watched = false;
  #waitsForKey = true;
  #viewersWait = false;

  constructor(input: Input, reporter: Reporter, scaler: Scaler) {
    this.#input = input;
    this.#reporter = reporter;
    this.#scaler = scaler;
    const { codecId, format } = input.stream.codecpar;
    this.encodes = !isCopiedCodec(avGetCodecName(codecId) ?? '', avGetPixFmtName(format as never) ?? '');
    this.#encoded.alloc();
    this.#recorder = new Recorder({
      started: (from) => reporter.report({ type: 'recording', state: 'started', at: from }),
      segment: (segment) => reporter.report({ type: 'segment', segment }),
      stopped: (at, error) =>
        reporter.report({ type: 'recording', state: 'stopped', at, ...(error ? { failure: error.failure } : {}) }),
    });
  }

  get wanted(): boolean {
    return this.#watched || this.#recorder.active;
  }

  record(settings: RecordSettings): void {
    this.#recorder.settings = settings;
  }

  keepUntil(time: number): void {
    this.#recorder.keepUntil(time);
  }

  watch(on: boolean): void {
    const begins = on && !this.#watched;
    this.#watched = on;
    if (!begins || !this.#fragmenter) return;
    this.#reportInit(this.#fragmenter);
    for (const fragment of this.#recorder.sinceKey()) this.#reportFragment(fragment);
  }

  /** A packet as it came, before it is decoded. */
  async packet(packet: Packet, times: FrameTimes): Promise<void> {
    if (this.encodes || !this.wanted || (this.#waitsForKey && !packet.isKeyframe)) return;
    this.#waitsForKey = false;
    this.#fragmenter ??= await this.#openFragmenter(this.#input.stream.codecpar);
    await this.#write(packet, this.#input.stream.timeBase, times);
  }

  /** A decoded frame, for a stream that is encoded anew. */
  async frame(frame: Frame, times: FrameTimes): Promise<void> {
    if (!this.encodes || !this.wanted) return;
    const { width, height } = frame;
    const { frameRate } = this.#input.info('software');
    this.#encoder ??= new H264Encoder(this.#scaler, { width, height, frameRate, purpose: 'live', threads: 1 });
    this.#fragmenter ??= await this.#openFragmenter(this.#encoder.context);
    this.#encoder.encode(frame, times.mediaTime);
    while (this.#encoder.receive(this.#encoded)) {
      await this.#write(this.#encoded, this.#encoder.base, times);
      this.#encoded.unref();
    }
  }

  async #openFragmenter(parameters: Parameters<typeof Fragmenter.open>[0]): Promise<Fragmenter> {
    const fragmenter = await Fragmenter.open(parameters);
    if (this.#watched) this.#reportInit(fragmenter);
    return fragmenter;
  }

  async #write(packet: Packet, base: Parameters<Fragmenter['write']>[1], times: FrameTimes): Promise<void> {
    this.#take(await this.#fragmenter!.write(packet, base, times));
  }

  #take(fragment: Fragment | undefined): void {
    if (!fragment) return;
    this.#recorder.take(fragment, this.#fragmenter!.init);
    if (this.#watched) this.#reportFragment(fragment);
  }

  #reportInit({ codec, init }: Fragmenter): void {
    this.#reporter.report({ type: 'live-init', codec, encoded: this.encodes }, [init]);
  }

  #reportFragment({ data, key, time, durationMs }: Fragment): void {
    this.#viewersWait = this.#reporter.backlog > mostBacklog || (this.#viewersWait && !key);
    if (this.#viewersWait) return;
    this.#reporter.report({ type: 'fragment', key, time, durationMs }, [data]);
  }

  async close(): Promise<void> {
    if (this.#fragmenter) this.#take(await this.#fragmenter.flush());
    await this.#recorder.close();
    this.#fragmenter?.close();
    this.#fragmenter = undefined;
    this.#encoder?.close();
  }
}
