import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { Plane } from './picture.ts';
import { resizePlane } from './resize.ts';
import type { Transform } from './warp.ts';

export interface Alignment {
  /** Maps each place of the reference to its place in the other picture. */
  readonly transform: Transform;
  /** Correlation coefficient of the two over what both show, -1 to 1. */
  readonly correlation: number;
}

export interface AlignOptions {
  /** Where to begin, for example by `phaseCorrelation`. */
  readonly start?: Transform;
  /** Longer side of the finest picture that is compared. */
  readonly detail?: number;
  readonly iterations?: number;
}

type Affine = [number, number, number, number, number, number];
const still: Affine = [1, 0, 0, 0, 1, 0];
const coarsest = 80;

/** A picture prepared to align many others to it: a pyramid with what the alignment needs of each level. */
export interface AlignReference {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly Level[];
}

interface Level {
  readonly plane: Plane;
  /** Of this level against the picture. */
  readonly scale: number;
  readonly gradientX: Float32Array;
  readonly gradientY: Float32Array;
}

/** @param detail longer side of the finest level */
export function alignReference(plane: Plane, detail = 320): AlignReference {
  const long = Math.max(plane.width, plane.height);
  const levels: Level[] = [];
  for (let size = Math.min(detail, long); ; size = size / 2) {
    const scale = size / long;
    const small = scaled(plane, scale);
    levels.unshift({ plane: small, scale: small.width / plane.width, ...gradients(small) });
    if (size / 2 < coarsest) break;
  }
  return { width: plane.width, height: plane.height, levels };
}

/**
 * Finds the affine transform that lays a picture on the reference, from coarse to fine: the inverse compositional algorithm
 * (Baker and Matthews 2004) on pictures whose brightness and contrast are taken out, which maximises the enhanced correlation
 * coefficient (Evangelidis and Psarakis 2008). It holds for what is off by a few per cent of the size and a few degrees.
 */
export function alignAffine(reference: AlignReference, picture: Plane, options: AlignOptions = {}): Alignment {
  const begin = options.start ?? [1, 0, 0, 0, 1, 0, 0, 0, 1];
  let affine: Affine = [begin[0], begin[1], begin[2], begin[3], begin[4], begin[5]];
  let correlation = -1;
  for (const level of reference.levels) {
    const other = scaled(picture, level.scale);
    let at: Affine = [affine[0], affine[1], affine[2] * level.scale, affine[3], affine[4], affine[5] * level.scale];
    ({ affine: at, correlation } = alignLevel(level, other, at, options.iterations ?? 12));
    affine = [at[0], at[1], at[2] / level.scale, at[3], at[4], at[5] / level.scale];
  }
  return { transform: [...affine, 0, 0, 1], correlation };
}

function scaled(plane: Plane, scale: number): Plane {
  if (scale === 1) return plane;
  return resizePlane(
    plane,
    Math.max(1, Math.round(plane.width * scale)),
    Math.max(1, Math.round(plane.height * scale)),
  );
}

function gradients({ width, height, data }: Plane): { gradientX: Float32Array; gradientY: Float32Array } {
  const gradientX = new Float32Array(data.length);
  const gradientY = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      gradientX[at] = (data[at + 1]! - data[at - 1]!) / 2;
      gradientY[at] = (data[at + width]! - data[at - width]!) / 2;
    }
  return { gradientX, gradientY };
}

function alignLevel(
  level: Level,
  picture: Plane,
  start: Affine,
  iterations: number,
): { affine: Affine; correlation: number } {
  let affine = start;
  let best = { affine: start, correlation: -2 };
  for (let round = 0; round <= iterations; round++) {
    const { correlation, step } = stepOf(level, picture, affine);
    if (correlation > best.correlation) best = { affine, correlation };
    if (!step || round === iterations) break;
    const next = compose(affine, inverted(step));
    const moved =
      Math.abs(step[2]) + Math.abs(step[5]) + (Math.abs(step[0] - 1) + Math.abs(step[4] - 1)) * picture.width;
    affine = next;
    if (moved < 0.01) break;
  }
  return best;
}

