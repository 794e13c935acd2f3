import { gaussianBlur } from './gaussian-blur.ts';
import type { Plane } from './picture.ts';
import { distanceBetween, type Point } from './points.ts';
import { resizePlane } from './resize.ts';
import { sampleAt } from './sample.ts';

export interface Checkerboard {
  /** Inner corners in rows from the first, columns x rows of them, placed between pixels. Null where not all were found. */
  readonly corners: readonly Point[] | null;
  /** The largest grid of inner corners that was found, lying as the one wanted. */
  readonly columns: number;
  readonly rows: number;
}

/** A saddle of brightness, as the corner of four squares is. */
interface Saddle extends Point {
  readonly strength: number;
  /** Unit vector towards the bright squares. */
  readonly bright: Point;
  /** Unit vectors along the two edges that cross here. */
  readonly edges: readonly [Point, Point];
}

const searchSize = 1600;

/**
 * Finds the inner corners of a checkerboard: saddle points by the determinant of the Hessian, joined into a grid from corner to
 * corner by where the edges lead and by bright and dark squares changing places, then placed by where all gradients around a
 * corner are at right angles to the way to it (Foerstner and Guelch 1987).
 *
 * @param columns inner corners in a row, one less than squares
 */
export function findCheckerboard(plane: Plane, columns: number, rows: number): Checkerboard {
  const scale = Math.min(1, searchSize / Math.max(plane.width, plane.height));
  const small =
    scale < 1 ? resizePlane(plane, Math.round(plane.width * scale), Math.round(plane.height * scale)) : plane;
  let best: Grid | undefined;
  for (const deviation of [1.5, 3]) {
    const saddles = findSaddles(small, deviation, columns * rows);
    const grid = largestGrid(saddles, columns * rows);
    if (grid && (!best || grid.size > best.size)) best = grid;
    if (best && fits(best, columns, rows)) break;
  }
  if (!best) return { corners: null, columns: 0, rows: 0 };
  const lying = columns >= rows === best.columns >= best.rows;
  const found = lying ? { columns: best.columns, rows: best.rows } : { columns: best.rows, rows: best.columns };
  const ordered = fits(best, columns, rows) ? inOrder(best, columns, rows) : undefined;
  if (!ordered) return { corners: null, ...found };
  const back = plane.width / small.width;
  const coarse = ordered.map(({ x, y }) => ({ x: (x + 0.5) * back - 0.5, y: (y + 0.5) * back - 0.5 }));
  const smooth = gaussianBlur(plane, 0.7);
  const corners = coarse.map((point, at) => refineCorner(smooth, point, spacing(coarse, at, columns, rows) / 3));
  return { corners, columns, rows };
}

function findSaddles(plane: Plane, deviation: number, wanted: number): Saddle[] {
  const blurred = gaussianBlur(plane, deviation);
  const { width, height, data } = blurred;
  const strength = new Float32Array(width * height);
  const step = Math.max(1, Math.round(deviation));
  const hessian = (at: number) => {
    const across = data[at + step]! - 2 * data[at]! + data[at - step]!;
    const down = data[at + step * width]! - 2 * data[at]! + data[at - step * width]!;
    const mixed =
      (data[at + step * width + step]! -
        data[at + step * width - step]! -
        data[at - step * width + step]! +
        data[at - step * width - step]!) /
      4;
    return [across, mixed, down] as const;
  };
  for (let y = step; y < height - step; y++)
    for (let x = step; x < width - step; x++) {
      const [across, mixed, down] = hessian(y * width + x);
      strength[y * width + x] = mixed * mixed - across * down;
    }
  const reach = Math.ceil(2 * deviation);
  const peaks: number[] = [];
  for (let y = reach; y < height - reach; y++)
    for (let x = reach; x < width - reach; x++) {
      const at = y * width + x;
      const value = strength[at]!;
      if (value > 1e-8 && isPeak(strength, width, at, reach)) peaks.push(at);
    }
  peaks.sort((a, b) => strength[b]! - strength[a]! || a - b);
  const limit = 0.02 * (strength[peaks[Math.min(wanted, peaks.length) - 1]!] ?? 0);
  return peaks
    .slice(0, 6 * wanted + 100)
    .filter((at) => strength[at]! >= limit)
    .filter((at) => oppositeAlike(blurred, at % width, Math.floor(at / width), 2 * deviation + 2))
    .map((at) => {
      const [across, mixed, down] = hessian(at);
      const turn = 0.5 * Math.atan2(2 * mixed, across - down);
      const half = Math.hypot((across - down) / 2, mixed);
      const middle = (across + down) / 2;
      const open = Math.atan(Math.sqrt((middle + half) / Math.max(half - middle, 1e-12)));
      const along = (angle: number) => ({ x: Math.cos(angle), y: Math.sin(angle) });
      return {
        ...{ x: at % width, y: Math.floor(at / width), strength: strength[at]!, bright: along(turn) },
        edges: [along(turn + open), along(turn - open)] as const,
      };
    });
}

