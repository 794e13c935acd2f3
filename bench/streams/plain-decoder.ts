/** A part of the peer of `streams`: one stream, every frame decoded and scaled to RGB, written out. Arguments: address, width, height. */
import { AV_LOG_FATAL, AV_PIX_FMT_RGB24, AVMEDIA_TYPE_VIDEO, SWS_BILINEAR } from 'node-av/constants';
import { Codec, CodecContext, Dictionary, FormatContext, Frame, Log, Packet, SoftwareScaleContext } from 'node-av/lib';

const [url, width, height] = [process.argv[2]!, Number(process.argv[3]), Number(process.argv[4])];
Log.setLevel(AV_LOG_FATAL);
const format = new FormatContext();
format.allocContext();
await format.openInput(url, null, Dictionary.fromObject({ rtsp_transport: 'tcp' }));
await format.findStreamInfo(null);
const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO)!;
const codec = Codec.findDecoder(stream.codecpar.codecId)!;
const context = new CodecContext();
context.allocContext3(codec);
context.parametersToContext(stream.codecpar);
context.threadCount = 1;
context.open2Sync(codec, null);
const packet = new Packet();
packet.alloc();
const frame = new Frame();
frame.alloc();
const scaler = new SoftwareScaleContext();
let ready = false;
while ((await format.readFrame(packet)) >= 0) {
  if (packet.streamIndex === stream.index) context.sendPacketSync(packet);
  packet.unref();
  while (context.receiveFrameSync(frame) >= 0) {
    if (!ready)
      scaler.getContext(
        frame.width,
        frame.height,
        frame.format as never,
        width,
        height,
        AV_PIX_FMT_RGB24,
        SWS_BILINEAR,
      );
    ready = true;
    const into = Buffer.allocUnsafeSlow(width * height * 3 + 64);
    scaler.scaleSync(frame.data!, frame.linesize, 0, frame.height, [into], [width * 3]);
    if (!process.stdout.write(into.subarray(0, width * height * 3)))
      await new Promise((resolve) => process.stdout.once('drain', resolve));
    frame.unref();
  }
}
