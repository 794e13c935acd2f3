import { gaussianBlur } from '../gaussian-blur.ts';
import type { Plane } from '../picture.ts';
import { resizePlane } from '../resize.ts';
import { seededRandom } from '../seeded-random.ts';

/** Distance from a shape's border, below 0 inside; exact enough near the border is enough. */
export type SignedDistance = (x: number, y: number) => number;

export const circleShape =
  (cx: number, cy: number, radius: number): SignedDistance =>
  (x, y) =>
    Math.hypot(x - cx, y - cy) - radius;

/** A rectangle by its middle, whole sides and turn in degrees clockwise. */
export function rectangleShape(cx: number, cy: number, width: number, height: number, degrees = 0): SignedDistance {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return (x, y) => {
    const along = Math.abs((x - cx) * cos + (y - cy) * sin) - width / 2;
    const across = Math.abs((y - cy) * cos - (x - cx) * sin) - height / 2;
    return Math.max(along, across);
  };
}

export const union =
  (...shapes: readonly SignedDistance[]): SignedDistance =>
  (x, y) =>
    Math.min(...shapes.map((shape) => shape(x, y)));

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly shape: SignedDistance;
  readonly inside: number;
  readonly outside: number;
  /** Deviation of the lens's blur, pixels. */
  readonly blur?: number;
  /** Deviation of Gaussian noise of each pixel. */
  readonly noise?: number;
  readonly seed?: number;
}

/**
 * Draws a shape as a camera sees it: blurred by the lens, then each pixel the mean over its area, then noise. The blur is
 * computed on cells of a quarter of a pixel, so that it is not blurred by the pixel grid itself.
 */
export function drawShape({ width, height, shape, inside, outside, blur = 0, noise = 0, seed = 1 }: Drawing): Plane {
  const fine = 4;
  const [wide, high] = [width * fine, height * fine];
  const data = new Float32Array(wide * high);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++) {
      const [u, v] = [(x + 0.5) / fine - 0.5, (y + 0.5) / fine - 0.5];
      data[y * wide + x] = outside + (inside - outside) * covered(shape, u, v, 1 / fine);
    }
  const blurred = gaussianBlur({ width: wide, height: high, data }, blur * fine);
  return withNoise(resizePlane(blurred, width, height), noise, seed);
}

/** Share of a small square that a shape covers. */
function covered(shape: SignedDistance, x: number, y: number, side: number): number {
  const middle = shape(x, y);
  if (Math.abs(middle) > side) return middle < 0 ? 1 : 0;
  const parts = 4;
  let sum = 0;
  for (let v = 0; v < parts; v++)
    for (let u = 0; u < parts; u++) {
      const distance = shape(x + ((u + 0.5) / parts - 0.5) * side, y + ((v + 0.5) / parts - 0.5) * side);
      // Half of a cell that the border crosses, by its distance, so that the cells leave no grid of their own.
      sum += Math.min(Math.max(0.5 - (distance * parts) / side, 0), 1);
    }
  return sum / parts ** 2;
}

/** Adds Gaussian noise (Box and Muller 1958). */
export function withNoise(plane: Plane, deviation: number, seed = 1): Plane {
  if (!(deviation > 0)) return plane;
  const random = seededRandom(seed);
  const data = plane.data.map(
    (value) => value + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
  return { ...plane, data };
}