/** The correlation under a transform, and the affine step of the reference that would raise it; none where nothing can be told. */
function stepOf(
  { plane: { width, height, data }, gradientX, gradientY }: Level,
  picture: Plane,
  affine: Affine,
): { correlation: number; step: Affine | undefined } {
  const seen = new Float32Array(data.length);
  const inside = new Uint8Array(data.length);
  let [count, sumT, sumI, sumTT, sumII, sumTI] = [0, 0, 0, 0, 0, 0];
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const u = affine[0] * x + affine[1] * y + affine[2];
      const v = affine[3] * x + affine[4] * y + affine[5];
      if (u < 0 || v < 0 || u >= picture.width - 1 || v >= picture.height - 1) continue;
      const left = u | 0;
      const top = v | 0;
      const from = top * picture.width + left;
      const fx = u - left;
      const fy = v - top;
      const above = picture.data[from]! * (1 - fx) + picture.data[from + 1]! * fx;
      const below = picture.data[from + picture.width]! * (1 - fx) + picture.data[from + picture.width + 1]! * fx;
      const value = above * (1 - fy) + below * fy;
      const at = y * width + x;
      const wanted = data[at]!;
      seen[at] = value;
      inside[at] = 1;
      count++;
      sumT += wanted;
      sumI += value;
      sumTT += wanted * wanted;
      sumII += value * value;
      sumTI += wanted * value;
    }
  if (count < 16) return { correlation: -1, step: undefined };
  const meanT = sumT / count;
  const meanI = sumI / count;
  const deviationT = Math.sqrt(Math.max(sumTT / count - meanT * meanT, 0));
  const deviationI = Math.sqrt(Math.max(sumII / count - meanI * meanI, 0));
  if (deviationT < 1e-6 || deviationI < 1e-6) return { correlation: 0, step: undefined };
  const correlation = (sumTI / count - meanT * meanI) / (deviationT * deviationI);
  const gain = (deviationT / deviationI) * Math.max(correlation, 0.1);
  const hessian = new Float64Array(36);
  const right = new Float64Array(6);
  const row = new Float64Array(6);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      if (!inside[at]) continue;
      const gx = gradientX[at]!;
      const gy = gradientY[at]!;
      if (gx === 0 && gy === 0) continue;
      const error = (seen[at]! - meanI) * gain - (data[at]! - meanT);
      row[0] = gx * x;
      row[1] = gx * y;
      row[2] = gx;
      row[3] = gy * x;
      row[4] = gy * y;
      row[5] = gy;
      for (let a = 0; a < 6; a++) {
        right[a]! += row[a]! * error;
        for (let b = a; b < 6; b++) hessian[a * 6 + b]! += row[a]! * row[b]!;
      }
    }
  const delta = solveSymmetric(hessian, right);
  if (!delta) return { correlation, step: undefined };
  const step: Affine = [1 + delta[0]!, delta[1]!, delta[2]!, delta[3]!, 1 + delta[4]!, delta[5]!];
  return { correlation, step };
}

/** Six equations whose upper triangle is given; undefined where they do not determine it. */
function solveSymmetric(upper: Float64Array, right: Float64Array): number[] | undefined {
  const size = right.length;
  const rows = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) => upper[Math.min(a, b) * size + Math.max(a, b)]!),
  );
  const decomposition = new CholeskyDecomposition(new Matrix(rows));
  if (!decomposition.isPositiveDefinite()) return undefined;
  return decomposition.solve(Matrix.columnVector(right)).to1DArray();
}

/** First the inner transform, then the outer. */
function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + b * s, a * q + b * t, a * r + b * u + c, d * p + e * s, d * q + e * t, d * r + e * u + f];
}

function inverted([a, b, c, d, e, f]: Affine): Affine {
  const determinant = a * e - b * d;
  if (Math.abs(determinant) < 1e-9) return still;
  const [p, q, s, t] = [e / determinant, -b / determinant, -d / determinant, a / determinant];
  return [p, q, -(p * c + q * f), s, t, -(s * c + t * f)];
}
