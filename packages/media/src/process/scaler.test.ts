import {
  AV_PIX_FMT_NV12,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV420P,
  AV_PIX_FMT_YUVJ420P,
  type AVPixelFormat,
  SWS_AREA,
} from 'node-av/constants';
import { FFmpegError, Frame, SoftwareScaleContext } from 'node-av/lib';
import { describe, expect, it } from 'vitest';
import { Scaler } from './scaler.ts';

const size = { width: 768, height: 576 };

/** A picture with edges and colours of all sizes, as RGB. */
function drawn(): Buffer {
  const rgb = Buffer.alloc(size.width * size.height * 3);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const at = (y * size.width + x) * 3;
      rgb[at] = 128 + 100 * Math.sin(x / 23) * Math.cos(y / 31);
      rgb[at + 1] = (x >> 5) % 2 === (y >> 5) % 2 ? 180 : 60;
      rgb[at + 2] = 128 + 90 * Math.sin((x + y) / 47);
    }
  return rgb;
}

function frameOf(format: AVPixelFormat): Frame {
  const frame = new Frame();
  frame.alloc();
  Object.assign(frame, { format, ...size });
  FFmpegError.throwIfError(frame.getBuffer(), 'memory for a picture');
  const context = new SoftwareScaleContext();
  context.getContext(size.width, size.height, AV_PIX_FMT_RGB24, size.width, size.height, format, SWS_AREA);
  context.scaleSync([drawn()], [size.width * 3], 0, size.height, frame.data!, frame.linesize);
  context.freeContext();
  return frame;
}

/** What swscale makes of it in one step. */
function inOneStep(frame: Frame, width: number, height: number): Buffer {
  const context = new SoftwareScaleContext();
  context.getContext(size.width, size.height, frame.format as AVPixelFormat, width, height, AV_PIX_FMT_RGB24, SWS_AREA);
  const rgb = Buffer.alloc(width * height * 3 + 64);
  context.scaleSync(frame.data!, frame.linesize, 0, size.height, [rgb], [width * 3]);
  context.freeContext();
  return rgb.subarray(0, width * height * 3);
}

const meanDifference = (one: Uint8Array, other: Uint8Array): number =>
  one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0) / one.length;

describe('a scaled picture', () => {
  const formats = { yuv420p: AV_PIX_FMT_YUV420P, 'full range': AV_PIX_FMT_YUVJ420P, nv12: AV_PIX_FMT_NV12 };
  for (const [name, format] of Object.entries(formats))
    for (const [width, height] of [
      [416, 312],
      [415, 311],
      [640, 480],
      [768, 576],
    ] as const)
      it(`of ${name} is at ${width}x${height} what one step of swscale makes of it`, () => {
        const frame = frameOf(format);
        const scaler = new Scaler();
        // Twice: the second time in memory that was used before.
        for (let time = 0; time < 2; time++) {
          const picture = scaler.view(frame, { width, height, format: 'rgb24', fit: 'stretch' });
          expect(picture.data).toHaveLength(width * height * 3);
          expect(meanDifference(picture.data, inOneStep(frame, width, height))).toBeLessThan(2);
          scaler.release(picture);
        }
        scaler.close();
        frame.free();
      });
});
