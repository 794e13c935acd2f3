import { setImmediate, setTimeout } from 'node:timers/promises';
import { AV_NOPTS_VALUE, AV_PKT_DATA_PRFT } from 'node-av/constants';
import { type Frame, Packet } from 'node-av/lib';
import type { MediaRect, StreamInfo, StreamStats, ViewSpec } from '../video.ts';
import type { CameraCommand, Command, DecodeOnly, OpenCommand } from '../wire/commands.ts';
import { CameraOutputs } from './camera-outputs.ts';
import { DecodeLoad } from './decode-load.ts';
import { failureOf, MediaFailure } from './failure.ts';
import { FrameClock, type FrameTimes } from './frame-clock.ts';
import { FrameSelector } from './frame-rule.ts';
import { checkSize, Input } from './input.ts';
import { encodeJpeg } from './jpeg.ts';
import type { Reporter } from './reporter.ts';
import { type ScaledPicture, Scaler } from './scaler.ts';
import { VideoDecoder } from './video-decoder.ts';

interface DecodedFrame extends FrameTimes {
  readonly index: number;
  readonly frame: Frame;
}

/** Twice a second says enough of whether a camera is tampered with. */
const lookEveryMs = 500;
/** What is held for more views; of 8K, a picture of which takes 50 MB, fewer than was asked for. */
const mostHeldBytes = 200 << 20;
/** So many fewer at most: those on their way to the consumer are held in any case. */
const mostLeftOut = 6;
/** A file that plays as a camera passes over gaps that are longer. */
const longestGapMs = 10_000;
/** Bytes that the other side has not read, above which looks wait for the next one. */
const mostBacklog = 16 << 20;

type Change = Extract<Command, { do: 'change' }>;

/** One video, decoded for one consumer. */
export class DecodeSession {
  readonly #command: OpenCommand;
  readonly #reporter: Reporter;
  readonly #scaler = new Scaler();
  readonly #selector: FrameSelector;
  readonly #held = new Map<number, Frame>();
  #views: readonly ViewSpec[];
  #input: Input | undefined;
  #decoder!: VideoDecoder;
  #clock!: FrameClock;
  #info!: StreamInfo;
  #credit = 0;
  #creditCame: (() => void) | undefined;
  /** Policy `latest`: the newest frame, while nobody asks for one. */
  #newest: DecodedFrame | undefined;
  #index = 0;
  #delivered = 0;
  #droppedLate = 0;
  #startedAt = 0;
  #closed = false;
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;
  #outputs: CameraOutputs | undefined;
  #packetClock: FrameClock | undefined;
  readonly #early: CameraCommand[] = [];
  #nextLook = 0;
  #load: DecodeLoad | undefined;
  #decodeOnly: DecodeOnly;
  #generation = 0;

  constructor(command: OpenCommand, reporter: Reporter) {
    this.#command = command;
    this.#reporter = reporter;
    this.#views = command.views;
    this.#decodeOnly = command.decodeOnly;
    this.#selector = new FrameSelector(command.every);
  }

