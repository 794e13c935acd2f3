/** Child process of render-video.ts: encodes the scene of the tests into a file. */
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_RGB8,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  AV_SAMPLE_FMT_FLTP,
  AVFMT_GLOBALHEADER,
  type AVPixelFormat,
} from 'node-av/constants';
import {
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  Rational,
  SoftwareScaleContext,
  type Stream,
} from 'node-av/lib';
import type { RenderOptions } from './render-video.ts';
import { drawScene } from './scene.ts';

const options = JSON.parse(process.argv[2]!) as RenderOptions;
const { width = 320, height = 240, frames = 50, frameRate = 25, encoder = 'libx264' } = options;
const check = (code: number, what: string) => FFmpegError.throwIfError(code, what);
const millisecond = new Rational(1, 1000);

const pixelFormats: Record<string, AVPixelFormat> = { mjpeg: AV_PIX_FMT_YUVJ420P, gif: AV_PIX_FMT_RGB8 };

function openVideoEncoder(globalHeader: boolean): CodecContext {
  const codec = Codec.findEncoderByName(encoder as never);
  if (!codec) throw new Error(`no encoder ${encoder}`);
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = width;
  context.height = height;
  context.pixelFormat = pixelFormats[encoder] ?? AV_PIX_FMT_YUV420P;
  context.timeBase = options.times ? millisecond : new Rational(1, frameRate);
  context.framerate = new Rational(frameRate, 1);
  context.gopSize = options.keyEvery ?? 25;
  context.maxBFrames = options.bFrames ?? 0;
  context.bitRate = 2_000_000n;
  if (globalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  const quick: Record<string, Record<string, string>> = {
    libx264: { preset: 'ultrafast', 'x264-params': `scenecut=0:bframes=${options.bFrames ?? 0}` },
    libx265: { preset: 'ultrafast', 'x265-params': 'log-level=none' },
  };
  for (const [name, value] of Object.entries(quick[encoder] ?? {})) check(context.setOption(name, value), name);
  // Not with a dictionary: open2Sync of node-av 6.1 frees it, and the collector frees it again.
  check(context.open2Sync(codec, null), `opening ${encoder}`);
  return context;
}

function openAudioEncoder(globalHeader: boolean): CodecContext {
  const codec = Codec.findEncoderByName('aac' as never)!;
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = 48_000;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  context.timeBase = new Rational(1, 48_000);
  if (globalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  check(context.open2Sync(codec, null), 'opening aac');
  return context;
}

const output = new FormatContext();
check(output.allocOutputContext2(null, options.container ?? null, options.path) as number, 'output');
const globalHeader = (Number(output.oformat!.flags) & Number(AVFMT_GLOBALHEADER)) !== 0;
const packet = new Packet();
packet.alloc();

function drain(context: CodecContext, stream: Stream): void {
  while (context.receivePacketSync(packet) >= 0) {
    packet.streamIndex = stream.index;
    packet.rescaleTs(context.timeBase, stream.timeBase);
    check(output.interleavedWriteFrameSync(packet), 'writing');
  }
}

function addStream(context: CodecContext): Stream {
  const stream = output.newStream(null);
  stream.timeBase = context.timeBase;
  check(stream.codecpar.fromContext(context), 'parameters');
  return stream;
}

const video = options.audio === 'only' ? undefined : openVideoEncoder(globalHeader);
const audio = (options.audio ?? 'none') === 'none' ? undefined : openAudioEncoder(globalHeader);
const videoStream = video && addStream(video);
if (videoStream) videoStream.avgFrameRate = new Rational(frameRate, 1);
const audioStream = audio && addStream(audio);
check(await output.openOutput(), 'opening the file');
check(await output.writeHeader(null), 'header');

function encodeVideo(context: CodecContext, stream: Stream, number: number, scaler: SoftwareScaleContext): void {
  const grey = options.black ? new Uint8Array(width * height) : drawScene({ width, height }, number);
  const frame = new Frame();
  frame.alloc();
  frame.format = context.pixelFormat;
  frame.width = width;
  frame.height = height;
  check(frame.getBuffer(), 'frame');
  scaler.scaleSync([Buffer.from(grey.buffer)], [width], 0, height, frame.data!, frame.linesize);
  frame.pts = BigInt(options.times ? Math.round(options.times[number]!) : number);
  check(context.sendFrameSync(frame), 'encoding');
  frame.free();
  drain(context, stream);
}

if (video && videoStream) {
  const scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, AV_PIX_FMT_GRAY8, width, height, video.pixelFormat);
  const count = options.times?.length ?? frames;
  for (let number = 0; number < count; number++) encodeVideo(video, videoStream, number, scaler);
  video.sendFrameSync(null);
  drain(video, videoStream);
}

if (audio && audioStream) {
  const seconds = frames / frameRate;
  for (let at = 0; at < seconds * 48_000; at += audio.frameSize) {
    const samples = new Float32Array(audio.frameSize).map((_, index) => Math.sin((at + index) / 17) / 4);
    const frame = Frame.fromAudioBuffer(Buffer.from(samples.buffer), {
      nbSamples: audio.frameSize,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: 48_000,
      channelLayout: AV_CHANNEL_LAYOUT_MONO,
      pts: BigInt(at),
      timeBase: audio.timeBase,
    });
    check(audio.sendFrameSync(frame), 'encoding sound');
    frame.free();
    drain(audio, audioStream);
  }
  audio.sendFrameSync(null);
  drain(audio, audioStream);
}
check(await output.writeTrailer(), 'trailer');
await output.closeOutput();
process.exit(0);
