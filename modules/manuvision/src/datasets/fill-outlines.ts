import { emptyPlane, type Plane } from '@millwright/imaging';
import type { Outline } from './data-set.ts';
import { outlineSpans } from './outline-spans.ts';

/** 1 where the centre of a pixel lies within an outline (even-odd rule), else 0. Outlines are in pixels, whose centres lie at halves. */
export function fillOutlines(outlines: readonly Outline[], width: number, height: number): Plane {
  const plane = emptyPlane(width, height);
  for (const { points } of outlines)
    for (const { y, from, to } of outlineSpans(points, width, height))
      plane.data.fill(1, y * width + from, y * width + to);
  return plane;
}
