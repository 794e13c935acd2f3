import type { Plane } from './picture.ts';

/** Weights around a pixel: size x size of them, an odd size, rows from the top. */
export interface Kernel {
  readonly size: number;
  readonly weights: Float32Array;
}

/** Weighted sum around each pixel (the kernel turned by 180 degrees, as a convolution wants); the edge is repeated outwards. */
export function convolve({ width, height, data }: Plane, { size, weights }: Kernel): Plane {
  const radius = (size - 1) / 2;
  const result = new Float32Array(width * height);
  for (let ky = 0; ky < size; ky++)
    for (let kx = 0; kx < size; kx++) {
      const weight = weights[ky * size + kx]!;
      if (weight === 0) continue;
      const dx = radius - kx;
      const dy = radius - ky;
      // Columns whose neighbour lies inside need no clamp.
      const from = Math.min(width, Math.max(0, -dx));
      const to = Math.max(from, Math.min(width, width - dx));
      for (let y = 0; y < height; y++) {
        const row = Math.min(Math.max(y + dy, 0), height - 1) * width;
        const start = y * width;
        const [first, last] = [data[row]! * weight, data[row + width - 1]! * weight];
        for (let x = 0; x < from; x++) result[start + x]! += first;
        for (let x = from; x < to; x++) result[start + x]! += data[row + x + dx]! * weight;
        for (let x = to; x < width; x++) result[start + x]! += last;
      }
    }
  return { width, height, data: result };
}

/** A line of the given length in pixels and direction in radians (0 along the rows): motion while the shutter is open. */
export function lineKernel(length: number, direction: number): Kernel {
  const half = Math.max(length - 1, 0) / 2;
  return drawn(Math.ceil(half + 0.5), (add) => {
    const steps = Math.max(1, Math.ceil(length * 8));
    for (let step = 0; step < steps; step++) {
      const way = steps === 1 ? 0 : (step / (steps - 1) - 0.5) * 2 * half;
      add(Math.cos(direction) * way, Math.sin(direction) * way);
    }
  });
}

/** A disc of the given radius in pixels: a point out of focus. */
export function discKernel(radius: number): Kernel {
  return drawn(Math.ceil(radius + 0.5), (add) => {
    const step = 1 / 8;
    for (let y = -radius; y <= radius; y += step)
      for (let x = -radius; x <= radius; x += step) if (x * x + y * y <= radius * radius) add(x, y);
  });
}

/** A kernel of sum 1 from points, each shared among the four pixels around it. */
function drawn(radius: number, draw: (add: (x: number, y: number) => void) => void): Kernel {
  const size = radius * 2 + 1;
  const weights = new Float32Array(size * size);
  let sum = 0;
  draw((x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    for (const [column, row, share] of [
      [left, top, (1 - (x - left)) * (1 - (y - top))],
      [left + 1, top, (x - left) * (1 - (y - top))],
      [left, top + 1, (1 - (x - left)) * (y - top)],
      [left + 1, top + 1, (x - left) * (y - top)],
    ] as const) {
      if (share <= 0 || Math.abs(column) > radius || Math.abs(row) > radius) continue;
      weights[(row + radius) * size + column + radius]! += share;
      sum += share;
    }
  });
  return { size, weights: weights.map((weight) => weight / sum) };
}
