import { rename, rm } from 'node:fs/promises';
import { AV_CODEC_ID_H264, AV_NOPTS_VALUE, AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { avGetPixFmtName, type CodecParameters, type Frame, Packet } from 'node-av/lib';
import type { BlurSpan, ClipCommand, ClipPart, ClipResult } from '../wire/commands.ts';
import { blurBoxes } from './blur.ts';
import { MediaFailure } from './failure.ts';
import { FrameClock } from './frame-clock.ts';
import { H264Encoder } from './h264-encoder.ts';
import { Input } from './input.ts';
import { Mp4Output, ticks as ticks90, ticksPerMs } from './mp4-output.ts';
import { Scaler } from './scaler.ts';
import { VideoDecoder } from './video-decoder.ts';

/** The index comes before the pictures, so that a browser plays what it has of a file. */
const fastStart = '+faststart';
const playable = new Set(['yuv420p', 'yuvj420p']);

/** Writes one MP4 out of stretches of video, whole or not at all: it gets its name when it is complete. */
export async function makeClip(command: ClipCommand): Promise<ClipResult> {
  const unfinished = `${command.out}.part`;
  try {
    const copied = !command.exact && command.blur.length === 0 && (await canCopy(command));
    const result = copied ? await copyClip(command, unfinished) : await encodeClip(command, unfinished);
    await rename(unfinished, command.out);
    return { ...result, copied };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

type Written = Omit<ClipResult, 'copied'>;

/** What one track can hold: H.264 of one kind, as browsers play it, in every part. */
async function canCopy(command: ClipCommand): Promise<boolean> {
  let first: string | undefined;
  for (const part of command.parts) {
    if (isOutside(part, command)) continue;
    const input = await Input.open(part.input);
    const kind = kindOf(input.stream.codecpar);
    await input.close();
    first ??= kind;
    if (kind === undefined || first !== kind) return false;
  }
  return true;
}

function kindOf(parameters: CodecParameters): string | undefined {
  const { codecId, width, height, format, extradata } = parameters;
  if (codecId !== AV_CODEC_ID_H264 || !playable.has(avGetPixFmtName(format as never) ?? '')) return undefined;
  return `${width}x${height} ${extradata?.toString('base64')}`;
}

/** Goes to the last key frame at or before `mediaMs`; a container that cannot is read from its beginning. */
async function seek(input: Input, mediaMs: number): Promise<void> {
  if (mediaMs <= 0) return;
  const { num, den } = input.stream.timeBase;
  const start = input.startMs ?? 0;
  const timestamp = BigInt(Math.floor(((mediaMs + start) * den) / (num * 1000)));
  await input.format.seekFrame(input.stream.index, timestamp, AVSEEK_FLAG_BACKWARD);
}

const isOutside = (part: ClipPart, { from, to }: ClipCommand): boolean =>
  part.startTime > to || (part.endTime !== undefined && part.endTime <= from);

const emptyClip = (command: ClipCommand): MediaFailure =>
  new MediaFailure('MEDIA_CLIP_EMPTY', {
    source: command.shown,
    from: shownTime(command.from),
    to: shownTime(command.to),
  });

function shownTime(time: number): string {
  if (!Number.isSafeInteger(Math.round(time)) || Math.abs(time) === Number.MAX_SAFE_INTEGER)
    return time > 0 ? 'the end' : 'the beginning';
  return time > 1e11 ? new Date(time).toISOString() : `${(time / 1000).toFixed(3)} s`;
}

async function copyClip(command: ClipCommand, path: string): Promise<Written> {
  const packet = new Packet();
  packet.alloc();
  let output: Mp4Output | undefined;
  let start: number | undefined;
  let end = Number.NEGATIVE_INFINITY;
  let frames = 0;
  for (const part of command.parts) {
    if (isOutside(part, command)) continue;
    const input = await Input.open(part.input);
    await seek(input, command.from - part.startTime);
    const origin = input.startMs ?? 0;
    const { timeBase, codecpar } = input.stream;
    output ??= await Mp4Output.open({ path, flags: fastStart }, codecpar);
    let begun = start !== undefined;
    while (await input.read(packet)) {
      const pts = input.toMs(packet.pts === AV_NOPTS_VALUE ? packet.dts : packet.pts);
      const time = part.startTime + (pts ?? origin) - origin;
      // Frames out of order may still come after the first one past the end; a key frame past it ends all.
      const past = time > command.to;
      begun ||= packet.isKeyframe;
      if (!begun || past) {
        const over = past && packet.isKeyframe;
        packet.unref();
        if (over) break;
        continue;
      }
      start ??= time;
      const shift = ticksOf(part.startTime - start - origin);
      packet.rescaleTs(timeBase, ticks90);
      packet.pts = packet.pts === AV_NOPTS_VALUE ? packet.dts + shift : packet.pts + shift;
      packet.dts = packet.dts === AV_NOPTS_VALUE ? packet.pts : packet.dts + shift;
      end = Math.max(end, time + Number(packet.duration) / ticksPerMs);
      frames++;
      await output.write(packet, ticks90);
      packet.unref();
    }
    await input.close();
  }
  await output?.close();
  if (start === undefined) throw emptyClip(command);
  return { from: start, to: end, frames };
}

async function encodeClip(command: ClipCommand, path: string): Promise<Written> {
  const writer = new EncodedClip(command, path);
  for (const part of command.parts) if (!isOutside(part, command)) await writer.add(part);
  return writer.finish();
}

/** Decodes, covers what is to be covered, and encodes; keeps the size of the first part. */
class EncodedClip {
  readonly #command: ClipCommand;
  readonly #path: string;
  readonly #scaler = new Scaler();
  readonly #packet = new Packet();
  #encoder: H264Encoder | undefined;
  #output: Mp4Output | undefined;
  #start: number | undefined;
  #last = 0;
  #stepMs = 40;
  #frames = 0;

  constructor(command: ClipCommand, path: string) {
    this.#command = command;
    this.#path = path;
    this.#packet.alloc();
  }

  async add(part: ClipPart): Promise<void> {
    const input = await Input.open(part.input);
    const { shown: source, threads, hardware } = part.input;
    const decoder = new VideoDecoder(input, { source, threads, hardware, decodeOnly: 'all' });
    const { frameRate } = input.info('software');
    const clock = new FrameClock({ live: false, startTime: part.startTime, frameRate, originMs: input.startMs });
    if (frameRate > 0) this.#stepMs = 1000 / frameRate;
    await seek(input, this.#command.from - part.startTime);
    const packet = new Packet();
    packet.alloc();
    for (let going = true; going; ) {
      going = await input.read(packet);
      decoder.send(going ? packet : null);
      packet.unref();
      for (let frame = decoder.receive(); frame; frame = decoder.receive()) {
        const { time } = clock.next(input.toMs(frame.bestEffortTimestamp), 0);
        if (time >= this.#command.from && time <= this.#command.to) await this.#encode(frame, time, frameRate);
        else if (time > this.#command.to) going = false;
        frame.free();
      }
    }
    decoder.close();
    await input.close();
  }

  async #encode(frame: Frame, time: number, frameRate: number): Promise<void> {
    this.#start ??= time;
    const { width, height } = frame;
    this.#encoder ??= new H264Encoder(this.#scaler, { width, height, frameRate, purpose: 'file', threads: 2 });
    this.#output ??= await Mp4Output.open({ path: this.#path, flags: fastStart }, this.#encoder.context);
    // Two pictures cannot be shown at the same time: parts that overlap, or a clock that stood still.
    const at = this.#frames === 0 ? 0 : Math.max(this.#last + 1, time - this.#start);
    const boxes = boxesAt(this.#command.blur, time);
    this.#encoder.encode(frame, at, (picture) => {
      if (boxes.length > 0) blurBoxes(picture, boxes, picture.width / width, picture.height / height);
    });
    this.#last = at;
    this.#frames++;
    await this.#drain();
  }

  async #drain(): Promise<void> {
    while (this.#encoder!.receive(this.#packet)) {
      if (this.#packet.duration <= 0n) this.#packet.duration = ticksOf(this.#stepMs);
      await this.#output!.write(this.#packet, this.#encoder!.base);
      this.#packet.unref();
    }
  }

  async finish(): Promise<Written> {
    if (this.#start === undefined || !this.#encoder || !this.#output) throw emptyClip(this.#command);
    this.#encoder.finish();
    await this.#drain();
    this.#encoder.close();
    await this.#output.close();
    this.#scaler.close();
    return { from: this.#start, to: this.#start + this.#last + this.#stepMs, frames: this.#frames };
  }
}

/** The boxes that hold at `time`: those of the last entry at or before it. */
function boxesAt(spans: readonly BlurSpan[], time: number): BlurSpan['boxes'] {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1]?.boxes ?? [];
}

const ticksOf = (ms: number): bigint => BigInt(Math.round(ms * ticksPerMs));
