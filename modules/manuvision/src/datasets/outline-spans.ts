/** Pixels of one row, `from` included and `to` not. */
export interface Span {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The pixels whose centre lies within an outline (even-odd rule), by rows, within a picture. Points are x and y in turn, in pixels, whose
 * centres lie at halves.
 */
export function* outlineSpans(points: readonly number[], width: number, height: number): Generator<Span> {
  const crossings = new Map<number, number[]>();
  for (let at = 0; at < points.length; at += 2) {
    const [x1, y1] = [points[at]!, points[at + 1]!];
    const next = (at + 2) % points.length;
    const [x2, y2] = [points[next]!, points[next + 1]!];
    const [first, end] = [Math.ceil(Math.min(y1, y2) - 0.5), Math.ceil(Math.max(y1, y2) - 0.5)];
    for (let y = Math.max(first, 0); y < Math.min(end, height); y++) {
      const row = crossings.get(y) ?? [];
      if (row.push(x1 + ((y + 0.5 - y1) / (y2 - y1)) * (x2 - x1)) === 1) crossings.set(y, row);
    }
  }
  for (const [y, row] of crossings) {
    row.sort((a, b) => a - b);
    for (let at = 0; at + 1 < row.length; at += 2) {
      const from = Math.max(0, Math.ceil(row[at]! - 0.5));
      const to = Math.min(width, Math.ceil(row[at + 1]! - 0.5));
      if (to > from) yield { y, from, to };
    }
  }
}
