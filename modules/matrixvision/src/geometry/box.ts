import type { Box } from '../observation.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Intersection over union, 0 to 1; 0 for boxes without area. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  const union = a.width * a.height + b.width * b.height - shared;
  return union > 0 ? shared / union : 0;
}

/** The part of `a` that lies in `b`, 0 to 1. */
export function coveredPart(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height);
}

/** How far the middles of two boxes are apart. */
export const apart = (a: Box, b: Box): number =>
  Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);

export const moved = (box: Box, by: { readonly x: number; readonly y: number }): Box => ({
  ...box,
  x: box.x + by.x,
  y: box.y + by.y,
});

/** The box grown by a part of its own size on each side. */
export function grown(box: Box, part: number): Box {
  const [dx, dy] = [box.width * part, box.height * part];
  return { x: box.x - dx, y: box.y - dy, width: box.width + 2 * dx, height: box.height + 2 * dy };
}

/** Between two boxes; `part` 0 is the first, 1 the second. */
export function between(a: Box, b: Box, part: number): Box {
  const mix = (from: number, to: number) => from + (to - from) * part;
  return {
    x: mix(a.x, b.x),
    y: mix(a.y, b.y),
    width: mix(a.width, b.width),
    height: mix(a.height, b.height),
  };
}
