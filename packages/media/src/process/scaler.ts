import {
  AV_PIX_FMT_GRAY8,
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUV422P,
  AV_PIX_FMT_YUV444P,
  AV_PIX_FMT_YUVJ420P,
  AV_PIX_FMT_YUVJ422P,
  AV_PIX_FMT_YUVJ444P,
  type AVPixelFormat,
  SWS_AREA,
  SWS_BILINEAR,
} from 'node-av/constants';
import { type Frame, SoftwareScaleContext } from 'node-av/lib';
import type { MediaRect, ViewSpec } from '../video.ts';
import type { PictureHeader } from '../wire/commands.ts';

export interface ScaledPicture {
  readonly header: PictureHeader;
  readonly data: Uint8Array;
  /** What `data` lies in, for `release`. */
  readonly memory: Buffer;
}

/** The grey around a letterboxed picture, as detectors of the YOLO family are trained with. */
const surroundGrey = 114;
/** swscale writes whole vectors and may go past the end of the last row. */
const slackBytes = 64;

/** Kept of each size, and of how many sizes: a few pictures are on their way at once. */
const mostSpare = 4;
const mostSizes = 4;

/** Bytes a pixel of each plane, and by how many bits its columns and rows are fewer. */
interface Plane {
  readonly bytes: number;
  readonly shiftX: number;
  readonly shiftY: number;
}
const full: Plane = { bytes: 1, shiftX: 0, shiftY: 0 };
const planar = (shiftX: number, shiftY: number): Plane[] => [
  full,
  { bytes: 1, shiftX, shiftY },
  { bytes: 1, shiftX, shiftY },
];
const layouts = new Map<number, readonly Plane[]>([
  [AV_PIX_FMT_YUV420P, planar(1, 1)],
  [AV_PIX_FMT_YUVJ420P, planar(1, 1)],
  [AV_PIX_FMT_YUV422P, planar(1, 0)],
  [AV_PIX_FMT_YUVJ422P, planar(1, 0)],
  [AV_PIX_FMT_YUV444P, planar(0, 0)],
  [AV_PIX_FMT_YUVJ444P, planar(0, 0)],
  [AV_PIX_FMT_NV12, [full, { bytes: 2, shiftX: 1, shiftY: 1 }]],
  [AV_PIX_FMT_GRAY8, [full]],
  [AV_PIX_FMT_RGB24, [{ bytes: 3, shiftX: 0, shiftY: 0 }]],
]);

/** Pixels as swscale takes them. */
interface Source {
  readonly data: Buffer[];
  readonly stride: number[];
  readonly format: AVPixelFormat;
  readonly width: number;
  readonly height: number;
}

/**
 * What colour pictures are scaled into before they are made RGB. swscale scales planes into planes by vectors and turns them into RGB
 * of the same size by vectors; both in one step it does one pixel at a time, in three times as long (0.67 against 0.21 ms for 768x576
 * to 416x312, EPYC). Columns of colour are halved on the way, rows are not: one or two steps of 256 on average where colours change sharply.
 */
const between = new Map<AVPixelFormat, AVPixelFormat>([
  [AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUV422P],
  [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P],
  [AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUV422P],
  [AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ422P],
  [AV_PIX_FMT_NV12, AV_PIX_FMT_YUV422P],
]);

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Cuts and scales frames; keeps the tables of each kind of work for the next frame. */
export class Scaler {
  readonly #contexts = new Map<string, SoftwareScaleContext>();
  readonly #spare = new Map<number, Buffer[]>();
  readonly #scratches = new Map<string, Buffer[]>();

  /** The small grey copy for motion and tampering: 96 wide. */
  look(frame: Frame): ScaledPicture {
    const height = Math.max(1, Math.round((frame.height * 96) / frame.width));
    return this.view(frame, { width: 96, height, format: 'gray8', fit: 'stretch' });
  }

  view(frame: Frame, spec: ViewSpec): ScaledPicture {
    const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
    const { source, region } = this.#cut(frame, spec.region ? clip(spec.region, whole) : whole);
    const size = innerSize(spec, region);
    const bytes = spec.format === 'rgb24' ? 3 : 1;
    const length = spec.width * spec.height * bytes;
    const data = this.#memory(length + slackBytes);
    const target = spec.format === 'rgb24' ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_GRAY8;
    this.#scale(source, target, size, data, spec.width * bytes);
    fillSurround(data, spec, size, bytes);
    return {
      header: {
        width: spec.width,
        height: spec.height,
        format: spec.format,
        scaleX: size.width / region.width,
        scaleY: size.height / region.height,
        offsetX: region.x,
        offsetY: region.y,
      },
      data: data.subarray(0, length),
      memory: data,
    };
  }

