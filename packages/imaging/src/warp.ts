import type { Picture, Plane } from './picture.ts';
import { sampleAt } from './sample.ts';

/** Maps (x, y, 1) of the result to a place in the source: nine numbers in rows, a homography; an affine one ends in 0, 0, 1. */
export type Transform = readonly [number, number, number, number, number, number, number, number, number];

/** The plane as seen through a transform that maps each pixel of the result to its place in the source; bilinear. */
export function warp(plane: Plane, width: number, height: number, [a, b, c, d, e, f, g, h, i]: Transform): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const w = g * x + h * y + i;
      data[y * width + x] = sampleAt(plane, (a * x + b * y + c) / w, (d * x + e * y + f) / w);
    }
  return { width, height, data };
}

/**
 * The picture as seen through an affine transform that maps each pixel of the result to its place in the source, of the same
 * size and form; bilinear. What lies beyond the source is mirrored in a narrow
 * band at its edge, so that ground with a grain goes on as such.
 */
export function warpPicture(picture: Picture, [a, b, c, d, e, f]: Transform): Picture {
  const { width, height, channels, depth, data: source } = picture;
  const data = depth === 16 ? new Uint16Array(source.length) : new Uint8Array(source.length);
  const row = width * channels;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = mirrored(a * x + b * y + c, width - 1);
      const v = mirrored(d * x + e * y + f, height - 1);
      const [left, top] = [Math.floor(u), Math.floor(v)];
      const [fx, fy] = [u - left, v - top];
      const from = top * row + left * channels;
      const right = left < width - 1 ? channels : 0;
      const below = top < height - 1 ? row : 0;
      for (let channel = 0; channel < channels; channel++) {
        const at = from + channel;
        const upper = source[at]! * (1 - fx) + source[at + right]! * fx;
        const lower = source[at + below]! * (1 - fx) + source[at + below + right]! * fx;
        data[y * row + x * channels + channel] = Math.round(upper * (1 - fy) + lower * fy);
      }
    }
  return { width, height, channels, depth, data };
}

/** Within 0 and `last`: what lies beyond goes back and forth in a narrow band at the edge. */
function mirrored(at: number, last: number): number {
  const beyond = at < 0 ? -at : at - last;
  if (beyond <= 0) return at;
  const band = Math.min(Math.max(4, last / 32), last);
  const into = band > 0 ? beyond % (2 * band) : 0;
  const depth = into <= band ? into : 2 * band - into;
  return at < 0 ? depth : last - depth;
}
