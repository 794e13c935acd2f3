import { AV_FRAME_FLAG_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF } from 'node-av/constants';
import { avGetCodecName, Codec, CodecContext, FFmpegError, Frame, type Packet } from 'node-av/lib';
import type { HardwareChoice } from '../video.ts';
import type { DecodeOnly } from '../wire/commands.ts';
import { MediaFailure } from './failure.ts';
import { findHardware, type Hardware } from './hardware.ts';
import type { Input } from './input.ts';

/** Hardware that has refused so many packets, and given no picture yet, will give none. */
const mostRefused = 30;

const skipFrame: Record<DecodeOnly, string> = { all: 'default', reference: 'noref', key: 'nokey', none: 'all' };

export interface DecoderOptions {
  readonly source: string;
  readonly threads: number;
  readonly hardware: HardwareChoice;
  readonly decodeOnly: DecodeOnly;
  /** Hardware that was tried before. */
  readonly failed?: string;
}

/** Packets in, frames out; the frames always lie in main memory. */
export class VideoDecoder {
  /** `software`, or the name of the hardware in use. */
  readonly name: string;
  /** Hardware that was asked for by name and is not used. */
  readonly missing: string | undefined;
  packets = 0;
  decoded = 0;
  corrupt = 0;
  #skipping: boolean;
  #skippedBefore = 0;
  #countedFrom = 0;
  /** Of this very decoder. */
  #given = 0;
  #refused = 0;
  readonly #context: CodecContext;
  readonly #hardware: Hardware | undefined;
  readonly #received = new Frame();

  #options: DecoderOptions;

  constructor(input: Input, options: DecoderOptions) {
    this.#options = options;
    const { codecpar } = input.stream;
    const codec = Codec.findDecoder(codecpar.codecId);
    const codecName = avGetCodecName(codecpar.codecId) ?? 'an unknown codec';
    const unsupported = () => new MediaFailure('MEDIA_CODEC_UNSUPPORTED', { source: options.source, codec: codecName });
    if (!codec) throw unsupported();
    const hardware = findHardware(codec, options.hardware);
    this.#skipping = options.decodeOnly !== 'all';
    const opened = hardware && this.#openContext(codec, input, hardware);
    if (hardware && !opened) hardware.device.free();
    this.#hardware = opened ? hardware : undefined;
    const context = opened ?? this.#openContext(codec, input);
    if (!context) throw unsupported();
    this.#context = context;
    this.#received.alloc();
    this.name = this.#hardware?.name ?? 'software';
    const named = options.hardware !== 'auto' && options.hardware !== 'off';
    this.missing = this.#hardware ? undefined : (options.failed ?? (named ? options.hardware : hardware?.name));
  }

  /** Undefined when FFmpeg refuses. */
  #openContext(codec: Codec, { stream }: Input, hardware?: Hardware): CodecContext | undefined {
    const context = new CodecContext();
    context.allocContext3(codec);
    context.parametersToContext(stream.codecpar);
    context.pktTimebase = stream.timeBase;
    context.threadCount = this.#options.threads;
    if (hardware) {
      context.hwDeviceCtx = hardware.device;
      context.setHardwarePixelFormat(hardware.pixelFormat);
    }
    context.setOption('skip_frame', skipFrame[this.#options.decodeOnly]);
    if (context.open2Sync(codec, null) >= 0) return context;
    context.freeContext();
    return undefined;
  }

  /** The hardware was opened, and makes no picture of what it gets. */
  get hardwareFailed(): boolean {
    return this.#hardware !== undefined && this.#given === 0 && this.#refused >= mostRefused;
  }

  /** A decoder for the same input that leaves the hardware alone. */
  inSoftware(input: Input): VideoDecoder {
    this.#options = { ...this.#options, hardware: 'off', failed: this.name };
    return this.successor(input);
  }

  /** A decoder for what the input has become, which goes on counting where this one is. */
  successor(input: Input): VideoDecoder {
    const next = new VideoDecoder(input, this.#options);
    next.packets = this.packets;
    next.decoded = this.decoded;
    next.corrupt = this.corrupt;
    next.#skippedBefore = this.skipped;
    next.#countedFrom = this.packets - this.decoded - this.corrupt;
    return next;
  }

  set decodeOnly(value: DecodeOnly) {
    this.#options = { ...this.#options, decodeOnly: value };
    this.#skippedBefore = this.skipped;
    this.#countedFrom = this.packets - this.decoded - this.corrupt;
    this.#skipping = value !== 'all';
    this.#context.setOption('skip_frame', skipFrame[value]);
  }

  /** Packets that were not decoded on purpose. */
  get skipped(): number {
    if (!this.#skipping) return this.#skippedBefore;
    return this.#skippedBefore + Math.max(0, this.packets - this.decoded - this.corrupt - this.#countedFrom);
  }

  /** Hands in a packet, or the end (null). A packet that is refused is counted. */
  send(packet: Packet | null): void {
    const code = this.#context.sendPacketSync(packet);
    if (packet) this.packets++;
    if (code >= 0 || code === AVERROR_EOF || code === AVERROR_EAGAIN) return;
    this.corrupt++;
    this.#refused++;
  }

  /** The next frame, whose owner frees it; undefined when more packets are needed. */
  receive(): Frame | undefined {
    for (;;) {
      const code = this.#context.receiveFrameSync(this.#received);
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return undefined;
      if (code < 0) {
        this.corrupt++;
        this.#refused++;
        // An error at the end of the stream does not go away by asking again.
        if (code === FFmpegError.AVERROR('ENOMEM' as never)) return undefined;
        continue;
      }
      this.decoded++;
      if (this.#received.hasFlags(AV_FRAME_FLAG_CORRUPT) || this.#received.decodeErrorFlags !== 0) this.corrupt++;
      const frame = this.#inMainMemory();
      if (!frame) continue;
      this.#given++;
      return frame;
    }
  }

  #inMainMemory(): Frame | undefined {
    const frame = new Frame();
    frame.alloc();
    if (this.#received.isHwFrame()) {
      if (this.#received.hwframeTransferDataSync(frame) < 0) {
        this.#refused++;
        frame.free();
        this.#received.unref();
        return undefined;
      }
      frame.copyProps(this.#received);
    } else frame.ref(this.#received);
    this.#received.unref();
    return frame;
  }

  /** After a jump in the input. */
  flush(): void {
    this.#context.flushBuffers();
  }

  close(): void {
    this.#received.free();
    this.#context.freeContext();
    this.#hardware?.device.free();
  }
}
