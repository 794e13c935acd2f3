import type { Box, Point } from './picture-stage.tsx';

/** A rectangle by its middle, turned by degrees clockwise; pixels of the picture. */
export interface Rectangle {
  readonly kind: 'rectangle';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

export interface Ring {
  readonly kind: 'ring';
  readonly x: number;
  readonly y: number;
  readonly inner: number;
  readonly outer: number;
}

export type Shape = Rectangle | Ring;

/** What is taken hold of to change a shape: its corners, the end that turns it, its two radii. */
export type Handle = 'nw' | 'ne' | 'se' | 'sw' | 'turn' | 'inner' | 'outer';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Smaller is no place. */
const least = 2;
/** Between the two radii, which measuring asks for. */
const leastBand = 5;

const corners = { nw: [-1, -1], ne: [1, -1], se: [1, 1], sw: [-1, 1] } as const;

const turned = ([x, y]: Point, degrees: number): Point => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [cos * x - sin * y, sin * x + cos * y];
};

export const rectangleOf = ({ x, y, width, height }: Box): Rectangle => ({
  ...{ kind: 'rectangle', x: x + width / 2, y: y + height / 2 },
  ...{ width, height, angle: 0 },
});

/** The box of a rectangle that is not turned, within the picture. */
export function boxOf({ x, y, width, height }: Rectangle, picture: Size): Box {
  const [left, top] = [Math.max(x - width / 2, 0), Math.max(y - height / 2, 0)];
  return {
    ...{ x: left, y: top },
    width: Math.min(x + width / 2, picture.width) - left,
    height: Math.min(y + height / 2, picture.height) - top,
  };
}

/** Where each handle of a shape lies. */
export function handlesOf(shape: Shape, mayTurn: boolean): readonly (readonly [Handle, Point])[] {
  const { x, y } = shape;
  if (shape.kind === 'ring')
    return [
      ['outer', [x + shape.outer, y]],
      ['inner', [x - shape.inner, y]],
    ];
  const at = ([u, v]: Point): Point => {
    const [dx, dy] = turned([(u * shape.width) / 2, (v * shape.height) / 2], shape.angle);
    return [x + dx, y + dy];
  };
  const ends = Object.entries(corners).map(([name, place]) => [name as Handle, at(place)] as const);
  return mayTurn ? [...ends, ['turn', at([1, 0])]] : ends;
}

/** Moved as far as the picture goes: all of it stays inside, or of what is turned and of rings the middle. */
export function movedBy(shape: Shape, [dx, dy]: Point, picture: Size): Shape {
  const isUpright = shape.kind === 'rectangle' && shape.angle === 0;
  const within = (value: number, reach: number, most: number) =>
    Math.min(Math.max(value, Math.min(reach, most / 2)), Math.max(most - reach, most / 2));
  return {
    ...shape,
    x: within(shape.x + dx, isUpright ? shape.width / 2 : 0, picture.width),
    y: within(shape.y + dy, isUpright ? shape.height / 2 : 0, picture.height),
  };
}

/** With one handle dragged to a place; the corner across from it stays where it is. */
export function draggedTo(shape: Shape, handle: Handle, [x, y]: Point): Shape {
  if (shape.kind === 'ring') {
    const radius = Math.hypot(x - shape.x, y - shape.y);
    return handle === 'outer'
      ? { ...shape, outer: Math.max(radius, shape.inner + leastBand) }
      : { ...shape, inner: Math.min(radius, Math.max(shape.outer - leastBand, 0)) };
  }
  if (handle === 'turn') {
    const angle = (Math.atan2(y - shape.y, x - shape.x) * 180) / Math.PI;
    return { ...shape, angle: Math.round(angle) };
  }
  const [right, down] = corners[handle as keyof typeof corners];
  const [u, v] = turned([x - shape.x, y - shape.y], -shape.angle);
  const width = Math.max(right * u + shape.width / 2, least);
  const height = Math.max(down * v + shape.height / 2, least);
  const [dx, dy] = turned([(right * (width - shape.width)) / 2, (down * (height - shape.height)) / 2], shape.angle);
  return { ...shape, x: shape.x + dx, y: shape.y + dy, width, height };
}

/** Larger or smaller by pixels on its right and lower side, or a ring's outer and inner radius. */
export function grownBy(shape: Shape, [across, down]: Point): Shape {
  if (shape.kind === 'ring') {
    const outer = Math.max(shape.outer + across, shape.inner + leastBand);
    return { ...shape, outer, inner: Math.min(Math.max(shape.inner + down, 0), outer - leastBand) };
  }
  const [, [x, y]] = handlesOf(shape, false).find(([name]) => name === 'se')!;
  const [dx, dy] = turned([across, down], shape.angle);
  return draggedTo(shape, 'se', [x + dx, y + dy]);
}

export const turnedBy = (shape: Shape, degrees: number): Shape =>
  shape.kind === 'ring' ? shape : { ...shape, angle: ((shape.angle + degrees + 540) % 360) - 180 };
