import type { Drawn } from '../types.ts';

/** A line is open, a zone closed. Points in fractions of the picture. */
export interface Shape {
  readonly points: readonly Drawn[];
  readonly isZone: boolean;
}

/** So few points a shape must keep. */
export const leastPoints = (isZone: boolean): number => (isZone ? 3 : 2);

/** Finer than a pixel of any camera, and short in a rules file. */
const grid = 10_000;
const bounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * grid) / grid;
export const insidePicture = (x: number, y: number): Drawn => [bounded(x), bounded(y)];

export const movePoint = ({ points }: Shape, index: number, to: Drawn): Drawn[] =>
  points.map((point, at) => (at === index ? insidePicture(...to) : point));

/** All points by the same way, as far as none leaves the picture. */
export function moveAll({ points }: Shape, by: Drawn): Drawn[] {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const dx = Math.min(1 - Math.max(...xs), Math.max(-Math.min(...xs), by[0]));
  const dy = Math.min(1 - Math.max(...ys), Math.max(-Math.min(...ys), by[1]));
  return points.map(([x, y]) => insidePicture(x + dx, y + dy));
}

/** Middles between neighbours, where a point can be put in; `after` is the index of the first of the two. */
export function middlesOf({ points, isZone }: Shape): { after: number; at: Drawn }[] {
  const last = isZone ? points.length : points.length - 1;
  return Array.from({ length: Math.max(0, last) }, (_, after) => {
    const [a, b] = [points[after]!, points[(after + 1) % points.length]!];
    return { after, at: insidePicture((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) };
  });
}

export const insertPoint = ({ points }: Shape, after: number, at: Drawn): Drawn[] => points.toSpliced(after + 1, 0, at);

/** The same points where one less would be too few. */
export const removePoint = (shape: Shape, index: number): readonly Drawn[] =>
  shape.points.length > leastPoints(shape.isZone) ? shape.points.toSpliced(index, 1) : shape.points;

export interface Arrow {
  readonly from: Drawn;
  readonly to: Drawn;
}

/**
 * From the middle of a line to its right or left hand, seen along it from the first point to the last; square to the
 * line as it is seen, so the picture's width over its height counts.
 */
export function sideArrow(points: readonly Drawn[], side: 'right' | 'left', ratio: number, length = 0.07): Arrow {
  const lengths = points.slice(1).map((b, index) => {
    const a = points[index]!;
    return Math.hypot((b[0] - a[0]) * ratio, b[1] - a[1]);
  });
  let rest = lengths.reduce((sum, each) => sum + each, 0) / 2;
  let segment = 0;
  while (segment < lengths.length - 1 && rest > lengths[segment]!) rest -= lengths[segment++]!;
  const [a, b] = [points[segment]!, points[segment + 1] ?? points[segment]!];
  const whole = lengths[segment] || 1;
  const from: Drawn = [a[0] + ((b[0] - a[0]) * rest) / whole, a[1] + ((b[1] - a[1]) * rest) / whole];
  // Downwards is positive, so the right hand of (dx, dy) is (-dy, dx).
  const turn = side === 'right' ? 1 : -1;
  const [dx, dy] = [((b[0] - a[0]) * ratio) / whole, (b[1] - a[1]) / whole];
  return { from, to: [from[0] + (turn * -dy * length) / ratio, from[1] + turn * dx * length] };
}
