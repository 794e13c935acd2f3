import { emptyPlane, type Plane } from '@millwright/imaging';
import type { Shape } from '../../labelling/region.ts';
import { shapeSpans } from '../../labelling/shape-spans.ts';

/** 1 where a pixel belongs to one of the shapes, else 0. What lies outside the picture is passed over. */
export function fillShapes(shapes: readonly Shape[], width: number, height: number): Plane {
  const plane = emptyPlane(width, height);
  for (const shape of shapes)
    for (const { y, from, to } of shapeSpans(shape, { width, height }))
      plane.data.fill(1, y * width + from, y * width + to);
  return plane;
}
