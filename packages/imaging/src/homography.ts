import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { Point } from './points.ts';
import type { Transform } from './warp.ts';

/** Where a transform takes a point. */
export function applyTransform([a, b, c, d, e, f, g, h, i]: Transform, { x, y }: Point): Point {
  const w = g * x + h * y + i;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** First `inner`, then `outer`. */
export function composeTransforms(outer: Transform, inner: Transform): Transform {
  const cell = (row: number, column: number) =>
    outer[row * 3]! * inner[column]! +
    outer[row * 3 + 1]! * inner[3 + column]! +
    outer[row * 3 + 2]! * inner[6 + column]!;
  return Array.from({ length: 9 }, (_, at) => cell(Math.floor(at / 3), at % 3)) as unknown as Transform;
}

/** The transform back. Undefined where there is none. */
export function invertTransform([a, b, c, d, e, f, g, h, i]: Transform): Transform | undefined {
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  if (!(Math.abs(determinant) > 1e-300)) return undefined;
  const cells = [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return cells.map((cell) => cell / determinant) as unknown as Transform;
}

/**
 * The homography that takes each of `from` to the one of `to` at the same place in the list, for four or more of them: the
 * direct linear transform on normalised points (Hartley 1997). Undefined where they do not determine one.
 */
export function fitHomography(from: readonly Point[], to: readonly Point[]): Transform | undefined {
  if (from.length < 4 || from.length !== to.length) return undefined;
  const source = normaliser(from);
  const target = normaliser(to);
  const rows = from.flatMap((point, at) => {
    const { x, y } = applyTransform(source, point);
    const { x: u, y: v } = applyTransform(target, to[at]!);
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, -u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, -v],
    ];
  });
  // Nine rows at least, so that the decomposition has all nine directions.
  if (rows.length < 9) rows.push(new Array<number>(9).fill(0));
  const svd = new SingularValueDecomposition(new Matrix(rows), { autoTranspose: true });
  const { diagonal } = svd;
  if (!(diagonal[7]! > 1e-9 * diagonal[0]!)) return undefined;
  const cells = svd.rightSingularVectors.getColumn(8) as unknown as Transform;
  const back = invertTransform(target);
  if (!back) return undefined;
  const found = composeTransforms(back, composeTransforms(cells, source));
  const last = found[8];
  return Math.abs(last) > 1e-300 ? (found.map((cell) => cell / last) as unknown as Transform) : undefined;
}

/** Moves the points' middle to 0 and their mean distance from it to the root of 2. */
function normaliser(points: readonly Point[]): Transform {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point.x / points.length;
    y += point.y / points.length;
  }
  let mean = 0;
  for (const point of points) mean += Math.hypot(point.x - x, point.y - y) / points.length;
  const scale = mean > 0 ? Math.SQRT2 / mean : 1;
  return [scale, 0, -scale * x, 0, scale, -scale * y, 0, 0, 1];
}
