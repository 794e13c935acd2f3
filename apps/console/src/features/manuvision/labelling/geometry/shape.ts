import { boxSpans, type Point, polygonSpans } from './rasterise.ts';
import { areaOf, type Box, boundsOf, clip, holds, type Spans, shift, stretch } from './spans.ts';

/** What is drawn on a picture, in its pixels as it is shown. */
export type Shape =
  | ({ readonly kind: 'box' } & Box)
  /** `points` are x and y in turn; at least three corners. */
  | { readonly kind: 'polygon'; readonly points: readonly number[] }
  | { readonly kind: 'mask'; readonly spans: Spans };

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Undefined of a mask of nothing. */
export function shapeBox(shape: Shape): Box | undefined {
  if (shape.kind === 'box') return shape;
  if (shape.kind === 'mask') return boundsOf(shape.spans);
  const xs = shape.points.filter((_, at) => at % 2 === 0);
  const ys = shape.points.filter((_, at) => at % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

export const shapeSpans = (shape: Shape): Spans =>
  shape.kind === 'mask' ? shape.spans : shape.kind === 'box' ? boxSpans(shape) : polygonSpans(shape.points);

export const shapeArea = (shape: Shape): number =>
  shape.kind === 'box' ? shape.width * shape.height : areaOf(shapeSpans(shape));

/** Between two corners, whole pixels, within the picture and at least one large. */
export function boxBetween([x1, y1]: Point, [x2, y2]: Point, { width, height }: Size): Box {
  const span = (a: number, b: number, limit: number): [number, number] => {
    const from = Math.min(limit - 1, Math.max(0, Math.round(Math.min(a, b))));
    return [from, Math.max(1, Math.min(limit, Math.round(Math.max(a, b))) - from)];
  };
  const [x, w] = span(x1, x2, width);
  const [y, h] = span(y1, y2, height);
  return { x, y, width: w, height: h };
}

const between = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
/** A tenth of a pixel is finer than anybody points. */
const tenth = (value: number) => Math.round(value * 10) / 10;

export const insidePicture = ([x, y]: Point, { width, height }: Size): Point => [
  tenth(between(x, 0, width)),
  tenth(between(y, 0, height)),
];

/** As far as it stays within the picture, by whole pixels. */
export function moveShape(shape: Shape, by: Point, size: Size): Shape {
  const box = shapeBox(shape);
  if (!box) return shape;
  const dx = Math.round(between(by[0], -box.x, size.width - box.width - box.x));
  const dy = Math.round(between(by[1], -box.y, size.height - box.height - box.y));
  if (shape.kind === 'box') return { ...shape, x: shape.x + dx, y: shape.y + dy };
  if (shape.kind === 'mask') return { kind: 'mask', spans: shift(shape.spans, dx, dy) };
  return { kind: 'polygon', points: shape.points.map((value, at) => tenth(value + (at % 2 === 0 ? dx : dy))) };
}

/** What can be taken hold of: sides and corners of the box around (each -1, 0 or 1 along x and y), or a corner of a polygon. */
export type Handle =
  | { readonly kind: 'side'; readonly h: -1 | 0 | 1; readonly v: -1 | 0 | 1; readonly at: Point }
  | { readonly kind: 'corner'; readonly index: number; readonly at: Point }
  /** The middle of a side of a polygon, where a corner can be put in after the one named. */
  | { readonly kind: 'middle'; readonly after: number; readonly at: Point };

const sides = [-1, 0, 1] as const;

export function handlesOf(shape: Shape): Handle[] {
  if (shape.kind === 'polygon') {
    const { points } = shape;
    const count = points.length / 2;
    const corner = (index: number): Point => [points[(index % count) * 2]!, points[(index % count) * 2 + 1]!];
    const corners = Array.from({ length: count }, (_, index): Handle => ({ kind: 'corner', index, at: corner(index) }));
    const middles = Array.from({ length: count }, (_, after): Handle => {
      const [[ax, ay], [bx, by]] = [corner(after), corner(after + 1)];
      return { kind: 'middle', after, at: [(ax + bx) / 2, (ay + by) / 2] };
    });
    return [...corners, ...middles];
  }
  const box = shapeBox(shape);
  if (!box) return [];
  return sides.flatMap((v) =>
    sides
      .filter((h) => h !== 0 || v !== 0)
      .map(
        (h): Handle => ({
          ...{ kind: 'side', h, v },
          at: [box.x + ((h + 1) / 2) * box.width, box.y + ((v + 1) / 2) * box.height],
        }),
      ),
  );
}

/** The handle within `reach` of a point; corners before middles. */
export function handleAt(shape: Shape, [x, y]: Point, reach: number): Handle | undefined {
  const near = handlesOf(shape).filter(({ at }) => Math.hypot(at[0] - x, at[1] - y) <= reach);
  return near.find(({ kind }) => kind !== 'middle') ?? near[0];
}

/** The shape with a handle taken to a point. */
export function dragHandle(shape: Shape, handle: Handle, to: Point, size: Size): Shape {
  if (shape.kind === 'polygon') {
    if (handle.kind === 'side') return shape;
    const at = insidePicture(to, size);
    return handle.kind === 'corner'
      ? { kind: 'polygon', points: shape.points.toSpliced(handle.index * 2, 2, ...at) }
      : { kind: 'polygon', points: shape.points.toSpliced((handle.after + 1) * 2, 0, ...at) };
  }
  const box = shapeBox(shape);
  if (!box || handle.kind !== 'side') return shape;
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const next = boxBetween(
    [handle.h === -1 ? to[0] : box.x, handle.v === -1 ? to[1] : box.y],
    [handle.h === 1 ? to[0] : right, handle.v === 1 ? to[1] : bottom],
    size,
  );
  if (shape.kind === 'box') return { kind: 'box', ...next };
  return { kind: 'mask', spans: clip(stretch(shape.spans, box, next), size) };
}

/** Without a corner; the same where three would not be left. */
export const withoutCorner = (shape: Shape, index: number): Shape =>
  shape.kind === 'polygon' && shape.points.length > 6
    ? { kind: 'polygon', points: shape.points.toSpliced(index * 2, 2) }
    : shape;

/** Whether a point is in a shape or within `reach` of the outline of a box or polygon. */
export function hits(shape: Shape, [x, y]: Point, reach: number): boolean {
  if (shape.kind === 'mask') return holds(shape.spans, x, y);
  const outline = shape.kind === 'polygon' ? shape.points : boxCorners(shape);
  let inside = false;
  for (let at = 0; at < outline.length; at += 2) {
    const [x1, y1] = [outline[at]!, outline[at + 1]!];
    const [x2, y2] = [outline[(at + 2) % outline.length]!, outline[(at + 3) % outline.length]!];
    if (distanceToSide([x, y], [x1, y1], [x2, y2]) <= reach) return true;
    if (y1 <= y !== y2 <= y && x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) > x) inside = !inside;
  }
  return inside;
}

const boxCorners = ({ x, y, width, height }: Box) => [x, y, x + width, y, x + width, y + height, x, y + height];

function distanceToSide([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = dx === 0 && dy === 0 ? 0 : between(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy), 0, 1);
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

/** The smallest shape under a point: what lies within another can be reached. */
export function topmostAt<T extends { readonly shape: Shape }>(
  all: readonly T[],
  at: Point,
  reach: number,
): T | undefined {
  return all.filter(({ shape }) => hits(shape, at, reach)).sort((a, b) => shapeArea(a.shape) - shapeArea(b.shape))[0];
}
