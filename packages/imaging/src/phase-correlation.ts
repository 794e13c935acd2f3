import { type ComplexPlane, powerOfTwoFrom, transformFourier } from './fourier.ts';
import type { Plane } from './picture.ts';

export interface Shift {
  /** Pixels; what lies at (x, y) of the first lies at (x + dx, y + dy) of the second. */
  readonly dx: number;
  readonly dy: number;
  /** Height of the peak: 1 for the same picture shifted around, near 0 for unlike ones. */
  readonly peak: number;
}

/**
 * How far the second plane, of the same size, is shifted against the first: phase correlation (Kuglin and Hines 1975) under a
 * Hann window, with the peak placed between pixels by its neighbours.
 */
export function phaseCorrelation(first: Plane, second: Plane): Shift {
  const a = windowed(first);
  const b = windowed(second);
  transformFourier(a);
  transformFourier(b);
  for (let at = 0; at < a.real.length; at++) {
    const re = b.real[at]! * a.real[at]! + b.imaginary[at]! * a.imaginary[at]!;
    const im = b.imaginary[at]! * a.real[at]! - b.real[at]! * a.imaginary[at]!;
    const length = Math.hypot(re, im) || 1;
    a.real[at] = re / length;
    a.imaginary[at] = im / length;
  }
  transformFourier(a, true);
  return peakOf(a);
}

/** Without its mean, under a Hann window, filled up with zeros to powers of two. */
function windowed({ width, height, data }: Plane): ComplexPlane {
  const to = { width: powerOfTwoFrom(width), height: powerOfTwoFrom(height) };
  const real = new Float64Array(to.width * to.height);
  let mean = 0;
  for (const value of data) mean += value / data.length;
  const hann = (length: number) =>
    Float64Array.from({ length }, (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / length));
  const across = hann(width);
  const down = hann(height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) real[y * to.width + x] = (data[y * width + x]! - mean) * across[x]! * down[y]!;
  return { ...to, real, imaginary: new Float64Array(real.length) };
}

function peakOf({ width, height, real }: ComplexPlane): Shift {
  let best = 0;
  for (let at = 1; at < real.length; at++) if (real[at]! > real[best]!) best = at;
  const x = best % width;
  const y = (best - x) / width;
  const value = (column: number, row: number) => real[((row + height) % height) * width + ((column + width) % width)]!;
  const signed = (at: number, size: number) => (at > size / 2 ? at - size : at);
  return {
    dx: signed(x, width) + vertex(value(x - 1, y), value(x, y), value(x + 1, y)),
    dy: signed(y, height) + vertex(value(x, y - 1), value(x, y), value(x, y + 1)),
    peak: real[best]!,
  };
}

/** Where a parabola through three neighbours has its top, from the middle one; at most half a pixel. */
function vertex(before: number, at: number, after: number): number {
  const bend = before - 2 * at + after;
  return bend < 0 ? Math.min(Math.max((before - after) / (2 * bend), -0.5), 0.5) : 0;
}
