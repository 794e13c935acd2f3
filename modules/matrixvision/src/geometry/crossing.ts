import type { Point } from './point.ts';

/**
 * Positions are rounded to this part of the picture before crossings are decided. The products below then are exact in
 * double precision, so that a path never slips through between two pieces of a line, and never counts twice at their joint.
 */
const grid = 2 ** 20;

export const onGrid = ({ x, y }: Point): Point => ({ x: Math.round(x * grid), y: Math.round(y * grid) });

const cross = (ax: number, ay: number, bx: number, by: number): number => ax * by - ay * bx;

/** Side of `point` as seen going from `from` to `to`: 1 right of it in a picture (y grows downwards), -1 left. Never 0: see below. */
function sideOfPath(point: Point, from: Point, to: Point): 1 | -1 {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const side = cross(dx, dy, point.x - from.x, point.y - from.y);
  // Seen from a path that is moved by (e, e²), the point is moved by (-e, -e²): cross(d, -delta) = dy e - dx e².
  return Math.sign(side || dy || -dx) < 0 ? -1 : 1;
}

function sideOfLine(point: Point, from: Point, to: Point): 1 | -1 {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const side = cross(dx, dy, point.x - from.x, point.y - from.y);
  // A point of the path is moved by (e, e²): cross(d, delta) = dx e² - dy e.
  return Math.sign(side || -dy || dx) < 0 ? -1 : 1;
}

export interface LineCrossing {
  /** 1: from the left of the line to its right, seen along the line from its first point; -1: the other way. */
  readonly direction: 1 | -1;
  /** Where on the way, 0 to 1. */
  readonly part: number;
}

/**
 * The crossings of one step of a path with a line of several points, in order of the way. All points on the grid.
 *
 * Decided by the orientation of triples of points with simulation of simplicity (Edelsbrunner and Mücke 1990): the whole
 * path is thought moved by (e, e²) with e infinitely small, so that no point of it ever lies on the line and no corner
 * of the line on it. A path that touches the line, runs along it or passes through a corner is thereby counted the one
 * right way, and the sum of all directions between two positions off the line depends on nothing else.
 */
export function crossingsOfStep(from: Point, to: Point, line: readonly Point[]): LineCrossing[] {
  if (from.x === to.x && from.y === to.y) return [];
  const found: LineCrossing[] = [];
  for (let index = 1; index < line.length; index++) {
    const [a, b] = [line[index - 1]!, line[index]!];
    if (a.x === b.x && a.y === b.y) continue;
    const before = sideOfLine(from, a, b);
    const after = sideOfLine(to, a, b);
    if (before === after || sideOfPath(a, from, to) === sideOfPath(b, from, to)) continue;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const start = cross(dx, dy, from.x - a.x, from.y - a.y);
    const end = cross(dx, dy, to.x - a.x, to.y - a.y);
    const part = start === end ? 0 : Math.max(0, Math.min(1, start / (start - end)));
    found.push({ direction: after, part });
  }
  return found.sort((a, b) => a.part - b.part);
}
