import { AV_CODEC_ID_HEVC, AV_NOPTS_VALUE, AVERROR_ENOSPC } from 'node-av/constants';
import {
  type CodecContext,
  type CodecParameters,
  Dictionary,
  FFmpegError,
  FormatContext,
  type Packet,
  Rational,
  type Stream,
} from 'node-av/lib';
import { MediaFailure } from './failure.ts';

/** Ninety thousand ticks a second: what video timestamps are written in. */
export const ticks = new Rational(1, 90_000);
export const ticksPerMs = 90;

export interface Mp4Options {
  readonly path: string;
  /** FFmpeg's movflags. */
  readonly flags: string;
}

/** Words for a failed write: a full disk is told apart, because it goes away by itself or by the user's hand. */
export function writeFailure(code: number, path: string): MediaFailure {
  if (code === AVERROR_ENOSPC) return new MediaFailure('MEDIA_DISK_FULL', { path });
  return new MediaFailure('MEDIA_WRITE_FAILED', { path, reason: FFmpegError.strerror(code) });
}

/** One MP4 file with one video track, written by stream copy or from an encoder. */
export class Mp4Output {
  readonly #format = new FormatContext();
  readonly #stream: Stream;
  readonly #path: string;
  #lastDts: bigint = AV_NOPTS_VALUE;

  private constructor(path: string) {
    this.#path = path;
    this.#check(this.#format.allocOutputContext2(null, 'mp4', `file:${path}`));
    this.#stream = this.#format.newStream(null);
    this.#stream.timeBase = ticks;
  }

  static async open(options: Mp4Options, parameters: CodecParameters | CodecContext): Promise<Mp4Output> {
    const output = new Mp4Output(options.path);
    const target = output.#stream.codecpar;
    if ('extraData' in parameters) output.#check(target.fromContext(parameters));
    else output.#check(parameters.copy(target));
    // The tag that Apple's players want; 0 lets the container choose.
    target.codecTag = target.codecId === AV_CODEC_ID_HEVC ? 'hvc1' : 0;
    output.#check(await output.#format.openOutput());
    output.#check(await output.#format.writeHeader(Dictionary.fromObject({ movflags: options.flags })));
    return output;
  }

  /** `base` is the time base of the packet; times must not fall, and are pushed on where they do. */
  async write(packet: Packet, base: Rational): Promise<void> {
    packet.streamIndex = this.#stream.index;
    packet.rescaleTs(base, this.#stream.timeBase);
    if (packet.dts === AV_NOPTS_VALUE) packet.dts = packet.pts;
    if (this.#lastDts !== AV_NOPTS_VALUE && packet.dts <= this.#lastDts) packet.dts = this.#lastDts + 1n;
    if (packet.pts < packet.dts) packet.pts = packet.dts;
    this.#lastDts = packet.dts;
    packet.pos = -1n;
    this.#check(await this.#format.writeFrame(packet));
  }

  async close(): Promise<void> {
    const written = await this.#format.writeTrailer();
    await this.#format.closeOutput();
    this.#format.freeContext();
    this.#check(written);
  }

  #check(code: number): void {
    if (code < 0) throw writeFailure(code, this.#path);
  }
}
