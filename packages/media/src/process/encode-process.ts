/**
 * Encodes pictures that come uncompressed on standard input (rgb24, rows packed, one after the other) into an MP4 file. A
 * process of its own, as all use of FFmpeg. Says `{ frames }` or `{ failure }` on standard output, and ends.
 */
import { rename, rm } from 'node:fs/promises';
import { AV_LOG_ERROR, AV_PIX_FMT_RGB24 } from 'node-av/constants';
import { Frame, Log, Packet, Rational } from 'node-av/lib';
import type { EncodeCommand } from '../wire/commands.ts';
import { failureOf } from './failure.ts';
import { H264Encoder } from './h264-encoder.ts';
import { Mp4Output, ticksPerMs } from './mp4-output.ts';
import { Scaler } from './scaler.ts';

const command = JSON.parse(process.argv[2]!) as EncodeCommand;
Log.setLevel(AV_LOG_ERROR);

/** Whole pictures out of pieces of any length. */
async function* pictures(bytes: number): AsyncIterable<Buffer> {
  const picture = Buffer.allocUnsafe(bytes);
  let filled = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>)
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(bytes - filled, chunk.length - at);
      chunk.copy(picture, filled, at, at + taken);
      filled += taken;
      at += taken;
      if (filled < bytes) continue;
      yield picture;
      filled = 0;
    }
}

async function encode({ width, height, frameRate, threads }: EncodeCommand, path: string): Promise<number> {
  const scaler = new Scaler();
  const encoder = new H264Encoder(scaler, { width, height, frameRate, purpose: 'file', threads });
  const output = await Mp4Output.open({ path, flags: 'faststart' }, encoder.context);
  const packet = new Packet();
  packet.alloc();
  const stepMs = 1000 / frameRate;
  const drain = async () => {
    while (encoder.receive(packet)) {
      if (packet.duration <= 0n) packet.duration = BigInt(Math.round(stepMs * ticksPerMs));
      await output.write(packet, encoder.base);
      packet.unref();
    }
  };
  const timeBase = new Rational(1, Math.round(frameRate * 1000));
  let frames = 0;
  for await (const picture of pictures(width * height * 3)) {
    const frame = Frame.fromVideoBuffer(picture, { width, height, format: AV_PIX_FMT_RGB24, timeBase });
    encoder.encode(frame, frames * stepMs);
    frame.free();
    frames += 1;
    await drain();
  }
  encoder.finish();
  await drain();
  encoder.close();
  await output.close();
  scaler.close();
  return frames;
}

const part = `${command.out}.part`;
try {
  const frames = await encode(command, part);
  await rename(part, command.out);
  process.stdout.write(JSON.stringify({ frames }));
} catch (error) {
  await rm(part, { force: true });
  process.stdout.write(JSON.stringify({ failure: failureOf(error, command.out) }));
}
