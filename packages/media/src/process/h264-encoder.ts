import { AV_CODEC_FLAG_GLOBAL_HEADER, AV_PIX_FMT_YUV420P, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, Frame, type Packet, Rational } from 'node-av/lib';
import type { Scaler } from './scaler.ts';

export interface EncoderOptions {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
  /**
   * `live`: every frame comes out at once. `file`: better compression, a little later. `camera`: as a network camera
   * sends it, for tests and benchmarks: compressed well, without pictures out of order, a key frame every second.
   */
  readonly purpose: keyof typeof presets;
  readonly threads: number;
}

const presets = {
  live: { preset: 'ultrafast', tune: 'zerolatency', crf: '26' },
  file: { preset: 'veryfast', crf: '23' },
  camera: { preset: 'superfast', tune: 'zerolatency', crf: '27' },
} as const;

const ticksPerSecond = 90_000;
/** Sizes of 4:2:0 video are even. */
const even = (value: number): number => Math.max(2, Math.floor(value / 2) * 2);

/** Frames of any size and format in, H.264 that every browser plays out. Times are in 1/90000 s. */
export class H264Encoder {
  readonly context = new CodecContext();
  readonly base = new Rational(1, ticksPerSecond);
  readonly #scaler: Scaler;

  constructor(scaler: Scaler, { width, height, frameRate, purpose, threads }: EncoderOptions) {
    this.#scaler = scaler;
    const codec = Codec.findEncoderByName('libx264' as never);
    const rate = frameRate > 0 ? frameRate : 25;
    this.context.allocContext3(codec);
    this.context.width = even(width);
    this.context.height = even(height);
    this.context.pixelFormat = AV_PIX_FMT_YUV420P;
    this.context.timeBase = this.base;
    this.context.framerate = new Rational(Math.round(rate * 1000), 1000);
    // A key frame every two seconds: what a cut, a seek or a new viewer waits for at most.
    this.context.gopSize = Math.max(1, Math.round(rate * (purpose === 'camera' ? 1 : 2)));
    this.context.threadCount = threads;
    this.context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
    for (const [name, value] of Object.entries(presets[purpose])) this.context.setOption(name, value);
    FFmpegError.throwIfError(this.context.open2Sync(codec, null), 'the H.264 encoder');
  }

  /** A copy of `frame` as the encoder takes it; `change` may alter its pixels. The caller's frame stays as it is. */
  encode(frame: Frame, timeMs: number, change?: (picture: Frame) => void): void {
    const picture = new Frame();
    picture.alloc();
    picture.format = AV_PIX_FMT_YUV420P;
    picture.width = this.context.width;
    picture.height = this.context.height;
    FFmpegError.throwIfError(picture.getBuffer(), 'memory for a picture');
    this.#scaler.into(frame, undefined, picture);
    change?.(picture);
    picture.pts = BigInt(Math.round((timeMs * ticksPerSecond) / 1000));
    FFmpegError.throwIfError(this.context.sendFrameSync(picture), 'encoding');
    picture.free();
  }

  finish(): void {
    this.context.sendFrameSync(null);
  }

  /** False when the encoder has none to give yet, or no more. */
  receive(packet: Packet): boolean {
    const code = this.context.receivePacketSync(packet);
    if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return false;
    FFmpegError.throwIfError(code, 'encoding');
    return true;
  }

  close(): void {
    this.context.freeContext();
  }
}