  /** Taken from what was released, so that a picture for every frame is no work for the garbage collector and the kernel. */
  #memory(bytes: number): Buffer {
    return this.#spare.get(bytes)?.pop() ?? Buffer.allocUnsafeSlow(bytes);
  }

  /** The picture is not needed any more: its memory is used again. */
  release({ memory }: ScaledPicture): void {
    const spare = this.#spare.get(memory.length) ?? [];
    if (this.#spare.size >= mostSizes) this.#spare.clear();
    if (spare.length < mostSpare) this.#spare.set(memory.length, [...spare, memory]);
  }

  /** Any format at any size into planes of the caller; for the encoder of pictures. */
  into(frame: Frame, rect: MediaRect | undefined, target: Frame): void {
    const whole = { x: 0, y: 0, width: frame.width, height: frame.height };
    const { source } = this.#cut(frame, rect ? clip(rect, whole) : whole);
    const size = { width: target.width, height: target.height };
    this.#context(source, target.format as AVPixelFormat, size).scaleSync(
      source.data,
      source.stride,
      0,
      source.height,
      target.data!,
      target.linesize,
    );
  }

  #cut(frame: Frame, region: MediaRect): { source: Source; region: MediaRect } {
    const source: Source = {
      data: frame.data!,
      stride: frame.linesize,
      format: frame.format as AVPixelFormat,
      width: frame.width,
      height: frame.height,
    };
    if (region.width === frame.width && region.height === frame.height) return { source, region };
    const layout = layouts.get(source.format);
    if (!layout) return this.#cutConverted(source, region);
    // Colour is stored for two by two pixels in most video: a region starts at an even place.
    const x = region.x & ~1;
    const y = region.y & ~1;
    const placed = { x, y, width: region.x + region.width - x, height: region.y + region.height - y };
    const data = layout.map((plane, index) =>
      source.data[index]!.subarray((y >> plane.shiftY) * source.stride[index]! + (x >> plane.shiftX) * plane.bytes),
    );
    return { source: { ...source, data, width: placed.width, height: placed.height }, region: placed };
  }

  /** A rare pixel format is made RGB first, whole. */
  #cutConverted(source: Source, region: MediaRect): { source: Source; region: MediaRect } {
    const stride = source.width * 3;
    const data = Buffer.allocUnsafeSlow(stride * source.height + slackBytes);
    this.#scale(source, AV_PIX_FMT_RGB24, source, data, stride);
    const at = data.subarray(region.y * stride + region.x * 3);
    const cut = { data: [at], stride: [stride], format: AV_PIX_FMT_RGB24, width: region.width, height: region.height };
    return { source: cut, region };
  }

  #scale(source: Source, format: AVPixelFormat, size: Size, data: Buffer, stride: number): void {
    const planes = format === AV_PIX_FMT_RGB24 ? this.#planes(source, size) : source;
    this.#context(planes, format, size).scaleSync(planes.data, planes.stride, 0, planes.height, [data], [stride]);
  }

  /** The source at the size it is wanted in, where it is worth it to go there first. */
  #planes(source: Source, { width, height }: Size): Source {
    const format = between.get(source.format);
    // Two columns share a colour: an odd last one would have none.
    if (format === undefined || width % 2 === 1 || (source.width === width && source.height === height)) return source;
    const stride = [width, width / 2, width / 2];
    const data = this.#scratch(width, height);
    this.#context(source, format, { width, height }).scaleSync(
      source.data,
      source.stride,
      0,
      source.height,
      data,
      stride,
    );
    return { data, stride, format, width, height };
  }

  /** Planes of the size, used again for the next picture: nobody keeps them. */
  #scratch(width: number, height: number): Buffer[] {
    const known = this.#scratches.get(`${width}x${height}`);
    if (known) return known;
    if (this.#scratches.size >= mostSizes) this.#scratches.clear();
    const bytes = [width * height, (width / 2) * height, (width / 2) * height];
    const planes = bytes.map((length) => Buffer.allocUnsafeSlow(length + slackBytes));
    this.#scratches.set(`${width}x${height}`, planes);
    return planes;
  }

  #context(source: Source, format: AVPixelFormat, size: Size): SoftwareScaleContext {
    const key = `${source.width}x${source.height}:${source.format}>${size.width}x${size.height}:${format}`;
    const known = this.#contexts.get(key);
    if (known) return known;
    // A stream of ever new regions must not gather tables without end.
    if (this.#contexts.size >= 64) this.close();
    const context = new SoftwareScaleContext();
    // Area averaging keeps small things when shrinking, and is faster than bilinear there; enlarging it would show blocks.
    const shrinks = size.width <= source.width && size.height <= source.height;
    const flags = shrinks ? SWS_AREA : SWS_BILINEAR;
    context.getContext(source.width, source.height, source.format, size.width, size.height, format, flags);
    this.#contexts.set(key, context);
    return context;
  }

  close(): void {
    for (const context of this.#contexts.values()) context.freeContext();
    this.#contexts.clear();
  }
}

/** The part of `rect` that lies inside, at least one pixel, in whole pixels. */
export function clip(rect: MediaRect, whole: MediaRect): MediaRect {
  const x = Math.min(Math.max(0, Math.floor(rect.x)), whole.width - 2);
  const y = Math.min(Math.max(0, Math.floor(rect.y)), whole.height - 2);
  const right = Math.min(whole.width, Math.max(x + 2, Math.ceil(rect.x + rect.width)));
  const bottom = Math.min(whole.height, Math.max(y + 2, Math.ceil(rect.y + rect.height)));
  return { x, y, width: right - x, height: bottom - y };
}

function innerSize(spec: ViewSpec, region: MediaRect): Size {
  if (spec.fit === 'stretch') return { width: spec.width, height: spec.height };
  const scale = Math.min(spec.width / region.width, spec.height / region.height);
  return {
    width: Math.max(1, Math.min(spec.width, Math.round(region.width * scale))),
    height: Math.max(1, Math.min(spec.height, Math.round(region.height * scale))),
  };
}

/** Written after the picture, because swscale may write past the end of a row. */
function fillSurround(data: Buffer, spec: ViewSpec, inner: Size, bytes: number): void {
  const stride = spec.width * bytes;
  if (inner.width < spec.width)
    for (let row = 0; row < inner.height; row++)
      data.fill(surroundGrey, row * stride + inner.width * bytes, (row + 1) * stride);
  if (inner.height < spec.height) data.fill(surroundGrey, inner.height * stride, spec.height * stride);
}
