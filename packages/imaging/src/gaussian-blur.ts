import type { Plane } from './picture.ts';

/** Blurs with a Gaussian of the given deviation in pixels, cut at three of them; the edge is repeated outwards. */
export function gaussianBlur(plane: Plane, deviation: number): Plane {
  if (!(deviation > 0)) return plane;
  const kernel = gaussianKernel(deviation);
  return down(across(plane, kernel), kernel);
}

function gaussianKernel(deviation: number): Float64Array {
  const radius = Math.ceil(deviation * 3);
  const kernel = new Float64Array(radius * 2 + 1);
  let sum = 0;
  for (let at = -radius; at <= radius; at++) sum += kernel[at + radius] = Math.exp(-(at * at) / (2 * deviation ** 2));
  return kernel.map((weight) => weight / sum);
}

function across({ width, height, data }: Plane, kernel: Float64Array): Plane {
  const radius = (kernel.length - 1) / 2;
  const result = new Float32Array(data.length);
  const row = new Float32Array(width + radius * 2);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    row.set(data.subarray(start, start + width), radius);
    row.fill(data[start]!, 0, radius);
    row.fill(data[start + width - 1]!, radius + width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let at = 0; at < kernel.length; at++) sum += row[x + at]! * kernel[at]!;
      result[start + x] = sum;
    }
  }
  return { width, height, data: result };
}

function down({ width, height, data }: Plane, kernel: Float64Array): Plane {
  const radius = (kernel.length - 1) / 2;
  const result = new Float32Array(data.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let at = 0; at < kernel.length; at++) {
      const from = Math.min(Math.max(y + at - radius, 0), height - 1) * width;
      const weight = kernel[at]!;
      for (let x = 0; x < width; x++) sums[x]! += data[from + x]! * weight;
    }
    result.set(sums, y * width);
  }
  return { width, height, data: result };
}
