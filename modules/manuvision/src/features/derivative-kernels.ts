/** Kernels of side x side numbers, rows from the top, as a convolution of a network takes them (correlation, not mirrored). */
export interface Kernels {
  readonly side: number;
  /** One after the other. */
  readonly values: Float32Array;
  readonly count: number;
}

/**
 * A Gaussian of the given deviation (pixels) and its first and second derivatives, normalised by the scale so that responses at
 * several scales can be compared (Lindeberg, 1998): g, gx, gy, gxx, gxy, gyy.
 */
export function derivativeKernels(deviation: number): Kernels {
  const radius = Math.ceil(deviation * 3);
  const places = Array.from({ length: radius * 2 + 1 }, (_, at) => at - radius);
  const raw = places.map((x) => Math.exp(-(x * x) / (2 * deviation ** 2)));
  const sum = raw.reduce((all, value) => all + value, 0);
  const smooth = raw.map((value) => value / sum);
  const variance = deviation ** 2;
  // Of a ramp of 1 a pixel the first derivative is 1; of x * x / 2 the second. Cut kernels are scaled to keep that exactly.
  const first = scaledTo(
    places.map((x, at) => (x / variance) * smooth[at]!),
    places,
    1,
  );
  const bend = places.map((x, at) => ((x * x) / variance - 1) * smooth[at]!);
  const mean = bend.reduce((all, value) => all + value, 0);
  const second = scaledTo(
    bend.map((value, at) => value - mean * smooth[at]!),
    places.map((x) => (x * x) / 2),
    1,
  );
  const pairs = [
    [smooth, smooth],
    [first.map((value) => value * deviation), smooth],
    [smooth, first.map((value) => value * deviation)],
    [second.map((value) => value * variance), smooth],
    [first.map((value) => value * deviation), first.map((value) => value * deviation)],
    [smooth, second.map((value) => value * variance)],
  ] as const;
  const side = places.length;
  const values = new Float32Array(pairs.length * side * side);
  for (const [kernel, [across, down]] of pairs.entries())
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) values[(kernel * side + y) * side + x] = across[x]! * down[y]!;
  return { side, values, count: pairs.length };
}

function scaledTo(kernel: readonly number[], signal: readonly number[], wanted: number): number[] {
  const response = kernel.reduce((all, value, at) => all + value * signal[at]!, 0);
  return kernel.map((value) => (value * wanted) / response);
}
