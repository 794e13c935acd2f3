import type { Plane } from './picture.ts';

/** Mean and standard deviation of a square window around each pixel; the window is cut at the edge of the picture. */
export interface LocalStatistics {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** By summed areas, so that the window's size costs nothing. The window reaches `radius` pixels to each side. */
export function localStatistics({ width, height, data }: Plane, radius: number): LocalStatistics {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  const squares = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let [sum, square] = [0, 0];
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x]!;
      sum += value;
      square += value * value;
      const at = (y + 1) * stride + x + 1;
      sums[at] = sums[at - stride]! + sum;
      squares[at] = squares[at - stride]! + square;
    }
  }
  const mean = new Float32Array(width * height);
  const deviation = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.max(y - radius, 0) * stride;
    const bottom = Math.min(y + radius + 1, height) * stride;
    for (let x = 0; x < width; x++) {
      const left = Math.max(x - radius, 0);
      const right = Math.min(x + radius + 1, width);
      const count = ((bottom - top) / stride) * (right - left);
      const sum = sums[bottom + right]! - sums[bottom + left]! - sums[top + right]! + sums[top + left]!;
      const square = squares[bottom + right]! - squares[bottom + left]! - squares[top + right]! + squares[top + left]!;
      const average = sum / count;
      mean[y * width + x] = average;
      deviation[y * width + x] = Math.sqrt(Math.max(square / count - average * average, 0));
    }
  }
  return { mean, deviation };
}

export interface LocalThresholdOptions {
  /** `sauvola`: Sauvola and Pietikäinen 2000; `wolf`: Wolf and Jolion 2003, which stands low contrast better. */
  readonly method: 'sauvola' | 'wolf' | 'mean';
  /** The window reaches so many pixels to each side. */
  readonly radius: number;
  /** How far below the mean the threshold lies where there is little contrast; 0.2 to 0.5 are usual. */
  readonly k: number;
}

/** 0 where a pixel is darker than its surroundings ask for, else 1. */
export function localThreshold(plane: Plane, { method, radius, k }: LocalThresholdOptions): Plane {
  const { mean, deviation } = localStatistics(plane, radius);
  let [darkest, widest] = [1, 0];
  for (const value of plane.data) if (value < darkest) darkest = value;
  for (const value of deviation) if (value > widest) widest = value;
  const data = new Float32Array(plane.data.length);
  for (let at = 0; at < data.length; at++) {
    const average = mean[at]!;
    const threshold =
      method === 'sauvola'
        ? // Its dynamic range of the deviation is half of the range of brightness.
          average * (1 + k * (deviation[at]! / 0.5 - 1))
        : method === 'wolf'
          ? average - k * (1 - deviation[at]! / (widest || 1)) * (average - darkest)
          : average;
    data[at] = plane.data[at]! > threshold ? 1 : 0;
  }
  return { width: plane.width, height: plane.height, data };
}
