import type { Point } from './points.ts';

/**
 * A pinhole camera with radial and tangential distortion (Brown 1966, in the form of Zhang 2000 and OpenCV without the third
 * radial term): lengths in pixels, pixel centres at whole numbers.
 */
export interface Camera {
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
  /** Radial. */
  readonly k1: number;
  readonly k2: number;
  /** Tangential. */
  readonly p1: number;
  readonly p2: number;
}

/** Where a direction, given by its place on the plane one unit in front of the camera, is seen. */
export function seenAt({ fx, fy, cx, cy, k1, k2, p1, p2 }: Camera, { x, y }: Point): Point {
  const r2 = x * x + y * y;
  const radial = 1 + r2 * (k1 + r2 * k2);
  return {
    x: fx * (x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x)) + cx,
    y: fy * (y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y) + cy,
  };
}

/** The other way round: the direction of what is seen at a place, without the distortion; by fixed-point iteration. */
export function directionOf({ fx, fy, cx, cy, k1, k2, p1, p2 }: Camera, place: Point): Point {
  const u = (place.x - cx) / fx;
  const v = (place.y - cy) / fy;
  let [x, y] = [u, v];
  for (let step = 0; step < 50; step++) {
    const r2 = x * x + y * y;
    const radial = 1 + r2 * (k1 + r2 * k2);
    const nextX = (u - (2 * p1 * x * y + p2 * (r2 + 2 * x * x))) / radial;
    const nextY = (v - (p1 * (r2 + 2 * y * y) + 2 * p2 * x * y)) / radial;
    const change = Math.abs(nextX - x) + Math.abs(nextY - y);
    [x, y] = [nextX, nextY];
    if (change < 1e-12) break;
  }
  return { x, y };
}

/** Where a board lies before the camera: a rotation vector (Rodrigues) and where its origin is, in the board's unit. */
export interface Pose {
  readonly rotation: readonly [number, number, number];
  readonly translation: readonly [number, number, number];
}

/** The rotation as a matrix, in rows (Rodrigues). */
export function rotationMatrix([x, y, z]: readonly [number, number, number]): number[] {
  const angle = Math.hypot(x, y, z);
  if (angle < 1e-12) return [1, -z, y, z, 1, -x, -y, x, 1];
  const [a, b, c] = [x / angle, y / angle, z / angle];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const rest = 1 - cos;
  return [
    ...[cos + a * a * rest, a * b * rest - c * sin, a * c * rest + b * sin],
    ...[a * b * rest + c * sin, cos + b * b * rest, b * c * rest - a * sin],
    ...[a * c * rest - b * sin, b * c * rest + a * sin, cos + c * c * rest],
  ];
}

/** The rotation vector of a rotation matrix in rows. */
export function rotationVector(m: readonly number[]): [number, number, number] {
  const axis: [number, number, number] = [m[7]! - m[5]!, m[2]! - m[6]!, m[3]! - m[1]!];
  const sin = Math.hypot(...axis) / 2;
  const cos = (m[0]! + m[4]! + m[8]! - 1) / 2;
  const angle = Math.atan2(sin, cos);
  if (sin > 1e-9) return axis.map((one) => (one / (2 * sin)) * angle) as [number, number, number];
  if (cos > 0) return [0, 0, 0];
  // Half a turn: the axis is in the diagonal.
  const a = Math.sqrt(Math.max((m[0]! + 1) / 2, 0));
  const b = Math.sqrt(Math.max((m[4]! + 1) / 2, 0)) * (m[1]! < 0 ? -1 : 1);
  const c = Math.sqrt(Math.max((m[8]! + 1) / 2, 0)) * (m[2]! < 0 ? -1 : 1);
  return [a * angle, b * angle, c * angle];
}

/** Where a place on the board is seen. */
export function projectPlanePoint(camera: Camera, pose: Pose, point: Point): Point {
  const m = rotationMatrix(pose.rotation);
  const [tx, ty, tz] = pose.translation;
  const z = m[6]! * point.x + m[7]! * point.y + tz;
  return seenAt(camera, {
    x: (m[0]! * point.x + m[1]! * point.y + tx) / z,
    y: (m[3]! * point.x + m[4]! * point.y + ty) / z,
  });
}
