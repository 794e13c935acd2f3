import type { Plane } from './picture.ts';

/** Resizes by the mean of what each new pixel covers (area averaging); bilinear where it grows. */
export function resizePlane({ width, height, data }: Plane, toWidth: number, toHeight: number): Plane {
  const columns = spans(width, toWidth);
  const rows = spans(height, toHeight);
  const between = new Float32Array(toWidth * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < toWidth; x++) {
      const { first, weights } = columns[x]!;
      let sum = 0;
      for (let at = 0; at < weights.length; at++) sum += data[y * width + first + at]! * weights[at]!;
      between[y * toWidth + x] = sum;
    }
  const result = new Float32Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y++) {
    const { first, weights } = rows[y]!;
    for (let at = 0; at < weights.length; at++)
      for (let x = 0; x < toWidth; x++) result[y * toWidth + x]! += between[(first + at) * toWidth + x]! * weights[at]!;
  }
  return { width: toWidth, height: toHeight, data: result };
}

/** For each new pixel the old ones that it is made of, with their weights. */
function spans(from: number, to: number): { first: number; weights: number[] }[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, at) => {
    if (scale <= 1) {
      const centre = Math.min(Math.max((at + 0.5) * scale - 0.5, 0), from - 1);
      const first = Math.min(Math.floor(centre), Math.max(from - 2, 0));
      const part = centre - first;
      return { first, weights: from === 1 ? [1] : [1 - part, part] };
    }
    const start = at * scale;
    const end = Math.min(start + scale, from);
    const first = Math.floor(start);
    const weights: number[] = [];
    for (let old = first; old < end; old++) weights.push((Math.min(old + 1, end) - Math.max(old, start)) / scale);
    return { first, weights };
  });
}
