import { distanceToSegment, type Point } from './point.ts';

/**
 * Whether a point lies in a polygon, by the even-odd rule (Shimrat 1962, Algorithm 112): the border to the left and top
 * belongs to it, that to the right and bottom does not, so that of two polygons side by side exactly one holds a point.
 */
export function isInside(point: Point, polygon: readonly Point[]): boolean {
  let inside = false;
  for (let index = 0, before = polygon.length - 1; index < polygon.length; before = index++) {
    const [a, b] = [polygon[index]!, polygon[before]!];
    if (a.y > point.y !== b.y > point.y && point.x < ((b.x - a.x) * (point.y - a.y)) / (b.y - a.y) + a.x)
      inside = !inside;
  }
  return inside;
}

export function distanceToBorder(point: Point, polygon: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0, before = polygon.length - 1; index < polygon.length; before = index++)
    least = Math.min(least, distanceToSegment(point, polygon[before]!, polygon[index]!));
  return least;
}

/** Without sign; a polygon that crosses itself counts each part by its turning number. */
export function areaOf(polygon: readonly Point[]): number {
  let twice = 0;
  for (let index = 0, before = polygon.length - 1; index < polygon.length; before = index++)
    twice += polygon[before]!.x * polygon[index]!.y - polygon[index]!.x * polygon[before]!.y;
  return Math.abs(twice) / 2;
}
