import type { Point } from './points.ts';
import { type RobustOptions, robustInliers } from './robust-fit.ts';

export interface FittedLine {
  /** Middle of the points it was fitted to. */
  readonly point: Point;
  /** Unit vector along it. */
  readonly direction: Point;
  /** Standard deviation of the points across it. */
  readonly deviation: number;
  /** Standard uncertainty of its place across, at `point`. */
  readonly placeUncertainty: number;
  /** Standard uncertainty of its direction, radians. */
  readonly angleUncertainty: number;
  /** Half the length that the points cover. */
  readonly reach: number;
  /** Which points it was fitted to. */
  readonly inliers: readonly number[];
}

/** Distance of a point from a line, signed: above 0 to the right of its direction in a picture (y down: clockwise). */
export const offLine = ({ point, direction }: Pick<FittedLine, 'point' | 'direction'>, { x, y }: Point): number =>
  (y - point.y) * direction.x - (x - point.x) * direction.y;

/** The line of least squared distances across it (total least squares, Pearson 1901). Undefined for fewer than two places. */
export function fitLine(points: readonly Point[], inliers = points.map((_, at) => at)): FittedLine | undefined {
  const n = inliers.length;
  if (n < 2) return undefined;
  let [x, y] = [0, 0];
  for (const at of inliers) {
    x += points[at]!.x / n;
    y += points[at]!.y / n;
  }
  let [xx, xy, yy] = [0, 0, 0];
  for (const at of inliers) {
    const dx = points[at]!.x - x;
    const dy = points[at]!.y - y;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (!(xx + yy > 0)) return undefined;
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const direction = { x: Math.cos(angle), y: Math.sin(angle) };
  const along = xx * direction.x ** 2 + 2 * xy * direction.x * direction.y + yy * direction.y ** 2;
  const across = Math.max(xx + yy - along, 0);
  const deviation = n > 2 ? Math.sqrt(across / (n - 2)) : 0;
  let reach = 0;
  for (const at of inliers)
    reach = Math.max(reach, Math.abs((points[at]!.x - x) * direction.x + (points[at]!.y - y) * direction.y));
  return {
    ...{ point: { x, y }, direction, deviation, reach, inliers },
    placeUncertainty: deviation / Math.sqrt(n),
    angleUncertainty: deviation / Math.sqrt(along),
  };
}

/** As `fitLine`, to those points that follow one line; up to half may lie elsewhere. */
export function fitLineRobustly(points: readonly Point[], options?: RobustOptions): FittedLine | undefined {
  if (points.length < 5) return fitLine(points);
  const found = robustInliers(
    points.length,
    2,
    (indices) => fitLine(points, [...indices]),
    (line, at) => offLine(line, points[at]!),
    options,
  );
  return found && fitLine(points, [...found.inliers]);
}

/** Where two lines cross; undefined where they are parallel. */
export function crossing(one: Pick<FittedLine, 'point' | 'direction'>, other: Pick<FittedLine, 'point' | 'direction'>) {
  const cross = one.direction.x * other.direction.y - one.direction.y * other.direction.x;
  if (Math.abs(cross) < 1e-9) return undefined;
  const dx = other.point.x - one.point.x;
  const dy = other.point.y - one.point.y;
  const along = (dx * other.direction.y - dy * other.direction.x) / cross;
  return { x: one.point.x + along * one.direction.x, y: one.point.y + along * one.direction.y };
}
