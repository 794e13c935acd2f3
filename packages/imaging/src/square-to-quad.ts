import type { Point } from './points.ts';
import type { Transform } from './warp.ts';

/** Four corners in turn: the first is what (0, 0) becomes, then (1, 0), (1, 1), (0, 1). */
export type Quad = readonly [Point, Point, Point, Point];

/** The homography that maps the unit square to a quad (Heckbert 1989); undefined where three of its corners lie in a line. */
export function squareToQuad([p0, p1, p2, p3]: Quad): Transform | undefined {
  const sx = p0.x - p1.x + p2.x - p3.x;
  const sy = p0.y - p1.y + p2.y - p3.y;
  const [dx1, dy1, dx2, dy2] = [p1.x - p2.x, p1.y - p2.y, p3.x - p2.x, p3.y - p2.y];
  const denominator = dx1 * dy2 - dx2 * dy1;
  if (Math.abs(denominator) < 1e-9) return undefined;
  const g = (sx * dy2 - dx2 * sy) / denominator;
  const h = (dx1 * sy - sx * dy1) / denominator;
  const [a, b] = [p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x];
  const [d, e] = [p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y];
  return [a, b, p0.x, d, e, p0.y, g, h, 1];
}
