import type { Plane } from './picture.ts';
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