  /** From opening to the end of the video, or to `close`. */
  run(): Promise<void> {
    this.#running = this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    try {
      await this.#decodeAll(await this.#open());
      await this.#outputs?.close();
      if (this.#index === 0 && !this.#closed)
        throw new MediaFailure('MEDIA_NO_FRAMES', { source: this.#command.input.shown });
      this.#reporter.report({ type: 'ended', stats: this.stats() });
    } catch (error) {
      await this.#outputs?.close();
      const failure = failureOf(error, this.#command.input.shown);
      this.#reporter.report({ type: 'failed', failure, ...(this.#decoder ? { stats: this.stats() } : {}) });
    }
  }

  async #open(): Promise<Input> {
    const { input } = this.#command;
    const opened = await Input.open(input);
    this.#input = opened;
    // A camera's pictures are taken now, not when the process that reads it was started.
    const startTime = this.#command.startTime ?? Date.now();
    this.#startedAt = performance.now();
    const { threads, hardware } = input;
    this.#decoder = new VideoDecoder(opened, { source: input.shown, threads, hardware, decodeOnly: this.#decodeOnly });
    this.#info = infoOf(opened, this.#decoder);
    this.#clock = new FrameClock({
      live: opened.live,
      startTime,
      frameRate: this.#info.frameRate,
      originMs: opened.startMs,
    });
    if (this.#command.camera) this.#openOutputs(opened, startTime);
    if (opened.live) this.#load = new DecodeLoad(performance.now());
    this.#logDecoder();
    this.#reporter.report({ type: 'opened', info: this.#info });
    return opened;
  }

  #logDecoder(): void {
    const { width, height, codec, decoder, hardwareMissing } = this.#info;
    const missing = hardwareMissing ? `, since ${hardwareMissing} is not there or does not decode this` : '';
    const text = `${this.#command.input.shown}: ${codec} ${width}x${height}, decoded by ${decoder}${missing}`;
    this.#reporter.report({ type: 'log', level: missing ? 'warn' : 'info', text });
  }

  /** Decodes less while the stream comes faster than it can be decoded. */
  #keepUp(waitedMs: number, packet: Packet): void {
    if (!this.#load?.took(performance.now(), waitedMs, packet.isKeyframe)) return;
    const { behind } = this.#load;
    this.#decoder.decodeOnly = this.#decodes;
    this.#reporter.report({ type: 'pace', behind });
    const { width, height, codec } = this.#info;
    const what = behind ? 'comes faster than it can be decoded: only key frames are' : 'is decoded in full again';
    const text = `${this.#command.input.shown}: ${codec} ${width}x${height} ${what}`;
    this.#reporter.report({ type: 'log', level: behind ? 'warn' : 'info', text });
  }

