import type { Plane } from './picture.ts';

/**
 * Nearly a Gaussian of the given deviation in pixels, by three running means (Wells 1986), so that a wide one costs no more than
 * a narrow one; the edge is repeated outwards. Below a deviation of about one pixel take `gaussianBlur`.
 */
export function boxBlur(plane: Plane, deviation: number): Plane {
  // Three boxes of the width w have the variance (w² - 1) / 4.
  const width = Math.sqrt(4 * deviation * deviation + 1);
  const radius = Math.max(0, Math.round((width - 1) / 2));
  if (radius === 0) return plane;
  let result = plane;
  for (let pass = 0; pass < 3; pass++) result = meanOfRows(meanOfRows(result, radius), radius);
  return result;
}

/** Running mean along the rows; the result lies on its side, so that two of them stand upright again. */
function meanOfRows({ width, height, data }: Plane, radius: number): Plane {
  const result = new Float32Array(data.length);
  const scale = 1 / (radius * 2 + 1);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const last = start + width - 1;
    let sum = data[start]! * (radius + 1);
    for (let at = 1; at <= radius; at++) sum += data[Math.min(start + at, last)]!;
    for (let x = 0; x < width; x++) {
      result[x * height + y] = sum * scale;
      sum += data[Math.min(start + x + radius + 1, last)]! - data[Math.max(start + x - radius, start)]!;
    }
  }
  return { width: height, height: width, data: result };
}
