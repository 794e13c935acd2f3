/** A small grey picture, as every frame brings one. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Gradients of a picture, and what follows from its grey values. */
export interface LookFeatures {
  readonly width: number;
  readonly height: number;
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  /** Sum of the squared gradients. */
  readonly energy: number;
  readonly mean: number;
  readonly deviation: number;
  /** Share of pixels that are as good as black. */
  readonly dark: number;
  /** Means of large blocks: the picture without its detail. */
  readonly coarse: Float32Array;
}

const black = 32;
export const coarseColumns = 8;
export const coarseRows = 6;

/** Central differences; the grey values are smoothed by three first, so that noise of the sensor counts little. */
export function lookFeatures({ width, height, data }: GreyPicture): LookFeatures {
  const smooth = smoothed(data, width, height);
  const gx = new Float32Array(width * height);
  const gy = new Float32Array(width * height);
  let energy = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const dx = (smooth[at + 1]! - smooth[at - 1]!) / 2;
      const dy = (smooth[at + width]! - smooth[at - width]!) / 2;
      gx[at] = dx;
      gy[at] = dy;
      energy += dx * dx + dy * dy;
    }
  }
  return { width, height, gx, gy, energy, ...greyStatistics(data), coarse: coarseOf(data, width, height) };
}

function smoothed(data: Uint8Array, width: number, height: number): Float32Array {
  const rows = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      rows[at] = (data[at - (x > 0 ? 1 : 0)]! + 2 * data[at]! + data[at + (x < width - 1 ? 1 : 0)]!) / 4;
    }
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      out[at] = (rows[at - (y > 0 ? width : 0)]! + 2 * rows[at]! + rows[at + (y < height - 1 ? width : 0)]!) / 4;
    }
  return out;
}

function greyStatistics(data: Uint8Array): Pick<LookFeatures, 'mean' | 'deviation' | 'dark'> {
  let sum = 0;
  let squares = 0;
  let dark = 0;
  for (const value of data) {
    sum += value;
    squares += value * value;
    if (value < black) dark++;
  }
  const mean = sum / data.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / data.length - mean * mean)), dark: dark / data.length };
}

function coarseOf(data: Uint8Array, width: number, height: number): Float32Array {
  const sums = new Float32Array(coarseColumns * coarseRows);
  const counts = new Float32Array(coarseColumns * coarseRows);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const block = Math.floor((y * coarseRows) / height) * coarseColumns + Math.floor((x * coarseColumns) / width);
      sums[block]! += data[y * width + x]!;
      counts[block]!++;
    }
  return sums.map((sum, block) => sum / counts[block]!);
}

/**
 * Normalised correlation of two gradient fields, -1 to 1: the same edges at the same places. A change of brightness or
 * contrast does not alter it, another view does (gradient correlation; Tzimiropoulos, Argyriou, Zafeiriou, Stathaki,
 * Robust FFT-based scale-invariant image registration with image gradients, IEEE TPAMI 32(10), 2010).
 */
export function gradientCorrelation(
  a: Pick<LookFeatures, 'gx' | 'gy' | 'energy'>,
  b: Pick<LookFeatures, 'gx' | 'gy' | 'energy'>,
): number {
  let sum = 0;
  for (let at = 0; at < a.gx.length; at++) sum += a.gx[at]! * b.gx[at]! + a.gy[at]! * b.gy[at]!;
  return sum / Math.sqrt(a.energy * b.energy + 1e-9);
}

/** Correlation of two series, -1 to 1. */
export function correlation(a: Float32Array, b: Float32Array): number {
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let at = 0; at < a.length; at++) {
    const [da, db] = [a[at]! - ma, b[at]! - mb];
    both += da * db;
    squaresA += da * da;
    squaresB += db * db;
  }
  return both / Math.sqrt(squaresA * squaresB + 1e-9);
}
