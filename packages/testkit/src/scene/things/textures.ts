import { uniform } from '../../simulator/model/noise.ts';
import { type Colour, shade } from '../render/vector.ts';

/** Smooth noise over a plane, 0 to 1. */
export function plainNoise(seed: number, x: number, y: number): number {
  const [cellX, cellY] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - cellX, y - cellY];
  const [sx, sy] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
  const at = (cx: number, cy: number) => uniform(seed, cx * 7919 + cy * 104_729);
  const top = at(cellX, cellY) + (at(cellX + 1, cellY) - at(cellX, cellY)) * sx;
  const bottom = at(cellX, cellY + 1) + (at(cellX + 1, cellY + 1) - at(cellX, cellY + 1)) * sx;
  return top + (bottom - top) * sy;
}

/** Worn concrete or asphalt; x and z in metres. */
export function worn(seed: number, base: Colour, x: number, z: number): Colour {
  const stains = plainNoise(seed, x * 0.6, z * 0.6) * 0.5 + plainNoise(seed + 1, x * 2.7, z * 2.7) * 0.3;
  return shade(base, 0.86 + 0.2 * stains + 0.06 * plainNoise(seed + 2, x * 14, z * 14));
}

/** Sheet metal in upright folds; `x` in metres. */
export function corrugated(base: Colour, x: number): Colour {
  return shade(base, 0.93 + 0.07 * Math.sin(x * 21));
}
