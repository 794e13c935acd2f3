/** Child process of access-units.ts: encodes any video as H.264, one length-prefixed picture after the other. */
import { writeFileSync } from 'node:fs';
import { type Frame, Packet } from 'node-av/lib';
import { FrameClock } from '../process/frame-clock.ts';
import { H264Encoder } from '../process/h264-encoder.ts';
import { Input } from '../process/input.ts';
import { Scaler } from '../process/scaler.ts';
import { VideoDecoder } from '../process/video-decoder.ts';
import type { AccessUnitOptions } from './access-units.ts';

const options = JSON.parse(process.argv[2]!) as AccessUnitOptions & {
  input: Parameters<typeof Input.open>[0];
};
const input = await Input.open(options.input);
const decoder = new VideoDecoder(input, { source: 'input', threads: 2, hardware: 'off', decodeOnly: 'all' });
const scaler = new Scaler();
const sourceRate = options.keepSpeed ? input.info('software').frameRate : options.frameRate;
const clock = new FrameClock({ live: false, startTime: 0, frameRate: sourceRate, originMs: input.startMs });
// One thread, one slice: GStreamer puts parameter sets before every slice of a key frame, which tears a picture of two apart.
const encoder = new H264Encoder(scaler, { purpose: 'live', ...options, threads: 1 });
const stepMs = 1000 / options.frameRate;
const packet = new Packet();
packet.alloc();
const encoded = new Packet();
encoded.alloc();
const written: Buffer[] = [];

/** Normally distributed (Box and Muller, 1958), drawn once; each row of each picture begins elsewhere in it. */
const noiseTable = Int8Array.from({ length: 1 << 16 }, () =>
  Math.round(
    (options.noise ?? 0) * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random()),
  ),
);
function addNoise(picture: Frame): void {
  const luma = picture.data![0]!;
  const stride = picture.linesize[0]!;
  for (let y = 0; y < picture.height; y++) {
    const from = Math.floor(Math.random() * noiseTable.length);
    for (let x = 0; x < picture.width; x++) {
      const at = y * stride + x;
      luma[at] = Math.max(0, Math.min(255, luma[at]! + noiseTable[(from + x) % noiseTable.length]!));
    }
  }
}

function drain(): void {
  while (encoder.receive(encoded)) {
    // Parameter sets go before each key frame, so that a viewer may come at any time.
    const parts = encoded.isKeyframe ? [encoder.context.extraData!, encoded.data!] : [encoded.data!];
    const unit = Buffer.concat(parts);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(unit.length);
    written.push(length, unit);
    encoded.unref();
  }
}

let count = 0;
const most = options.maxFrames ?? Number.POSITIVE_INFINITY;
function write(frame: Frame): void {
  if (count >= most) return;
  encoder.encode(frame, count * stepMs, options.noise ? addNoise : undefined);
  count++;
  drain();
}

/** The picture on show, until the next one's time has come. */
let shown: Frame | undefined;
function take(frame: Frame): void {
  if (!options.keepSpeed) {
    write(frame);
    frame.free();
    return;
  }
  const { mediaTime } = clock.next(input.toMs(frame.bestEffortTimestamp), 0);
  if (shown) while (count < most && count * stepMs < mediaTime) write(shown);
  shown?.free();
  shown = frame;
}

for (let going = true; going && count < most; ) {
  going = await input.read(packet);
  decoder.send(going ? packet : null);
  packet.unref();
  for (let frame = decoder.receive(); frame; frame = decoder.receive()) take(frame);
}
if (shown) write(shown);
encoder.finish();
drain();
writeFileSync(options.out, Buffer.concat(written));
process.exit(0);
