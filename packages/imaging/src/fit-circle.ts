import { leastSquares } from './least-squares.ts';
import type { Point } from './points.ts';
import { type RobustOptions, robustInliers } from './robust-fit.ts';

export interface Circle extends Point {
  readonly radius: number;
}

export interface FittedCircle extends Circle {
  /** Standard deviation of the points across the circle. */
  readonly deviation: number;
  /** Standard uncertainties of centre and radius from the scatter of the points. */
  readonly uncertainty: Circle;
  readonly inliers: readonly number[];
}

/**
 * The circle of least squared distances: Taubin's fit (1991, in Chernov's Newton form, Circular and Linear Regression, 2010,
 * sec. 5.9) refined geometrically. Undefined where the points are on a line or fewer than three.
 */
export function fitCircle(points: readonly Point[], inliers = points.map((_, at) => at)): FittedCircle | undefined {
  const start = taubinCircle(points, inliers);
  if (!start) return undefined;
  const n = inliers.length;
  const { parameters, deviation, covariance } = leastSquares({
    start: [start.x, start.y, start.radius],
    ...{ observations: n, iterations: 50 },
    evaluate([x, y, radius], residuals, jacobian) {
      for (let row = 0; row < n; row++) {
        const dx = x! - points[inliers[row]!]!.x;
        const dy = y! - points[inliers[row]!]!.y;
        const distance = Math.hypot(dx, dy) || 1e-12;
        residuals[row] = distance - radius!;
        if (!jacobian) continue;
        jacobian[row * 3] = dx / distance;
        jacobian[row * 3 + 1] = dy / distance;
        jacobian[row * 3 + 2] = -1;
      }
    },
  });
  const [x, y, radius] = parameters as unknown as [number, number, number];
  const of = (at: number) => Math.sqrt(Math.max(covariance?.[at * 4] ?? 0, 0));
  return { x, y, radius, deviation, uncertainty: { x: of(0), y: of(1), radius: of(2) }, inliers };
}

/** As `fitCircle`, to those points that follow one circle; up to half may lie elsewhere. */
export function fitCircleRobustly(points: readonly Point[], options?: RobustOptions): FittedCircle | undefined {
  if (points.length < 6) return fitCircle(points);
  const found = robustInliers(
    points.length,
    3,
    (indices) => taubinCircle(points, indices),
    (circle, at) => Math.hypot(points[at]!.x - circle.x, points[at]!.y - circle.y) - circle.radius,
    options,
  );
  return found && fitCircle(points, [...found.inliers]);
}

/** Taubin's algebraic fit by Newton's method from 0, as Chernov gives it. */
export function taubinCircle(points: readonly Point[], inliers: readonly number[]): Circle | undefined {
  const n = inliers.length;
  if (n < 3) return undefined;
  let [mx, my] = [0, 0];
  for (const at of inliers) {
    mx += points[at]!.x / n;
    my += points[at]!.y / n;
  }
  let [xx, xy, yy, xz, yz, zz] = [0, 0, 0, 0, 0, 0];
  for (const at of inliers) {
    const x = points[at]!.x - mx;
    const y = points[at]!.y - my;
    const z = x * x + y * y;
    xx += (x * x) / n;
    xy += (x * y) / n;
    yy += (y * y) / n;
    xz += (x * z) / n;
    yz += (y * z) / n;
    zz += (z * z) / n;
  }
  const mean = xx + yy;
  const covariance = xx * yy - xy * xy;
  if (!(covariance > 1e-12 * mean * mean)) return undefined;
  const variance = zz - mean * mean;
  const a3 = 4 * mean;
  const a2 = -3 * mean * mean - zz;
  const a1 = variance * mean + 4 * covariance * mean - xz * xz - yz * yz;
  const a0 = xz * (xz * yy - yz * xy) + yz * (yz * xx - xz * xy) - variance * covariance;
  let root = 0;
  let value = a0;
  for (let step = 0; step < 50; step++) {
    const slope = a1 + root * (2 * a2 + root * 3 * a3);
    const next = root - value / slope;
    if (!Number.isFinite(next) || next === root) break;
    const nextValue = a0 + next * (a1 + next * (a2 + next * a3));
    if (Math.abs(nextValue) >= Math.abs(value)) break;
    [root, value] = [next, nextValue];
  }
  const determinant = root * root - root * mean + covariance;
  const x = (xz * (yy - root) - yz * xy) / determinant / 2;
  const y = (yz * (xx - root) - xz * xy) / determinant / 2;
  const radius = Math.sqrt(x * x + y * y + mean);
  return Number.isFinite(radius) ? { x: x + mx, y: y + my, radius } : undefined;
}
