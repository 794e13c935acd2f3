/** In fractions of the picture (0 to 1) where a rule is drawn, in pixels or metres where the name says so. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Distance of a point to a piece of a straight line. */
export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  const part = Math.max(0, Math.min(1, along));
  return Math.hypot(point.x - from.x - part * dx, point.y - from.y - part * dy);
}

/** Distance of a point to a line of several points. */
export function distanceToLine(point: Point, line: readonly Point[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < line.length; index++)
    least = Math.min(least, distanceToSegment(point, line[index - 1]!, line[index]!));
  return least;
}
