import { AV_CODEC_ID_HEVC, AV_NOPTS_VALUE } from 'node-av/constants';
import {
  avGetCodecString,
  type CodecContext,
  type CodecParameters,
  Dictionary,
  FFmpegError,
  FormatContext,
  IOContext,
  type Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import type { FrameTimes } from './frame-clock.ts';
import { ticksPerMs } from './mp4-output.ts';

/** A piece of fragmented MP4: `moof` and `mdat`. */
export interface Fragment {
  readonly data: Buffer;
  /** It begins with a key frame: a player or a file may begin with it. */
  readonly key: boolean;
  /** Capture time of its first picture, in milliseconds since 1970. */
  readonly time: number;
  /** Until the first picture of the next fragment, as far as is known. */
  readonly durationMs: number;
}

interface WaitingPacket {
  readonly packet: Packet;
  readonly times: FrameTimes;
}

/** A fragment is closed after so long, so that a viewer is not far behind; and before each key frame. */
const fragmentMs = 250;

/** Turns the packets of a video into fragments of MP4, without altering the pictures. */
export class Fragmenter {
  /** `ftyp` and `moov`: what comes before the fragments. */
  init: Buffer = Buffer.alloc(0);
  /** As Media Source Extensions want it, e.g. avc1.64001f (RFC 6381). */
  readonly codec: string;
  readonly #format = new FormatContext();
  readonly #stream: Stream;
  readonly #io = new IOContext();
  readonly #ticks = new Rational(1, 90_000);
  #written: Buffer[] = [];
  #waiting: WaitingPacket | undefined;
  #lastDuration = 3600n;
  #first: (FrameTimes & { key: boolean }) | undefined;

  private constructor(parameters: CodecParameters | CodecContext) {
    this.#check(this.#format.allocOutputContext2(null, 'mp4', null));
    this.#stream = this.#format.newStream(null);
    this.#stream.timeBase = this.#ticks;
    const target = this.#stream.codecpar;
    if ('extraData' in parameters) this.#check(target.fromContext(parameters));
    else this.#check(parameters.copy(target));
    target.codecTag = target.codecId === AV_CODEC_ID_HEVC ? 'hvc1' : 0;
    this.codec = avGetCodecString(target) ?? 'unknown';
    this.#io.allocContextWithCallbacks(64 << 10, 1, null, (data) => {
      this.#written.push(Buffer.from(data));
      return data.length;
    });
    this.#format.pb = this.#io;
  }

  static async open(parameters: CodecParameters | CodecContext): Promise<Fragmenter> {
    const fragmenter = new Fragmenter(parameters);
    const flags = 'frag_custom+empty_moov+default_base_moof';
    fragmenter.#check(await fragmenter.#format.writeHeader(Dictionary.fromObject({ movflags: flags })));
    await fragmenter.#io.flush();
    fragmenter.init = fragmenter.#take();
    return fragmenter;
  }

  /**
   * Takes a packet whose decoding time is `times.mediaTime`, and gives back the fragment that it closed, if it did. Each
   * packet waits for the next, which says how long it is shown: the muxer adds durations up to the time of fragments.
   * `base` is the time base of the packet.
   */
  async write(packet: Packet, base: Rational, times: FrameTimes): Promise<Fragment | undefined> {
    const next = packet.clone();
    if (!next) return undefined;
    this.#place(next, base, times);
    if (this.#waiting) this.#hand(this.#waiting, next.dts - this.#waiting.packet.dts);
    const closed = this.#isFull(times, next.isKeyframe) ? await this.#close(times) : undefined;
    this.#waiting = { packet: next, times };
    return closed;
  }

  /** In ticks, decoded one after the other. */
  #place(packet: Packet, base: Rational, times: FrameTimes): void {
    packet.rescaleTs(base, this.#ticks);
    const delay = packet.pts === AV_NOPTS_VALUE || packet.dts === AV_NOPTS_VALUE ? 0n : packet.pts - packet.dts;
    const after = this.#waiting ? this.#waiting.packet.dts + 1n : 0n;
    const dts = BigInt(Math.round(times.mediaTime * ticksPerMs));
    packet.dts = dts > after ? dts : after;
    packet.pts = packet.dts + (delay > 0n ? delay : 0n);
    packet.streamIndex = this.#stream.index;
  }

  #hand({ packet, times }: WaitingPacket, duration: bigint): void {
    this.#first ??= { ...times, key: packet.isKeyframe };
    packet.duration = duration;
    this.#lastDuration = duration;
    this.#check(this.#format.writeFrameSync(packet));
    packet.free();
  }

  #isFull(times: FrameTimes, key: boolean): boolean {
    return this.#first !== undefined && (key || times.mediaTime - this.#first.mediaTime >= fragmentMs);
  }

  /** What is left at the end of the stream. */
  async flush(): Promise<Fragment | undefined> {
    const last = this.#waiting;
    if (!last) return undefined;
    this.#waiting = undefined;
    this.#hand(last, this.#lastDuration);
    const step = Number(this.#lastDuration) / ticksPerMs;
    return this.#close({ time: last.times.time + step, mediaTime: last.times.mediaTime + step });
  }

  /** `next` is when the picture after the fragment comes. */
  async #close(next: FrameTimes): Promise<Fragment | undefined> {
    const first = this.#first;
    if (!first) return undefined;
    this.#first = undefined;
    this.#check(await this.#format.writeFrame(null));
    await this.#io.flush();
    const durationMs = Math.max(0, next.mediaTime - first.mediaTime);
    return { data: this.#take(), key: first.key, time: first.time, durationMs };
  }

  #take(): Buffer {
    const data = Buffer.concat(this.#written);
    this.#written = [];
    return data;
  }

  close(): void {
    this.#format.pb = null;
    this.#format.freeContext();
    this.#io.freeContext();
  }

  #check(code: number): void {
    FFmpegError.throwIfError(code, 'making fragments');
  }
}
