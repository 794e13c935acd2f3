import { type Plane, polygonArea, type Region } from '@millwright/imaging';
import type { DrawnRegion, Shape } from '../../labelling/region.ts';

export type MaskShape = Extract<Shape, { kind: 'mask' }>;

/** The smallest box around a shape, not rounded. */
export function boundsOf(shape: Shape): Region {
  if (shape.kind !== 'polygon') {
    const { x, y, width, height } = shape;
    return { x, y, width, height };
  }
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < shape.points.length; at += 2) {
    const [x, y] = [shape.points[at]!, shape.points[at + 1]!];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Square pixels. */
export function areaOf(shape: Shape): number {
  if (shape.kind === 'box') return shape.width * shape.height;
  if (shape.kind === 'mask') return shape.runs.reduce((sum, length, at) => (at % 2 === 1 ? sum + length : sum), 0);
  return polygonArea(cornersOf(shape.points)).area;
}

const cornersOf = (points: readonly number[]) =>
  Array.from({ length: points.length / 2 }, (_, at) => ({ x: points[2 * at]!, y: points[2 * at + 1]! }));

/** The pixels that a box touches, within the picture; undefined where that is none. */
export function wholePixels(box: Region, width: number, height: number): Region | undefined {
  const [x, y] = [Math.max(0, Math.floor(box.x + 1e-6)), Math.max(0, Math.floor(box.y + 1e-6))];
  const right = Math.min(width, Math.ceil(box.x + box.width - 1e-6));
  const bottom = Math.min(height, Math.ceil(box.y + box.height - 1e-6));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/**
 * A region as a picture can hold it: a box is cut at the picture's edges, corners of a polygon beyond them are moved onto them.
 * Undefined where nothing is left.
 */
export function regionWithin(region: DrawnRegion, width: number, height: number): DrawnRegion | undefined {
  const { shape } = region;
  const { x, y, width: wide, height: tall } = boundsOf(shape);
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const [right, bottom] = [Math.min(width, x + wide), Math.min(height, y + tall)];
  if (!(right > left && bottom > top)) return undefined;
  // A mask was held to the picture's size when it was read.
  if (shape.kind === 'mask' || (left === x && top === y && right === x + wide && bottom === y + tall)) return region;
  if (shape.kind === 'box')
    return { ...region, shape: { kind: 'box', x: left, y: top, width: right - left, height: bottom - top } };
  const points = shape.points.map((value, at) => Math.min(Math.max(value, 0), at % 2 === 0 ? width : height));
  return { ...region, shape: { kind: 'polygon', points } };
}

/** What is not 0 in a plane, as a mask; undefined where nothing is. */
export function maskOfPlane({
  width,
  height,
  data,
}: Pick<Plane, 'width' | 'height'> & { data: ArrayLike<number> }): MaskShape | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if (data[y * width + x]) {
        if (x < left) left = x;
        if (x > right) right = x;
        if (y < top) top = y;
        bottom = y;
      }
  if (right < 0) return undefined;
  const runs: number[] = [];
  let [inside, length] = [false, 0];
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      if (Boolean(data[y * width + x]) !== inside) {
        runs.push(length);
        [inside, length] = [!inside, 0];
      }
      length++;
    }
  runs.push(length);
  return { kind: 'mask', x: left, y: top, width: right - left + 1, height: bottom - top + 1, runs };
}
