import { Matrix, solve } from 'ml-matrix';
import type { Plane } from './picture.ts';

/** Light of one picture against another's: wanted = seen x (gain + gainX x + gainY y) + offset, with x and y from -1 to 1. */
export interface LightFit {
  readonly gain: number;
  readonly gainX: number;
  readonly gainY: number;
  readonly offset: number;
}

const same: LightFit = { gain: 1, gainX: 0, gainY: 0, offset: 0 };
const mostPixels = 12_000;

/**
 * How the light of a picture must be changed to look as in another that lies pixel on pixel: gain, its slope over the picture and
 * offset by least squares, three times, each time without what is off by more than 2.5 deviations, so that a defect or a missing
 * print does not count. The same light where the picture has no contrast to tell it by.
 */
export function fitLight(wanted: Plane, seen: Plane): LightFit {
  const { width, height } = wanted;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / mostPixels)));
  let fit = same;
  let limit = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const normal = new Float64Array(16);
    const right = new Float64Array(4);
    const row = Float64Array.of(0, 0, 0, 1);
    let [count, squares] = [0, 0];
    for (let y = 0; y < height; y += step)
      for (let x = 0; x < width; x += step) {
        const value = seen.data[y * width + x]!;
        const [u, v] = [centred(x, width), centred(y, height)];
        const error = wanted.data[y * width + x]! - lit(fit, value, u, v);
        if (Math.abs(error) > limit) continue;
        row[0] = value;
        row[1] = value * u;
        row[2] = value * v;
        for (let a = 0; a < 4; a++) {
          right[a]! += row[a]! * wanted.data[y * width + x]!;
          for (let b = 0; b < 4; b++) normal[a * 4 + b]! += row[a]! * row[b]!;
        }
        count++;
        squares += error * error;
      }
    if (count < 16) return fit;
    const next = solved(normal, right, count);
    if (!next) return fit;
    fit = next;
    // The first round's errors are those before any fit.
    limit =
      round === 0 ? Math.max(4 * Math.sqrt(squares / count), 0.1) : Math.max(2.5 * Math.sqrt(squares / count), 0.02);
  }
  return fit;
}

/** The plane under the fitted light. */
export function applyLight({ width, height, data }: Plane, fit: LightFit): Plane {
  const result = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      result[at] = lit(fit, data[at]!, centred(x, width), centred(y, height));
    }
  return { width, height, data: result };
}

const centred = (at: number, length: number): number => (2 * (at + 0.5)) / length - 1;

const lit = ({ gain, gainX, gainY, offset }: LightFit, value: number, u: number, v: number): number =>
  value * (gain + gainX * u + gainY * v) + offset;

/** Nothing where the numbers do not say it, or say a light that no camera has. */
function solved(normal: Float64Array, right: Float64Array, count: number): LightFit | undefined {
  // A faint pull towards the same light, so that a blank picture keeps it.
  const hold = 1e-4 * count;
  const matrix = new Matrix(
    Array.from({ length: 4 }, (_, a) => Array.from({ length: 4 }, (_, b) => normal[a * 4 + b]! + (a === b ? hold : 0))),
  );
  const [gain, gainX, gainY, offset] = solve(
    matrix,
    Matrix.columnVector([right[0]! + hold, ...right.slice(1)]),
  ).to1DArray();
  if (![gain, gainX, gainY, offset].every((value) => Number.isFinite(value))) return undefined;
  if (gain! < 0.4 || gain! > 2.5 || Math.abs(gainX!) + Math.abs(gainY!) > gain!) return undefined;
  return { gain: gain!, gainX: gainX!, gainY: gainY!, offset: offset! };
}
