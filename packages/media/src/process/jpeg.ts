import { AV_CODEC_FLAG_QSCALE, AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P } from 'node-av/constants';
import { Codec, CodecContext, FFmpegError, Frame, Packet, Rational } from 'node-av/lib';
import type { MediaRect } from '../video.ts';
import { clip, type Scaler } from './scaler.ts';

export interface JpegOptions {
  readonly region?: MediaRect | undefined;
  readonly maxWidth?: number | undefined;
  /** 1 to 100. */
  readonly quality?: number | undefined;
}

/** FFmpeg's scale of quality runs from 1 (best) to 31. */
const quantizer = (quality: number): number => Math.round(31 - (Math.min(100, Math.max(1, quality)) / 100) * 29);
const lambdaPerQuantizer = 118;

/** A frame, whole or in part, as JPEG. Sizes are made even, as the colour of a JPEG of this kind is stored. */
export function encodeJpeg(frame: Frame, scaler: Scaler, options: JpegOptions): Buffer {
  const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
  const region = options.region ? clip(options.region, whole) : whole;
  const scale = Math.min(1, (options.maxWidth ?? region.width) / region.width);
  const even = (value: number) => Math.max(2, Math.round((value * scale) / 2) * 2);
  const target = new Frame();
  target.alloc();
  target.format = AV_PIX_FMT_YUVJ420P;
  target.width = even(region.width);
  target.height = even(region.height);
  FFmpegError.throwIfError(target.getBuffer(), 'memory for a picture');
  const context = new CodecContext();
  const packet = new Packet();
  try {
    scaler.into(frame, region, target);
    const codec = Codec.findEncoder(AV_CODEC_ID_MJPEG);
    context.allocContext3(codec);
    context.width = target.width;
    context.height = target.height;
    context.pixelFormat = AV_PIX_FMT_YUVJ420P;
    context.timeBase = new Rational(1, 25);
    context.setFlags(AV_CODEC_FLAG_QSCALE);
    context.globalQuality = quantizer(options.quality ?? 85) * lambdaPerQuantizer;
    target.quality = context.globalQuality;
    target.pts = 0n;
    FFmpegError.throwIfError(context.open2Sync(codec, null), 'the JPEG encoder');
    FFmpegError.throwIfError(context.sendFrameSync(target), 'encoding a picture');
    packet.alloc();
    FFmpegError.throwIfError(context.receivePacketSync(packet), 'encoding a picture');
    return Buffer.from(packet.data!);
  } finally {
    packet.free();
    context.freeContext();
    target.free();
  }
}
