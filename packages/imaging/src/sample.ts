import type { Plane } from './picture.ts';

/** The value between pixels, bilinear; pixel centres lie at whole numbers and the edge is repeated outwards. */
export function sampleAt({ width, height, data }: Plane, x: number, y: number): number {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const fx = cx - left;
  const fy = cy - top;
  const above = data[top * width + left]! * (1 - fx) + data[top * width + right]! * fx;
  const below = data[bottom * width + left]! * (1 - fx) + data[bottom * width + right]! * fx;
  return above * (1 - fy) + below * fy;
}
