import { type Picture, type Plane, type Transform, warp } from '@millwright/imaging';
import { circleShape, drawShape, rectangleShape, union, withNoise } from '@millwright/imaging/test-support';

export const size = 128;
const drawing = { width: size, height: size, inside: 0.75, outside: 0.15, blur: 0.8 };
/** A bracket with a hole, which looks like itself in one place and turn only. */
export const part = drawShape({
  ...drawing,
  shape: (x, y) =>
    Math.max(
      union(rectangleShape(64, 52, 60, 22), rectangleShape(45, 72, 22, 50))(x, y),
      -circleShape(82, 52, 6)(x, y),
    ),
});
/** Where the spoilt one is. */
export const spot = { x: 62, y: 52 };
export const spoilt: Plane = {
  ...part,
  data: part.data.map((value, at) =>
    Math.hypot((at % size) - spot.x, Math.floor(at / size) - spot.y) < 8 ? 0.15 : value,
  ),
};

/** Takes places of the picture to those of the drawing. */
export function moved(x: number, y: number, degrees: number): Transform {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const middle = (size - 1) / 2;
  return [
    ...[cos, sin, middle - cos * (middle + x) - sin * (middle + y)],
    ...[-sin, cos, middle + sin * (middle + x) - cos * (middle + y)],
    ...[0, 0, 1],
  ] as unknown as Transform;
}

/** The plane as a camera takes it. */
export function seen(plane: Plane, transform: Transform, seed: number): Picture {
  const { data } = withNoise(warp(plane, size, size, transform), 0.01, seed);
  const bytes = Uint8Array.from(data, (value) => Math.round(255 * Math.min(Math.max(value, 0), 1)));
  return { width: size, height: size, channels: 1, depth: 8, data: bytes };
}
