import { AddressRules } from '@millwright/kernel/addresses';
import {
  AV_NOPTS_VALUE,
  AVERROR_EAGAIN,
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AVSEEK_FLAG_BACKWARD,
} from 'node-av/constants';
import {
  avGetCodecName,
  avGetPixFmtName,
  Dictionary,
  FFmpegError,
  FormatContext,
  InputFormat,
  type Packet,
  type Stream,
} from 'node-av/lib';
import { resolveHost } from '../address/resolve-host.ts';
import type { StreamInfo } from '../video.ts';
import type { InputCommand } from '../wire/commands.ts';
import { MediaFailure, openFailure } from './failure.ts';
import { GuardedProxy } from './guarded-proxy.ts';
import { followRedirects, plainHost } from './rtsp-redirect.ts';

/**
 * What FFmpeg may open on its own, by kind of input. A playlist or container names further addresses, and none of them
 * may be a file of this machine, a pipe or a joined list.
 */
const protocols: Record<InputCommand['kind'], string> = {
  file: 'file',
  rtsp: 'rtp,srtp,udp,tcp,tls,httpproxy',
  http: 'http,https,httpproxy,tcp,tls,crypto',
  device: 'file',
};

/** Demuxers that could read something else than what was named, or run long lists of inputs. */
const containers =
  'mov,mp4,matroska,webm,avi,gif,mpegts,mpeg,mpegvideo,h264,hevc,m4v,mjpeg,mpjpeg,flv,asf,ogg,mxf,ivf,nut,rtsp,sdp,rtp,hls,applehttp,v4l2,video4linux2,avfoundation,dshow,image2,jpeg_pipe,png_pipe,apng,wav,mp3,aac,flac,av1,obu,vc1,dv,rm,wtv';

function inputOptions(input: InputCommand): Dictionary {
  const timeoutUs = String(Math.round(input.openTimeoutMs * 1000));
  const common = { format_whitelist: containers };
  switch (input.kind) {
    case 'rtsp':
      return Dictionary.fromObject({
        ...common,
        protocol_whitelist: protocols.rtsp,
        rtsp_transport: input.transport,
        timeout: timeoutUs,
        allowed_media_types: 'video',
        // A camera says what it sends; waiting for more only delays the first picture.
        fflags: 'nobuffer',
        max_delay: '300000',
      });
    case 'http':
      return Dictionary.fromObject({
        ...common,
        protocol_whitelist: protocols.http,
        rw_timeout: timeoutUs,
        user_agent: 'Millwright',
      });
    default:
      return Dictionary.fromObject({
        ...common,
        protocol_whitelist: protocols[input.kind],
        // FFmpeg takes a clock that starts again for one that ran over, 26 hours on. `FrameClock` makes good for both.
        correct_ts_overflow: '0',
      });
  }
}

const deviceFormats: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'video4linux2',
  darwin: 'avfoundation',
  win32: 'dshow',
};

/** One opened input: its packets, and what is known of its video. Reads without holding up the event loop. */
export class Input {
  readonly format: FormatContext;
  stream: Stream;
  /** Counts the times that the video changed its codec, or that another took its place. */
  generation = 0;
  readonly live: boolean;
  readonly #command: InputCommand;
  readonly #proxy: GuardedProxy | undefined;
  readonly #streamsAtFirst: number;
  #codecId: number;
  #readSince = 0;
  #stalled = false;
  readonly #watch: NodeJS.Timeout;

  private constructor(command: InputCommand, format: FormatContext, stream: Stream, proxy: GuardedProxy | undefined) {
    this.#proxy = proxy;
    this.#command = command;
    this.format = format;
    this.stream = stream;
    this.#codecId = stream.codecpar.codecId;
    this.#streamsAtFirst = format.nbStreams;
    this.live =
      command.kind === 'rtsp' || command.kind === 'device' || (command.kind === 'http' && format.duration <= 0n);
    this.#watch = setInterval(() => this.#interruptWhenStalled(), 250);
  }

