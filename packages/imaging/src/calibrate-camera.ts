import { type Camera, type Pose, projectPlanePoint, rotationMatrix, rotationVector, seenAt } from './camera.ts';
import { fitHomography } from './homography.ts';
import { leastSquares, solveSymmetric } from './least-squares.ts';
import { distanceBetween, type Point } from './points.ts';
import type { Transform } from './warp.ts';

export interface CameraCalibration {
  readonly camera: Camera;
  /** Standard uncertainty of each of its numbers, from the scatter of the corners. */
  readonly uncertainty: Camera;
  readonly poses: readonly Pose[];
  /** Root mean square distance between where corners were seen and where the camera has them, pixels; of all, and each view. */
  readonly rms: number;
  readonly viewRms: readonly number[];
}

/**
 * Calibrates a camera from views of one flat board (Zhang 2000): homographies, focal lengths in closed form with the principal
 * point in the middle of the picture, then all views, principal point and distortion at once by Levenberg-Marquardt. Undefined
 * where the views do not determine it: fewer than three, or all boards parallel to the picture.
 *
 * @param board where the corners are on the board, in any unit of length
 * @param views where the same corners are seen, pixels
 */
export function calibrateCamera(
  board: readonly Point[],
  views: readonly (readonly Point[])[],
  width: number,
  height: number,
): CameraCalibration | undefined {
  if (views.length < 3) return undefined;
  const homographies = views.map((view) => fitHomography(board, view));
  if (homographies.some((one) => one === undefined)) return undefined;
  const start = focalLengths(homographies as Transform[], (width - 1) / 2, (height - 1) / 2);
  if (!start) return undefined;
  const poses = (homographies as Transform[]).map((homography) => poseOf(start, homography));
  const parameters = [
    ...[start.fx, start.fy, start.cx, start.cy, 0, 0, 0, 0],
    ...poses.flatMap(({ rotation, translation }) => [...rotation, ...translation]),
  ];
  const perView = board.length * 2;
  const project = (values: ArrayLike<number>, view: number, into: Float64Array) => {
    const camera = cameraOf(values);
    const pose = poseIn(values, view);
    const m = rotationMatrix(pose.rotation);
    const [tx, ty, tz] = pose.translation;
    for (let at = 0; at < board.length; at++) {
      const { x, y } = board[at]!;
      const z = m[6]! * x + m[7]! * y + tz;
      const seen = seenAt(camera, {
        x: (m[0]! * x + m[1]! * y + tx) / z,
        y: (m[3]! * x + m[4]! * y + ty) / z,
      });
      into[at * 2] = seen.x;
      into[at * 2 + 1] = seen.y;
    }
  };
  const n = parameters.length;
  const [ahead, behind] = [new Float64Array(perView), new Float64Array(perView)];
  const fit = leastSquares({
    start: parameters,
    ...{ observations: views.length * perView, iterations: 100, precision: 1e-10 },
    evaluate(values, residuals, jacobian) {
      jacobian?.fill(0);
      for (const [view, corners] of views.entries()) {
        project(values, view, ahead);
        for (let at = 0; at < board.length; at++) {
          residuals[view * perView + at * 2] = ahead[at * 2]! - corners[at]!.x;
          residuals[view * perView + at * 2 + 1] = ahead[at * 2 + 1]! - corners[at]!.y;
        }
        if (!jacobian) continue;
        const own = [0, 1, 2, 3, 4, 5, 6, 7, ...Array.from({ length: 6 }, (_, at) => 8 + view * 6 + at)];
        for (const column of own) {
          const kept = values[column]!;
          const step = 1e-6 * Math.max(Math.abs(kept), 1e-2);
          values[column] = kept + step;
          project(values, view, ahead);
          values[column] = kept - step;
          project(values, view, behind);
          values[column] = kept;
          for (let row = 0; row < perView; row++)
            jacobian[(view * perView + row) * n + column] = (ahead[row]! - behind[row]!) / (2 * step);
        }
      }
    },
  });
  if (!fit.covariance || !Number.isFinite(fit.cost)) return undefined;
  const camera = cameraOf(fit.parameters);
  const found = views.map((_, view) => poseIn(fit.parameters, view));
  const squares = views.map((corners, view) =>
    corners.reduce(
      (sum, corner, at) => sum + distanceBetween(corner, projectPlanePoint(camera, found[view]!, board[at]!)) ** 2,
      0,
    ),
  );
  const total = squares.reduce((sum, one) => sum + one, 0);
  return {
    camera,
    uncertainty: cameraOf(Array.from({ length: 8 }, (_, at) => Math.sqrt(Math.max(fit.covariance![at * n + at]!, 0)))),
    poses: found,
    rms: Math.sqrt(total / (views.length * board.length)),
    viewRms: squares.map((one) => Math.sqrt(one / board.length)),
  };
}

