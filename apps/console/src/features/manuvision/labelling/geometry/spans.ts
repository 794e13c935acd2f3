/**
 * Marked pixels, row by row: `rows[i]` belongs to row `top + i` and holds start and end (exclusive) in turn, in order,
 * neither overlapping nor touching. Small for any size of picture, and rows that do not change are shared between steps.
 */
export interface Spans {
  readonly top: number;
  readonly rows: readonly Row[];
}
export type Row = readonly number[];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const noSpans: Spans = { top: 0, rows: [] };
const emptyRow: Row = [];

export const rowAt = ({ top, rows }: Spans, y: number): Row => rows[y - top] ?? emptyRow;

/** What `keep` says of being in the one and in the other, along a row. */
function combineRows(a: Row, b: Row, keep: (inA: boolean, inB: boolean) => boolean): Row {
  const out: number[] = [];
  let [i, j] = [0, 0];
  let isIn = false;
  while (i < a.length || j < b.length) {
    const x = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    if (a[i] === x) i += 1;
    if (b[j] === x) j += 1;
    // After an odd number of ends one is within.
    const now = keep(i % 2 === 1, j % 2 === 1);
    if (now !== isIn) out.push(x);
    isIn = now;
  }
  return out;
}

const uniteRows = (a: Row, b: Row): Row =>
  a.length === 0 ? b : b.length === 0 ? a : combineRows(a, b, (inA, inB) => inA || inB);
const subtractRows = (a: Row, b: Row): Row =>
  a.length === 0 || b.length === 0 ? a : combineRows(a, b, (inA, inB) => inA && !inB);
const intersectRows = (a: Row, b: Row): Row =>
  a.length === 0 || b.length === 0 ? emptyRow : combineRows(a, b, (inA, inB) => inA && inB);

/** Without empty rows above and below. */
function trimmed(top: number, rows: readonly Row[]): Spans {
  let [from, to] = [0, rows.length];
  while (from < to && rows[from]!.length === 0) from += 1;
  while (to > from && rows[to - 1]!.length === 0) to -= 1;
  return from === to ? noSpans : { top: top + from, rows: rows.slice(from, to) };
}

export const spansFrom = (top: number, rows: readonly Row[]): Spans => trimmed(top, rows);

export function unite(a: Spans, b: Spans): Spans {
  if (a.rows.length === 0) return b;
  if (b.rows.length === 0) return a;
  const top = Math.min(a.top, b.top);
  const bottom = Math.max(a.top + a.rows.length, b.top + b.rows.length);
  return {
    top,
    rows: Array.from({ length: bottom - top }, (_, at) => uniteRows(rowAt(a, top + at), rowAt(b, top + at))),
  };
}

export const subtract = (a: Spans, b: Spans): Spans =>
  trimmed(
    a.top,
    a.rows.map((row, at) => subtractRows(row, rowAt(b, a.top + at))),
  );

/** What lies within a picture of this size. */
export function clip(spans: Spans, { width, height }: { width: number; height: number }): Spans {
  const inside = [0, width];
  return trimmed(
    spans.top,
    spans.rows.map((row, at) => {
      const y = spans.top + at;
      return y < 0 || y >= height ? emptyRow : intersectRows(row, inside);
    }),
  );
}

export const shift = ({ top, rows }: Spans, dx: number, dy: number): Spans => ({
  top: top + dy,
  rows: dx === 0 ? rows : rows.map((row) => row.map((x) => x + dx)),
});

/** The smallest box around; undefined of nothing. */
export function boundsOf({ top, rows }: Spans): Box | undefined {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    if (row.length === 0) continue;
    left = Math.min(left, row[0]!);
    right = Math.max(right, row.at(-1)!);
  }
  return right > left ? { x: left, y: top, width: right - left, height: rows.length } : undefined;
}

/** Number of pixels. */
export const areaOf = ({ rows }: Spans): number =>
  rows.reduce((sum, row) => sum + row.reduce((within, x, at) => within + (at % 2 === 0 ? -x : x), 0), 0);

export function holds(spans: Spans, x: number, y: number): boolean {
  const before = rowAt(spans, Math.floor(y)).filter((end) => end <= Math.floor(x)).length;
  return before % 2 === 1;
}

/** Every pixel made a square of `factor` by `factor`. */
export const enlarge = ({ top, rows }: Spans, factor: number): Spans =>
  factor === 1
    ? { top, rows }
    : {
        top: top * factor,
        rows: rows.flatMap((row) => {
          const wide = row.map((x) => x * factor);
          return Array.from({ length: factor }, () => wide);
        }),
      };

/** Stretched from one box to another, to the nearest pixel; what is there stays at least a pixel wide. */
export function stretch(spans: Spans, from: Box, to: Box): Spans {
  const [sx, sy] = [to.width / from.width, to.height / from.height];
  const rows = Array.from({ length: Math.max(1, Math.round(to.height)) }, (_, at) => {
    const row = rowAt(spans, from.y + Math.min(from.height - 1, Math.floor((at + 0.5) / sy)));
    let made: Row = emptyRow;
    for (let end = 0; end < row.length; end += 2) {
      const start = Math.round(to.x + (row[end]! - from.x) * sx);
      const stop = Math.max(start + 1, Math.round(to.x + (row[end + 1]! - from.x) * sx));
      made = uniteRows(made, [start, stop]);
    }
    return made;
  });
  return trimmed(Math.round(to.y), rows);
}