  get #decodes(): DecodeOnly {
    return this.#load?.behind && this.#decodeOnly !== 'none' ? 'key' : this.#decodeOnly;
  }

  /** The video goes on in another codec. */
  async #changeDecoder(input: Input): Promise<void> {
    this.#generation = input.generation;
    if (this.#outputs) throw this.#changed('its codec changed');
    this.#decoder.send(null);
    await this.#takeFrames(input);
    const before = this.#decoder;
    this.#decoder = before.successor(input);
    before.close();
    this.#info = { ...infoOf(input, this.#decoder), width: this.#info.width, height: this.#info.height };
    this.#reporter.report({ type: 'changed', info: this.#info });
  }

  /** The hardware is there and cannot do this video: it goes on from the next key frame. */
  #decodeInSoftware(input: Input): void {
    const before = this.#decoder;
    this.#decoder = before.inSoftware(input);
    before.close();
    this.#info = { ...infoOf(input, this.#decoder), width: this.#info.width, height: this.#info.height };
    this.#logDecoder();
    this.#reporter.report({ type: 'changed', info: this.#info });
  }

  /** What is recorded and watched says at its beginning what its pictures are: it begins anew. */
  #changed(reason: string): MediaFailure {
    return new MediaFailure('MEDIA_STREAM_LOST', { source: this.#command.input.shown, reason });
  }

  #openOutputs(input: Input, startTime: number): void {
    this.#outputs = new CameraOutputs(input, this.#reporter, this.#scaler);
    // Packets come in the order of decoding and frames in that of showing: each has its own clock, from the same times.
    this.#packetClock = new FrameClock({ live: input.live, startTime, frameRate: this.#info.frameRate });
    for (const command of this.#early.splice(0)) this.command(command);
  }

  async #decodeAll(input: Input): Promise<void> {
    const packet = new Packet();
    packet.alloc();
    while (!this.#closed) {
      const asked = performance.now();
      if (await input.read(packet)) {
        this.#keepUp(performance.now() - asked, packet);
        if (input.generation !== this.#generation) await this.#changeDecoder(input);
        const sender = senderTime(packet);
        await this.#handOut(input, packet, sender);
        this.#decoder.send(packet);
        packet.unref();
        await this.#takeFrames(input, sender);
        if (this.#decoder.hardwareFailed) this.#decodeInSoftware(input);
        continue;
      }
      this.#decoder.send(null);
      await this.#takeFrames(input);
      if (!this.#command.loop || this.#index === 0) break;
      await input.rewind();
      this.#decoder.flush();
      this.#clock.restart();
      this.#packetClock?.restart();
    }
    await this.#handOverNewest();
  }

  /** The packet as it is, for recording and viewers. */
  async #handOut(input: Input, packet: Packet, sender: number | undefined): Promise<void> {
    if (!this.#outputs || !this.#packetClock) return;
    const dts = input.toMs(packet.dts === AV_NOPTS_VALUE ? packet.pts : packet.dts);
    await this.#outputs.packet(packet, this.#packetClock.next(dts, Date.now(), sender));
  }

  async #takeFrames(input: Input, sender?: number): Promise<void> {
    for (;;) {
      const frame = this.#closed ? undefined : this.#decoder.receive();
      if (!frame) return;
      const arrival = Date.now();
      const times = this.#clock.next(input.toMs(frame.bestEffortTimestamp), arrival, sender);
      const decoded = { index: this.#index++, frame, ...times };
      this.#noteChange(frame);
      await this.#pace(decoded);
      await this.#outputs?.frame(frame, times);
      this.#reportLook(frame, times.time);
      if (this.#closed || !this.#selector.wants(decoded.mediaTime)) frame.free();
      else if (this.#command.delivery === 'every') await this.#deliverInTurn(decoded);
      else this.#deliverIfAsked(decoded);
      // Commands come in and pictures go out between two frames.
      await setImmediate();
    }
  }

  /** For the health of a camera, whether or not anybody takes its frames. */
  #reportLook(frame: Frame, time: number): void {
    const isSoon = time < this.#nextLook && time >= this.#nextLook - lookEveryMs;
    if (!this.#command.camera || isSoon || this.#reporter.backlog > mostBacklog) return;
    this.#nextLook = time + lookEveryMs;
    const { header, data } = this.#scaler.look(frame);
    this.#reporter.report({ type: 'look', time, picture: header }, [data]);
  }

  /** A file that plays as a camera shows each picture when its time has come. */
  async #pace({ mediaTime }: FrameTimes): Promise<void> {
    if (this.#command.pace !== 'real-time') return;
    const wait = this.#startedAt + mediaTime - performance.now();
    if (wait > longestGapMs) this.#startedAt -= wait - longestGapMs;
    if (wait > 1)
      await setTimeout(Math.min(wait, longestGapMs), undefined, { signal: this.#closing.signal }).catch(
        () => undefined,
      );
  }

  async #deliverInTurn(decoded: DecodedFrame): Promise<void> {
    await this.#waitForCredit();
    if (this.#closed) decoded.frame.free();
    else this.#deliver(decoded);
  }

  #deliverIfAsked(decoded: DecodedFrame): void {
    if (this.#credit > 0) {
      this.#deliver(decoded);
      return;
    }
    if (this.#newest) {
      this.#newest.frame.free();
      this.#droppedLate++;
    }
    this.#newest = decoded;
  }

  async #handOverNewest(): Promise<void> {
    // A camera's consumer may never ask; the end of the stream must not wait for it.
    if (this.#newest && !this.#command.camera) await this.#waitForCredit();
  }

  async #waitForCredit(): Promise<void> {
    while (this.#credit === 0 && !this.#closed)
      await new Promise<void>((resolve) => {
        this.#creditCame = resolve;
      });
  }

  #deliver({ index, frame, time, mediaTime }: DecodedFrame): void {
    this.#credit--;
    this.#delivered++;
    const look = this.#command.look === false ? [] : [this.#scaler.look(frame)];
    const pictures = [...look, ...this.#views.map((spec) => this.#scaler.view(frame, spec))];
    const { width, height } = frame;
    this.#reporter.report(
      { type: 'frame', index, time, mediaTime, width, height, pictures: headers(pictures), stats: this.stats() },
      pictures.map(({ data }) => data),
      () => this.#release(pictures),
    );
    this.#hold(index, frame);
  }

  #hold(index: number, frame: Frame): void {
    this.#held.set(index, frame);
    // Three bytes for two pixels, as nearly all video is coded.
    const fits = Math.floor(mostHeldBytes / (frame.width * frame.height * 1.5));
    const keep = Math.min(this.#command.keep, Math.max(this.#command.keep - mostLeftOut, fits));
    for (const [old, held] of this.#held) {
      if (this.#held.size <= keep) break;
      held.free();
      this.#held.delete(old);
    }
  }

  #noteChange(frame: Frame): void {
    if (frame.width === this.#info.width && frame.height === this.#info.height) return;
    checkSize(frame.width, frame.height, this.#command.input);
    if (this.#outputs) throw this.#changed(`its picture changed to ${frame.width} x ${frame.height}`);
    this.#info = { ...this.#info, width: frame.width, height: frame.height };
    this.#reporter.report({ type: 'changed', info: this.#info });
  }

  credit(frames: number): void {
    this.#credit += frames;
    if (this.#newest && this.#credit > 0) {
      const newest = this.#newest;
      this.#newest = undefined;
      this.#deliver(newest);
    }
    this.#creditCame?.();
  }

  change({ every, views, decodeOnly }: Change): void {
    if (every !== undefined) this.#selector.rule = every;
    if (views) this.#views = views;
    if (!decodeOnly) return;
    this.#decodeOnly = decodeOnly;
    this.#decoder.decodeOnly = this.#decodes;
  }

  views(id: number, index: number, specs: readonly ViewSpec[]): void {
    const frame = this.#frame(index);
    const pictures = specs.map((spec) => this.#scaler.view(frame, spec));
    this.#reporter.report(
      { type: 'views', id, pictures: headers(pictures) },
      pictures.map(({ data }) => data),
      () => this.#release(pictures),
    );
  }

  #release(pictures: readonly ScaledPicture[]): void {
    for (const picture of pictures) this.#scaler.release(picture);
  }

  jpeg(id: number, index: number, options: { region?: MediaRect; maxWidth?: number; quality?: number }): void {
    this.#reporter.report({ type: 'jpeg', id }, [encodeJpeg(this.#frame(index), this.#scaler, options)]);
  }

  #frame(index: number): Frame {
    const frame = this.#held.get(index);
    if (!frame) throw new MediaFailure('MEDIA_FRAME_GONE', { index });
    return frame;
  }

  stats(): StreamStats {
    const { decoded, skipped, corrupt } = this.#decoder;
    return { decoded, delivered: this.#delivered, droppedLate: this.#droppedLate, skipped, corrupt };
  }

  /** What concerns a camera beside its frames. */
  command(command: CameraCommand): void {
    // It may come while the input is still being opened.
    if (!this.#outputs) this.#early.push(command);
    else if (command.do === 'record') this.#outputs.record(command.settings);
    else if (command.do === 'keep') this.#outputs.keepUntil(command.until);
    else this.#outputs.watch(command.on);
  }

  /** Stops, with what was recorded on disk. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.abort();
    this.#creditCame?.();
    this.#input?.interrupt();
    await this.#running;
  }
}

const infoOf = (input: Input, { name, missing }: VideoDecoder): StreamInfo => ({
  ...input.info(name),
  ...(missing && { hardwareMissing: missing }),
});

const headers = (pictures: readonly ScaledPicture[]) => pictures.map(({ header }) => header);

/**
 * The capture time that the sender itself gives (RTCP sender reports of RTSP), in milliseconds since 1970. It travels as
 * side data: microseconds since 1970 in the machine's own order of bytes.
 */
function senderTime(packet: Packet): number | undefined {
  const data = packet.getSideData(AV_PKT_DATA_PRFT);
  return data && data.length >= 8 ? Number(data.readBigInt64LE(0)) / 1000 : undefined;
}
