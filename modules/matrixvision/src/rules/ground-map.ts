import type { Point } from '../geometry/point.ts';

/** From a point of the picture in fractions to the ground in metres; undefined beyond the horizon. */
export type GroundMap = (point: Point) => Point | undefined;

/** Nine numbers row by row: (X, Y, W) = H (x, y, 1). */
export type Homography = readonly number[];

export interface GroundPair {
  /** In fractions of the picture. */
  readonly picture: Point;
  /** In metres. */
  readonly ground: Point;
}

export function groundMap(h: Homography, sign = 1): GroundMap {
  return ({ x, y }) => {
    const w = (h[6]! * x + h[7]! * y + h[8]!) * sign;
    if (w <= 1e-9) return undefined;
    return {
      x: ((h[0]! * x + h[1]! * y + h[2]!) * sign) / w,
      y: ((h[3]! * x + h[4]! * y + h[5]!) * sign) / w,
    };
  };
}

/**
 * The plane homography that maps the pairs with least algebraic error: the direct linear transformation (Hartley and
 * Zisserman 2004, 4.1) with the last element set to 1 at the pairs' own middle. Undefined where three of four lie on a line.
 */
export function homographyOf(pairs: readonly GroundPair[]): { homography: Homography; sign: 1 | -1 } | undefined {
  // Normal equations of two rows for each pair, eight unknowns.
  const matrix = Array.from({ length: 8 }, () => new Array<number>(9).fill(0));
  const add = (row: readonly number[], value: number): void => {
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) matrix[i]![j]! += row[i]! * row[j]!;
      matrix[i]![8]! += row[i]! * value;
    }
  };
  const middle = mean(pairs.map(({ picture }) => picture));
  const centre = mean(pairs.map(({ ground }) => ground));
  for (const { picture, ground } of pairs) {
    const [x, y] = [picture.x - middle.x, picture.y - middle.y];
    const [X, Y] = [ground.x - centre.x, ground.y - centre.y];
    add([x, y, 1, 0, 0, 0, -X * x, -X * y], X);
    add([0, 0, 0, x, y, 1, -Y * x, -Y * y], Y);
  }
  const solved = solve(matrix);
  if (!solved) return undefined;
  const [a, b, c, d, e, f, g, h] = solved as [number, number, number, number, number, number, number, number];
  // Back from the middles: T^-1 * H * S, with S and T the shifts.
  const k = 1 - g * middle.x - h * middle.y;
  const first = [a, b, c - a * middle.x - b * middle.y];
  const second = [d, e, f - d * middle.x - e * middle.y];
  const homography = [
    ...[first[0]! + centre.x * g, first[1]! + centre.x * h, first[2]! + centre.x * k],
    ...[second[0]! + centre.y * g, second[1]! + centre.y * h, second[2]! + centre.y * k],
    ...[g, h, k],
  ];
  const sides = pairs.map(({ picture }) => Math.sign(g * picture.x + h * picture.y + k));
  if (sides.some((side) => side !== sides[0])) return undefined;
  return { homography, sign: sides[0]! < 0 ? -1 : 1 };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((all, { x, y }) => ({ x: all.x + x, y: all.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Gauss with row pivoting; undefined for a singular system. Rows carry the right side last. */
function solve(rows: number[][]): number[] | undefined {
  const size = rows.length;
  const scale = Math.max(...rows.flat().map(Math.abs));
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    if (Math.abs(rows[pivot]![column]!) < 1e-14 * scale) return undefined;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let other = column; other <= size; other++) rows[row]![other]! -= factor * rows[column]![other]!;
    }
  }
  return rows.map((row, index) => row[size]! / row[index]!);
}
