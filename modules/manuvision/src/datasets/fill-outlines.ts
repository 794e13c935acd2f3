import { emptyPlane, type Plane } from '@millwright/imaging';
import type { Outline } from './data-set.ts';

/** 1 where the centre of a pixel lies within an outline (even-odd rule), else 0. Outlines are in pixels, whose centres lie at halves. */
export function fillOutlines(outlines: readonly Outline[], width: number, height: number): Plane {
  const plane = emptyPlane(width, height);
  for (const { points } of outlines)
    for (let y = 0; y < height; y++) {
      const crossings = crossingsAt(points, y + 0.5);
      for (let at = 0; at + 1 < crossings.length; at += 2) {
        const [from, to] = [
          Math.max(0, Math.ceil(crossings[at]! - 0.5)),
          Math.min(width, Math.ceil(crossings[at + 1]! - 0.5)),
        ];
        if (to > from) plane.data.fill(1, y * width + from, y * width + to);
      }
    }
  return plane;
}

function crossingsAt(points: readonly number[], y: number): number[] {
  const crossings: number[] = [];
  for (let at = 0; at < points.length; at += 2) {
    const [x1, y1] = [points[at]!, points[at + 1]!];
    const next = (at + 2) % points.length;
    const [x2, y2] = [points[next]!, points[next + 1]!];
    if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return crossings.sort((a, b) => a - b);
}