const cameraOf = (values: ArrayLike<number>): Camera => ({
  ...{ fx: values[0]!, fy: values[1]!, cx: values[2]!, cy: values[3]! },
  ...{ k1: values[4]!, k2: values[5]!, p1: values[6]!, p2: values[7]! },
});

function poseIn(values: ArrayLike<number>, view: number): Pose {
  const at = 8 + view * 6;
  return {
    rotation: [values[at]!, values[at + 1]!, values[at + 2]!],
    translation: [values[at + 3]!, values[at + 4]!, values[at + 5]!],
  };
}

/**
 * Zhang's two constraints of each homography, with no skew and a known principal point, are linear in 1/fx^2 and 1/fy^2.
 * Undefined where they give no such pair.
 */
function focalLengths(homographies: readonly Transform[], cx: number, cy: number): Camera | undefined {
  const normal = new Float64Array(4);
  const right = new Float64Array(2);
  let [size, both] = [0, 0];
  for (const h of homographies) {
    const column = (at: 0 | 1) => {
      const c = [h[at] - cx * h[6 + at]!, h[3 + at]! - cy * h[6 + at]!, h[6 + at]!] as const;
      return c;
    };
    const [a, b] = [column(0), column(1)];
    const scale = 1 / (Math.hypot(a[0], a[1]) * Math.hypot(b[0], b[1]));
    const rows = [
      [a[0] * b[0], a[1] * b[1], -a[2] * b[2]],
      [a[0] ** 2 - b[0] ** 2, a[1] ** 2 - b[1] ** 2, b[2] ** 2 - a[2] ** 2],
    ] as const;
    for (const row of rows) {
      const [u, v, w] = row.map((value) => value * scale) as [number, number, number];
      normal[0]! += u * u;
      normal[1]! += u * v;
      normal[2]! += u * v;
      normal[3]! += v * v;
      right[0]! += u * w;
      right[1]! += v * w;
      size += u * u + v * v;
      // One focal length for both, where two cannot be told apart.
      both += (u + v) * w;
    }
  }
  const sum = normal[0]! + 2 * normal[1]! + normal[3]!;
  const pair = solveSymmetric(normal, right, 2);
  const determinant = normal[0]! * normal[3]! - normal[1]! * normal[2]!;
  const usable = pair && determinant > 1e-6 * size * size && pair[0]! > 0 && pair[1]! > 0;
  const inverse = usable ? [pair[0]!, pair[1]!] : [both / sum, both / sum];
  if (!(inverse[0]! > 1e-12 && inverse[1]! > 1e-12)) return undefined;
  const [fx, fy] = inverse.map((value) => 1 / Math.sqrt(value)) as [number, number];
  return { fx, fy, cx, cy, k1: 0, k2: 0, p1: 0, p2: 0 };
}

/** Where the board lies that a homography shows to a camera without distortion. */
function poseOf({ fx, fy, cx, cy }: Camera, h: Transform): Pose {
  const column = (at: 0 | 1 | 2) =>
    [(h[at] - cx * h[6 + at]!) / fx, (h[3 + at]! - cy * h[6 + at]!) / fy, h[6 + at]!] as [number, number, number];
  let [a, b, t] = [column(0), column(1), column(2)];
  // The board is in front of the camera.
  const scale = (t[2] < 0 ? -1 : 1) / Math.sqrt(Math.hypot(...a) * Math.hypot(...b));
  const times = (v: [number, number, number]) => v.map((one) => one * scale) as [number, number, number];
  [a, b, t] = [times(a), times(b), times(t)];
  // The nearest right-angled pair shares the middle between both.
  const unitA = a.map((one) => one / Math.hypot(...a));
  const unitB = b.map((one) => one / Math.hypot(...b));
  const middle = unitA.map((one, at) => one + unitB[at]!);
  const off = unitA.map((one, at) => one - unitB[at]!);
  const m = middle.map((one) => one / Math.hypot(...middle));
  const o = off.map((one) => one / Math.hypot(...off));
  const r1 = m.map((one, at) => (one + o[at]!) / Math.SQRT2);
  const r2 = m.map((one, at) => (one - o[at]!) / Math.SQRT2);
  const r3 = [r1[1]! * r2[2]! - r1[2]! * r2[1]!, r1[2]! * r2[0]! - r1[0]! * r2[2]!, r1[0]! * r2[1]! - r1[1]! * r2[0]!];
  const rows = [0, 1, 2].flatMap((at) => [r1[at]!, r2[at]!, r3[at]!]);
  return { rotation: rotationVector(rows), translation: t };
}