  static async open(command: InputCommand): Promise<Input> {
    const format = new FormatContext();
    format.allocContext();
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      format.interrupt();
    }, command.openTimeoutMs);
    const proxy = command.kind === 'http' ? await GuardedProxy.start(new AddressRules(command.allow)) : undefined;
    const timeout = () =>
      new MediaFailure('MEDIA_TIMEOUT', { source: command.shown, seconds: command.openTimeoutMs / 1000 });
    try {
      const device = command.kind === 'device' ? InputFormat.findInputFormat(deviceFormats[process.platform]!) : null;
      const url = command.kind === 'rtsp' ? await followRedirects(command) : command.url;
      const opened = await format.openInput(url, device, inputOptions(command));
      if (timedOut) throw timeout();
      if (proxy?.refused) throw forbidden(command, proxy.refused);
      if (opened < 0) throw openFailure(opened, command, proxy?.problem);
      await checkRedirect(format.url, url, command);
      if (command.kind === 'rtsp') format.maxAnalyzeDuration = 1_500_000n;
      const found = await format.findStreamInfo(null);
      if (timedOut) throw timeout();
      if (proxy?.refused) throw forbidden(command, proxy.refused);
      if (found < 0) throw openFailure(found, command);
      return new Input(command, format, videoStream(format, command), proxy);
    } catch (error) {
      proxy?.close();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The next packet of the video; false at the end. Packets of other tracks are passed over. */
  async read(packet: Packet): Promise<boolean> {
    for (;;) {
      this.#readSince = performance.now();
      // A file answers at once; asking a thread for each packet would cost more than reading it.
      const code =
        this.#command.kind === 'file' ? this.format.readFrameSync(packet) : await this.format.readFrame(packet);
      this.#readSince = 0;
      if (code === AVERROR_EOF) return false;
      if (this.#stalled)
        throw new MediaFailure('MEDIA_TIMEOUT', {
          source: this.#command.shown,
          seconds: this.#command.stallTimeoutMs / 1000,
        });
      if (code === AVERROR_EAGAIN) continue;
      if (code < 0) throw this.#readFailure(code);
      if (this.#isOurs(packet)) return true;
      packet.unref();
    }
  }

  /** A container that is sent on and on (MPEG-TS) may announce another video in place of the first. */
  #isOurs(packet: Packet): boolean {
    if (packet.streamIndex !== this.stream.index) {
      if (packet.streamIndex < this.#streamsAtFirst) return false;
      const other = this.format.streams.find(({ index }) => index === packet.streamIndex);
      if (other?.codecpar.codecType !== AVMEDIA_TYPE_VIDEO) return false;
      this.stream = other;
      this.generation++;
    }
    const { codecId } = this.stream.codecpar;
    if (codecId !== this.#codecId) this.generation++;
    this.#codecId = codecId;
    return true;
  }

  #readFailure(code: number): MediaFailure {
    const details = { source: this.#command.shown, reason: FFmpegError.strerror(code) };
    return new MediaFailure(this.live ? 'MEDIA_STREAM_LOST' : 'MEDIA_UNREADABLE', details);
  }

  #interruptWhenStalled(): void {
    if (this.#readSince === 0 || performance.now() - this.#readSince < this.#command.stallTimeoutMs) return;
    this.#stalled = true;
    this.format.interrupt();
  }

  /** Where the medium's own time begins, in milliseconds; undefined when the container does not say. */
  get startMs(): number | undefined {
    return this.format.startTime === AV_NOPTS_VALUE ? undefined : Number(this.format.startTime) / 1000;
  }

  /** A timestamp of the video in milliseconds. */
  toMs(timestamp: bigint): number | undefined {
    if (timestamp === AV_NOPTS_VALUE) return undefined;
    const { num, den } = this.stream.timeBase;
    return (Number(timestamp) * num * 1000) / den;
  }

  info(decoder: string): StreamInfo {
    const { codecpar, avgFrameRate, rFrameRate } = this.stream;
    const rate = avgFrameRate.num > 0 ? avgFrameRate : rFrameRate;
    const duration = Number(this.format.duration) / 1000;
    const known = this.format.duration !== AV_NOPTS_VALUE && duration > 0 && !this.live;
    return {
      width: codecpar.width,
      height: codecpar.height,
      codec: avGetCodecName(codecpar.codecId) ?? 'unknown',
      container: this.format.iformat?.name ?? 'unknown',
      frameRate: rate.num > 0 && rate.den > 0 ? rate.num / rate.den : 0,
      ...(known ? { durationMs: duration } : {}),
      decoder,
      pixelFormat: avGetPixFmtName(codecpar.format as never) ?? 'unknown',
    };
  }

  /** Back to the first picture, for a file that is played round and round. */
  async rewind(): Promise<void> {
    const code = await this.format.seekFrame(
      -1,
      this.format.startTime === AV_NOPTS_VALUE ? 0n : this.format.startTime,
      AVSEEK_FLAG_BACKWARD,
    );
    if (code < 0) throw this.#readFailure(code);
  }

  /** A read that waits ends with an error. */
  interrupt(): void {
    this.format.interrupt();
  }

  async close(): Promise<void> {
    clearInterval(this.#watch);
    this.format.interrupt();
    await this.format.closeInput();
    this.#proxy?.close();
  }
}

const forbidden = ({ shown: source }: InputCommand, address: string): MediaFailure =>
  new MediaFailure('MEDIA_ADDRESS_FORBIDDEN', { source, address });

/** A server that answers differently the second time could still send FFmpeg elsewhere, which then names the place. */
async function checkRedirect(arrived: string | null, asked: string, command: InputCommand): Promise<void> {
  if (command.kind !== 'rtsp' || !arrived || !URL.canParse(arrived)) return;
  const host = plainHost(new URL(arrived));
  if (host === plainHost(new URL(asked))) return;
  const found = await resolveHost(host, new AddressRules(command.allow));
  if (!found.allowed) throw forbidden(command, found.address);
}

function videoStream(format: FormatContext, command: InputCommand): Stream {
  const source = command.shown;
  // A camera says what it sends before it does, and only its video is asked for.
  if (format.nbStreams === 0)
    throw new MediaFailure(command.kind === 'rtsp' ? 'MEDIA_NO_VIDEO' : 'MEDIA_NO_FRAMES', { source });
  const index = format.findBestStream(AVMEDIA_TYPE_VIDEO);
  const stream = format.streams.find((each) => each.index === index);
  // A cover picture of an audio file is no video.
  if (!stream || stream.attachedPic !== null) throw new MediaFailure('MEDIA_NO_VIDEO', { source });
  const { width, height } = stream.codecpar;
  checkSize(width, height, command);
  return stream;
}

export function checkSize(width: number, height: number, { maxPixels, shown }: InputCommand): void {
  if (width * height > maxPixels)
    throw new MediaFailure('MEDIA_TOO_LARGE', { source: shown, width, height, maxPixels });
}
