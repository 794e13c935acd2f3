import { convolve, type Kernel } from './convolve.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import type { Plane } from './picture.ts';

/** Unsharp mask: adds `amount` times what a Gaussian of the given deviation in pixels takes away. Not clipped. */
export function unsharpMask(plane: Plane, deviation: number, amount: number): Plane {
  const blurred = gaussianBlur(plane, deviation);
  const data = plane.data.map((value, at) => value + amount * (value - blurred.data[at]!));
  return { ...plane, data };
}

/**
 * Undoes a known blur of a picture of values 0 to 1 (Richardson 1972, Lucy 1974). Every round sharpens further and makes more
 * of the noise.
 */
export function richardsonLucy(plane: Plane, kernel: Kernel, rounds: number): Plane {
  const turned: Kernel = { size: kernel.size, weights: Float32Array.from(kernel.weights).reverse() };
  let estimate: Plane = { ...plane, data: plane.data.map((value) => Math.max(value, 1e-3)) };
  for (let round = 0; round < rounds; round++) {
    const seen = convolve(estimate, kernel);
    const ratio = { ...plane, data: seen.data.map((value, at) => plane.data[at]! / Math.max(value, 1e-3)) };
    const correction = convolve(ratio, turned);
    estimate = { ...plane, data: estimate.data.map((value, at) => value * correction.data[at]!) };
  }
  return estimate;
}
