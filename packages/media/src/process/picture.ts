import { rename, writeFile } from 'node:fs/promises';
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { type Frame, Packet } from 'node-av/lib';
import type { PictureCommand } from '../wire/commands.ts';
import { MediaFailure } from './failure.ts';
import { FrameClock } from './frame-clock.ts';
import { Input } from './input.ts';
import { encodeJpeg } from './jpeg.ts';
import { Scaler } from './scaler.ts';
import { VideoDecoder } from './video-decoder.ts';

/** The frame that is on show at `at`, as JPEG; returns its media time. */
export async function makePicture(command: PictureCommand): Promise<number> {
  const { input: address, at, out } = command;
  const input = await Input.open(address);
  const { shown: source, threads, hardware } = address;
  const decoder = new VideoDecoder(input, { source, threads, hardware, decodeOnly: 'all' });
  const clock = new FrameClock({
    live: false,
    startTime: 0,
    frameRate: input.info('software').frameRate,
    originMs: input.startMs,
  });
  if (at > 0) {
    const { num, den } = input.stream.timeBase;
    const timestamp = BigInt(Math.floor(((at + (input.startMs ?? 0)) * den) / (num * 1000)));
    await input.format.seekFrame(input.stream.index, timestamp, AVSEEK_FLAG_BACKWARD);
  }
  const packet = new Packet();
  packet.alloc();
  let shown: Frame | undefined;
  let shownAt = 0;
  for (let going = true; going; ) {
    going = await input.read(packet);
    decoder.send(going ? packet : null);
    packet.unref();
    for (let frame = decoder.receive(); frame; frame = decoder.receive()) {
      const { mediaTime } = clock.next(input.toMs(frame.bestEffortTimestamp), 0);
      if (shown && mediaTime > at + 0.5) {
        going = false;
        frame.free();
        continue;
      }
      shown?.free();
      shown = frame;
      shownAt = mediaTime;
    }
  }
  if (!shown) throw new MediaFailure('MEDIA_NO_FRAMES', { source });
  const scaler = new Scaler();
  await writeFile(`${out}.part`, encodeJpeg(shown, scaler, command));
  await rename(`${out}.part`, out);
  scaler.close();
  shown.free();
  decoder.close();
  await input.close();
  return shownAt;
}
