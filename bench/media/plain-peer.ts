/** The peer of the media benchmark: node-av alone, decoding and scaling in one process that hands nothing over. */
import { AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGB24, AVMEDIA_TYPE_VIDEO, SWS_AREA } from 'node-av/constants';
import { Codec, CodecContext, FormatContext, Frame, Packet, SoftwareScaleContext } from 'node-av/lib';

const [file, width, height] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];
const format = new FormatContext();
await format.openInput(file);
await format.findStreamInfo();
const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO)!;
const codec = Codec.findDecoder(stream.codecpar.codecId)!;
const context = new CodecContext();
context.allocContext3(codec);
context.parametersToContext(stream.codecpar);
context.threadCount = 2;
context.open2Sync(codec, null);
const packet = new Packet();
packet.alloc();
const frame = new Frame();
frame.alloc();
const scalers = new Map<string, SoftwareScaleContext>();
let frames = 0;

function scale(toWidth: number, toHeight: number, format: typeof AV_PIX_FMT_RGB24, bytes: number): void {
  const key = `${toWidth}x${toHeight}`;
  const known = scalers.get(key);
  const scaler = known ?? new SoftwareScaleContext();
  if (!known) {
    scaler.getContext(frame.width, frame.height, frame.format as never, toWidth, toHeight, format, SWS_AREA);
    scalers.set(key, scaler);
  }
  const into = Buffer.allocUnsafeSlow(toWidth * toHeight * bytes + 64);
  scaler.scaleSync(frame.data!, frame.linesize, 0, frame.height, [into], [toWidth * bytes]);
}

const cpuBefore = process.cpuUsage();
const began = performance.now();
for (let going = true; going; ) {
  going = format.readFrameSync(packet) >= 0;
  if (going && packet.streamIndex !== stream.index) continue;
  context.sendPacketSync(going ? packet : null);
  packet.unref();
  while (context.receiveFrameSync(frame) >= 0) {
    frames++;
    scale(96, Math.round((frame.height * 96) / frame.width), AV_PIX_FMT_GRAY8, 1);
    if (width > 0) scale(width, height, AV_PIX_FMT_RGB24, 3);
    frame.unref();
  }
}
const seconds = (performance.now() - began) / 1000;
const cpu = process.cpuUsage(cpuBefore);
process.stdout.write(JSON.stringify({ frames, seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6 }));
process.exit(0);