/** Opposite squares are alike around a corner of four; around the corner of one, or where an edge ends, they are not (ChESS, Bennett and Lasenby 2014). */
function oppositeAlike(plane: Plane, x: number, y: number, radius: number): boolean {
  const around = Array.from({ length: 16 }, (_, at) => {
    const angle = (at * Math.PI) / 8;
    return sampleAt(plane, x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  });
  const mean = around.reduce((sum, one) => sum + one / 16, 0);
  let [spread, unlike] = [0, 0];
  for (const [at, one] of around.entries()) {
    spread += Math.abs(one - mean);
    unlike += Math.abs(one - around[(at + 8) % 16]!);
  }
  // 0 for four squares, 1.3 for one alone.
  return unlike < 0.6 * spread;
}

function isPeak(values: Float32Array, width: number, at: number, reach: number): boolean {
  const value = values[at]!;
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      const other = values[at + dy * width + dx]!;
      // The first of equal ones.
      if (other > value || (other === value && (dy < 0 || (dy === 0 && dx < 0)))) return false;
    }
  return true;
}

interface Grid {
  /** By `column,row`. */
  readonly cells: ReadonlyMap<string, Saddle>;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly size: number;
}

const fits = ({ columns, rows, size }: Grid, c: number, r: number): boolean =>
  size === c * r && ((columns === c && rows === r) || (columns === r && rows === c));

const dot = (a: Point, b: Point): number => a.x * b.x + a.y * b.y;
const minus = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
const plus = (a: Point, b: Point, times = 1): Point => ({ x: a.x + b.x * times, y: a.y + b.y * times });

function largestGrid(saddles: readonly Saddle[], wanted: number): Grid | undefined {
  const tried = new Set<Saddle>();
  let best: Grid | undefined;
  // A board's corners are among the strongest; what was reached from one need not be begun from again.
  for (const seed of saddles.slice(0, 60)) {
    if (tried.has(seed)) continue;
    tried.add(seed);
    const cells = grow(seed, saddles);
    for (const saddle of cells.values()) tried.add(saddle);
    if (cells.size > (best?.size ?? 3)) best = boundsOf(cells);
    if (best && best.size >= wanted) break;
  }
  return best;
}

function boundsOf(cells: ReadonlyMap<string, Saddle>): Grid {
  const at = [...cells.keys()].map((key) => key.split(',').map(Number) as [number, number]);
  const left = Math.min(...at.map(([column]) => column));
  const top = Math.min(...at.map(([, row]) => row));
  return {
    ...{ cells, left, top, size: cells.size },
    columns: Math.max(...at.map(([column]) => column)) - left + 1,
    rows: Math.max(...at.map(([, row]) => row)) - top + 1,
  };
}

function grow(seed: Saddle, saddles: readonly Saddle[]): Map<string, Saddle> {
  const cells = new Map<string, Saddle>([['0,0', seed]]);
  const used = new Set<Saddle>([seed]);
  const [first, second] = seed.edges;
  const right = neighbourAlong(seed, first, saddles);
  const below = neighbourAlong(seed, second, saddles);
  if (!right || !below) return cells;
  const queue = [{ saddle: seed, column: 0, row: 0, across: minus(right, seed), down: minus(below, seed) }];
  while (queue.length > 0) {
    const { saddle, column, row, across, down } = queue.shift()!;
    for (const [dc, dr] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      const key = `${column + dc},${row + dr}`;
      if (cells.has(key)) continue;
      const step = dc !== 0 ? across : down;
      const expected = plus(saddle, step, dc + dr);
      const found = nearest(expected, saddles, used, 0.35 * Math.hypot(step.x, step.y));
      if (!found || !changesPlaces(saddle, found)) continue;
      cells.set(key, found);
      used.add(found);
      const way = minus(found, saddle);
      const seen = { x: way.x * (dc + dr), y: way.y * (dc + dr) };
      queue.push({
        ...{ saddle: found, column: column + dc, row: row + dr },
        across: dc !== 0 ? seen : across,
        down: dr !== 0 ? seen : down,
      });
    }
  }
  return cells;
}

