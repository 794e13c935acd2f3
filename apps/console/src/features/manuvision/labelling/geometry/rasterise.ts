import { type Box, type Row, type Spans, spansFrom } from './spans.ts';

export type Point = readonly [x: number, y: number];

/** First and last pixel (exclusive) whose middles lie between. */
const pixels = (from: number, to: number): [number, number] => [
  // Not -0.
  Math.ceil(from - 0.5) + 0,
  Math.floor(to - 0.5) + 1,
];

export const boxSpans = ({ x, y, width, height }: Box): Spans => {
  const [left, right] = pixels(x, x + width);
  const [top, bottom] = pixels(y, y + height);
  return right > left
    ? spansFrom(
        top,
        Array.from({ length: Math.max(0, bottom - top) }, () => [left, right]),
      )
    : spansFrom(0, []);
};

/** Pixels whose middles lie within, by the even-odd rule; `points` are x and y in turn. */
export function polygonSpans(points: readonly number[]): Spans {
  const ys = points.filter((_, at) => at % 2 === 1);
  const [top, bottom] = pixels(Math.min(...ys), Math.max(...ys));
  const rows = Array.from({ length: Math.max(0, bottom - top) }, (_, at): Row => {
    const crossings = crossingsAt(points, top + at + 0.5);
    const row: number[] = [];
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const [start, stop] = pixels(crossings[pair]!, crossings[pair + 1]!);
      if (stop <= start) continue;
      if (row.length > 0 && row.at(-1)! >= start) row[row.length - 1] = stop;
      else row.push(start, stop);
    }
    return row;
  });
  return spansFrom(top, rows);
}

/** Where the outline meets a level line, from left to right. */
function crossingsAt(points: readonly number[], level: number): number[] {
  const found: number[] = [];
  for (let at = 0; at < points.length; at += 2) {
    const [x1, y1] = [points[at]!, points[at + 1]!];
    const [x2, y2] = [points[(at + 2) % points.length]!, points[(at + 3) % points.length]!];
    if (y1 <= level !== y2 <= level) found.push(x1 + ((level - y1) / (y2 - y1)) * (x2 - x1));
  }
  return found.sort((a, b) => a - b);
}

/** What a round brush covers on a straight way; at least the pixels under both ends. */
export function strokeSpans([x1, y1]: Point, [x2, y2]: Point, radius: number): Spans {
  const [top, bottom] = pixels(Math.min(y1, y2) - radius, Math.max(y1, y2) + radius);
  const from = Math.min(top, Math.floor(y1), Math.floor(y2));
  const to = Math.max(bottom, Math.floor(y1) + 1, Math.floor(y2) + 1);
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [nx, ny] = length > 0 ? [(-(y2 - y1) / length) * radius, ((x2 - x1) / length) * radius] : [0, 0];
  const sides = [x1 + nx, y1 + ny, x2 + nx, y2 + ny, x2 - nx, y2 - ny, x1 - nx, y1 - ny];
  const rows = Array.from({ length: to - from }, (_, at): Row => {
    const y = from + at;
    // The way is convex, so a row meets it in one piece.
    const ends = length > 0 ? crossingsAt(sides, y + 0.5) : [];
    for (const [cx, cy] of [
      [x1, y1],
      [x2, y2],
    ] as const) {
      const half = radius ** 2 - (y + 0.5 - cy) ** 2;
      if (half >= 0) ends.push(cx - Math.sqrt(half), cx + Math.sqrt(half));
      if (Math.floor(cy) === y) ends.push(Math.floor(cx) + 0.5);
    }
    if (ends.length === 0) return [];
    const [start, stop] = pixels(Math.min(...ends), Math.max(...ends));
    return stop > start ? [start, stop] : [];
  });
  return spansFrom(from, rows);
}
