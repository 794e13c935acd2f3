import type { Plane, Region } from './picture.ts';
import type { Point } from './points.ts';

/** A line of equal brightness through a picture. */
export interface Contour {
  readonly points: readonly Point[];
  /** It comes back to its first point, which is not repeated. */
  readonly closed: boolean;
}

/**
 * Lines along which the plane has a value, placed between pixels: marching squares (Lorensen and Cline 1987 in two dimensions)
 * with linear interpolation; a saddle is decided by the mean of its four corners. What is above the value lies to the left of
 * the way of each line in a picture (y down).
 */
export function contoursAt(plane: Plane, value: number, within?: Region): Contour[] {
  const { width, data } = plane;
  const left = Math.max(within?.x ?? 0, 0);
  const top = Math.max(within?.y ?? 0, 0);
  const right = Math.min((within?.x ?? 0) + (within?.width ?? plane.width), plane.width) - 1;
  const bottom = Math.min((within?.y ?? 0) + (within?.height ?? plane.height), plane.height) - 1;
  // Each crossing lies on a grid edge: 2 * pixel for the one to the right, + 1 for the one below.
  const next = new Map<number, number>();
  const add = (from: number, to: number) => next.set(from, to);
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const at = y * width + x;
      const a = data[at]! > value ? 8 : 0;
      const b = data[at + 1]! > value ? 4 : 0;
      const c = data[at + width + 1]! > value ? 2 : 0;
      const d = data[at + width]! > value ? 1 : 0;
      const above = 2 * at;
      const below = 2 * (at + width);
      const before = 2 * at + 1;
      const behind = 2 * (at + 1) + 1;
      const mean = () => (data[at]! + data[at + 1]! + data[at + width]! + data[at + width + 1]!) / 4 > value;
      switch (a | b | c | d) {
        case 1:
          add(below, before);
          break;
        case 2:
          add(behind, below);
          break;
        case 3:
          add(behind, before);
          break;
        case 4:
          add(above, behind);
          break;
        case 5:
          if (mean()) {
            add(above, before);
            add(below, behind);
          } else {
            add(above, behind);
            add(below, before);
          }
          break;
        case 6:
          add(above, below);
          break;
        case 7:
          add(above, before);
          break;
        case 8:
          add(before, above);
          break;
        case 9:
          add(below, above);
          break;
        case 10:
          if (mean()) {
            add(before, below);
            add(behind, above);
          } else {
            add(before, above);
            add(behind, below);
          }
          break;
        case 11:
          add(behind, above);
          break;
        case 12:
          add(before, behind);
          break;
        case 13:
          add(below, behind);
          break;
        case 14:
          add(before, below);
          break;
      }
    }
  const place = (edge: number): Point => {
    const at = edge >> 1;
    const x = at % width;
    const y = (at - x) / width;
    const other = edge & 1 ? data[at + width]! : data[at + 1]!;
    const part = (value - data[at]!) / (other - data[at]!);
    return edge & 1 ? { x, y: y + part } : { x: x + part, y };
  };
  const entered = new Set(next.values());
  const starts = [...[...next.keys()].filter((edge) => !entered.has(edge)), ...next.keys()];
  const contours: Contour[] = [];
  for (const start of starts) {
    if (!next.has(start)) continue;
    const points: Point[] = [];
    let edge: number | undefined = start;
    let last = start;
    while (edge !== undefined) {
      points.push(place(edge));
      const following: number | undefined = next.get(edge);
      next.delete(edge);
      last = edge;
      edge = following;
      if (edge === start) break;
    }
    contours.push({ points, closed: edge === start && last !== start });
  }
  return contours;
}

/** Area that a closed polygon encloses, above 0 whichever way it runs, and its centre of gravity. */
export function polygonArea(points: readonly Point[]): { readonly area: number; readonly centre: Point } {
  let [twice, x, y] = [0, 0, 0];
  const origin = points[0] ?? { x: 0, y: 0 };
  for (const [at, one] of points.entries()) {
    const other = points[(at + 1) % points.length]!;
    const cross = (one.x - origin.x) * (other.y - origin.y) - (other.x - origin.x) * (one.y - origin.y);
    twice += cross;
    x += (one.x + other.x - 2 * origin.x) * cross;
    y += (one.y + other.y - 2 * origin.y) * cross;
  }
  const centre = twice === 0 ? origin : { x: origin.x + x / (3 * twice), y: origin.y + y / (3 * twice) };
  return { area: Math.abs(twice) / 2, centre };
}

/** Length of the way around a closed polygon. */
export const polygonPerimeter = (points: readonly Point[]): number =>
  points.reduce((sum, { x, y }, at) => {
    const other = points[(at + 1) % points.length]!;
    return sum + Math.hypot(other.x - x, other.y - y);
  }, 0);
