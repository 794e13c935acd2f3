/** Complex numbers of a plane, rows from the top. */
export interface ComplexPlane {
  readonly width: number;
  readonly height: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * The discrete Fourier transform of a plane in place (Cooley and Tukey 1965, radix 2), without scaling; `inverse` divides by
 * the number of values. Width and height must be powers of two.
 */
export function transformFourier(plane: ComplexPlane, inverse = false): void {
  const { width, height, real, imaginary } = plane;
  const alongRows = plan(width);
  for (let y = 0; y < height; y++) transformLine(real, imaginary, y * width, 1, alongRows, inverse);
  const alongColumns = plan(height);
  for (let x = 0; x < width; x++) transformLine(real, imaginary, x, width, alongColumns, inverse);
  if (!inverse) return;
  const scale = 1 / (width * height);
  for (let at = 0; at < real.length; at++) {
    real[at]! *= scale;
    imaginary[at]! *= scale;
  }
}

/** The smallest power of two that is not below a number. */
export const powerOfTwoFrom = (number: number): number => 2 ** Math.ceil(Math.log2(Math.max(number, 1)));

interface Plan {
  readonly length: number;
  readonly reversed: Uint32Array;
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
}

function plan(length: number): Plan {
  const bits = Math.log2(length);
  const reversed = new Uint32Array(length);
  for (let at = 1; at < length; at++) reversed[at] = (reversed[at >> 1]! >> 1) | ((at & 1) << (bits - 1));
  const angles = Float64Array.from({ length: length >> 1 }, (_, at) => (-2 * Math.PI * at) / length);
  return { length, reversed, cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}

function transformLine(
  real: Float64Array,
  imaginary: Float64Array,
  start: number,
  stride: number,
  { length, reversed, cosines, sines }: Plan,
  inverse: boolean,
): void {
  const swap = (values: Float64Array, a: number, b: number) => {
    const kept = values[a]!;
    values[a] = values[b]!;
    values[b] = kept;
  };
  for (let at = 0; at < length; at++) {
    const other = reversed[at]!;
    if (other <= at) continue;
    swap(real, start + at * stride, start + other * stride);
    swap(imaginary, start + at * stride, start + other * stride);
  }
  const sign = inverse ? -1 : 1;
  for (let half = 1; half < length; half <<= 1) {
    const step = length / (half << 1);
    for (let block = 0; block < length; block += half << 1)
      for (let at = 0; at < half; at++) {
        const cosine = cosines[at * step]!;
        const sine = sines[at * step]! * sign;
        const upper = start + (block + at) * stride;
        const lower = upper + half * stride;
        const re = real[lower]! * cosine - imaginary[lower]! * sine;
        const im = real[lower]! * sine + imaginary[lower]! * cosine;
        real[lower] = real[upper]! - re;
        imaginary[lower] = imaginary[upper]! - im;
        real[upper]! += re;
        imaginary[upper]! += im;
      }
  }
}