/** Bright squares lie across where they lay along, from one corner to the next. */
const changesPlaces = (one: Saddle, other: Saddle): boolean => Math.abs(dot(one.bright, other.bright)) < 0.75;

function neighbourAlong(from: Saddle, direction: Point, saddles: readonly Saddle[]): Saddle | undefined {
  let best: Saddle | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const saddle of saddles) {
    if (saddle === from || !changesPlaces(from, saddle) || saddle.strength < 0.1 * from.strength) continue;
    const way = minus(saddle, from);
    const distance = Math.hypot(way.x, way.y);
    // Within 15 degrees, either way.
    if (distance < least && Math.abs(dot(way, direction)) > 0.966 * distance) [least, best] = [distance, saddle];
  }
  if (!best) return undefined;
  return dot(minus(best, from), direction) > 0 ? best : { ...best, ...plus(from, minus(best, from), -1) };
}

function nearest(place: Point, saddles: readonly Saddle[], used: ReadonlySet<Saddle>, within: number) {
  let best: Saddle | undefined;
  let least = within;
  for (const saddle of saddles) {
    const distance = Math.hypot(saddle.x - place.x, saddle.y - place.y);
    if (distance < least && !used.has(saddle)) [least, best] = [distance, saddle];
  }
  return best;
}

/** Rows from the top left as the board lies in the picture, never mirrored. */
function inOrder(grid: Grid, columns: number, rows: number): Point[] | undefined {
  const at = (column: number, row: number) => grid.cells.get(`${grid.left + column},${grid.top + row}`);
  const turned = grid.columns !== columns;
  let read = turned ? (c: number, r: number) => at(r, c) : at;
  const way = (one?: Point, other?: Point) => minus(other ?? { x: 0, y: 0 }, one ?? { x: 0, y: 0 });
  const across = way(read(0, 0), read(columns - 1, 0));
  const down = way(read(0, 0), read(0, rows - 1));
  if (across.x * down.y - across.y * down.x < 0) {
    const before = read;
    read = (c, r) => before(c, rows - 1 - r);
  }
  // Of the two ways round that are left, the one whose first row runs to the right, or down.
  if (across.x < -1e-9 * Math.abs(across.y) || (across.x === 0 && across.y < 0)) {
    const before = read;
    read = (c, r) => before(columns - 1 - c, rows - 1 - r);
  }
  const corners: Point[] = [];
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const corner = read(column, row);
      if (!corner) return undefined;
      corners.push({ x: corner.x, y: corner.y });
    }
  return corners;
}

function spacing(corners: readonly Point[], at: number, columns: number, rows: number): number {
  const column = at % columns;
  const row = Math.floor(at / columns);
  const others: Point[] = [];
  if (column > 0) others.push(corners[at - 1]!);
  if (column < columns - 1) others.push(corners[at + 1]!);
  if (row > 0) others.push(corners[at - columns]!);
  if (row < rows - 1) others.push(corners[at + columns]!);
  return Math.min(...others.map((other) => distanceBetween(other, corners[at]!)));
}

/** The place where every gradient around is at right angles to the way to it. */
function refineCorner(plane: Plane, start: Point, reach: number): Point {
  const half = Math.min(Math.max(reach, 3), 12);
  let { x, y } = start;
  for (let step = 0; step < 20; step++) {
    let [xx, xy, yy, bx, by] = [0, 0, 0, 0, 0];
    const count = Math.ceil(half);
    for (let dy = -count; dy <= count; dy++)
      for (let dx = -count; dx <= count; dx++) {
        const [u, v] = [x + dx, y + dy];
        const gx = (sampleAt(plane, u + 1, v) - sampleAt(plane, u - 1, v)) / 2;
        const gy = (sampleAt(plane, u, v + 1) - sampleAt(plane, u, v - 1)) / 2;
        const weight = Math.exp((-2 * (dx * dx + dy * dy)) / (half * half));
        xx += weight * gx * gx;
        xy += weight * gx * gy;
        yy += weight * gy * gy;
        bx += weight * (gx * gx * dx + gx * gy * dy);
        by += weight * (gx * gy * dx + gy * gy * dy);
      }
    const determinant = xx * yy - xy * xy;
    if (!(determinant > 1e-12 * (xx + yy) ** 2)) break;
    const moveX = (yy * bx - xy * by) / determinant;
    const moveY = (xx * by - xy * bx) / determinant;
    x += moveX;
    y += moveY;
    if (Math.hypot(x - start.x, y - start.y) > half) return start;
    if (Math.hypot(moveX, moveY) < 1e-4) break;
  }
  return { x, y };
}
