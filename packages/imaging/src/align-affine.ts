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
  readonly iterations?: number;
}

/** What may change between two pictures: the place alone, place and turn, or also size and shear. */
export type Motion = 'shift' | 'rigid' | 'affine';

type Affine = [number, number, number, number, number, number];
const still: Affine = [1, 0, 0, 0, 1, 0];
const coarsest = 80;
const usualDetail = 320;

/** A picture at several sizes, the smallest first. */
export interface Pyramid {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly PyramidLevel[];
}

export interface PyramidLevel {
  readonly plane: Plane;
  /** Of this level against the picture. */
  readonly scale: number;
}

/** A picture prepared to align many others to it: a pyramid with what the alignment needs of each level. */
export interface AlignReference extends Pyramid {
  readonly motion: Motion;
  readonly levels: readonly ReferenceLevel[];
}

interface ReferenceLevel extends PyramidLevel {
  /** Places with a gradient, and it. */
  readonly edges: Uint32Array;
  readonly gradientX: Float32Array;
  readonly gradientY: Float32Array;
  /** Of the motion's parameters; undefined where the picture does not determine them. */
  readonly hessian: CholeskyDecomposition | undefined;
}

/** @param detail longer side of the finest level */
export function pyramidOf(plane: Plane, detail = usualDetail): Pyramid {
  const long = Math.max(plane.width, plane.height);
  const levels: PyramidLevel[] = [];
  let finer = plane;
  for (let size = Math.min(detail, long); ; size = size / 2) {
    const scale = size / long;
    const [width, height] = [plane.width, plane.height].map((side) => Math.max(1, Math.round(side * scale)));
    if (width !== finer.width || height !== finer.height) finer = resizePlane(finer, width!, height!);
    levels.unshift({ plane: finer, scale });
    if (size / 2 < coarsest) break;
  }
  return { width: plane.width, height: plane.height, levels };
}

/**
 * @param detail longer side of the finest level
 * @param motion what is looked for; the fewer, the less noise and defects bend it
 */
export function alignReference(plane: Plane, detail = usualDetail, motion: Motion = 'affine'): AlignReference {
  const { width, height, levels } = pyramidOf(plane, detail);
  return { width, height, motion, levels: levels.map((level) => ({ ...level, ...gradients(level.plane, motion) })) };
}

/** How the six numbers of an affine step change with the parameters of a motion, one a column; undefined where they are the parameters. */
const changes: Readonly<Record<Motion, Matrix | undefined>> = {
  shift: new Matrix([
    [0, 0],
    [0, 0],
    [1, 0],
    [0, 0],
    [0, 0],
    [0, 1],
  ]),
  rigid: new Matrix([
    [0, 0, 0],
    [-1, 0, 0],
    [0, 1, 0],
    [1, 0, 0],
    [0, 0, 0],
    [0, 0, 1],
  ]),
  affine: undefined,
};

/**
 * Finds the affine transform (or less, as the reference says) that lays a picture on the reference, from coarse to fine: the inverse compositional algorithm
 * (Baker and Matthews 2004) on pictures whose brightness and contrast are taken out, which maximises the enhanced correlation
 * coefficient (Evangelidis and Psarakis 2008). It holds for what is off by a few per cent of the size and a few degrees.
 *
 * @param picture of as many levels as the reference has, made with the same detail
 */
export function alignAffine(reference: AlignReference, picture: Pyramid, options: AlignOptions = {}): Alignment {
  const begin = options.start ?? [1, 0, 0, 0, 1, 0, 0, 0, 1];
  let affine: Affine = [begin[0], begin[1], begin[2], begin[3], begin[4], begin[5]];
  let correlation = -1;
  const shared = Math.min(reference.levels.length, picture.levels.length);
  for (let at = shared; at > 0; at--) {
    const [level, other] = [reference.levels.at(-at)!, picture.levels.at(-at)!];
    const scaled = betweenLevels(affine, level.scale, other.scale);
    const found = alignLevel(level, reference.motion, other.plane, scaled, options.iterations ?? 10);
    correlation = found.correlation;
    affine = betweenLevels(found.affine, 1 / level.scale, 1 / other.scale);
  }
  return { transform: [...affine, 0, 0, 1], correlation };
}

/** The same transform between two pictures that were both scaled. */
function betweenLevels([a, b, c, d, e, f]: Affine, from: number, to: number): Affine {
  const ratio = to / from;
  return [a * ratio, b * ratio, c * to, d * ratio, e * ratio, f * to];
}

function gradients({ width, height, data }: Plane, motion: Motion): Omit<ReferenceLevel, keyof PyramidLevel> {
  const edges = new Uint32Array(data.length);
  const [across, down] = [new Float32Array(data.length), new Float32Array(data.length)];
  const row = new Float64Array(6);
  let count = 0;
  const upper = new Float64Array(36);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const gx = (data[at + 1]! - data[at - 1]!) / 2;
      const gy = (data[at + width]! - data[at - width]!) / 2;
      if (gx === 0 && gy === 0) continue;
      edges[count] = at;
      across[count] = gx;
      down[count] = gy;
      count++;
      row[0] = gx * x;
      row[1] = gx * y;
      row[2] = gx;
      row[3] = gy * x;
      row[4] = gy * y;
      row[5] = gy;
      for (let a = 0; a < 6; a++) for (let b = a; b < 6; b++) upper[a * 6 + b]! += row[a]! * row[b]!;
    }
  const rows = Array.from({ length: 6 }, (_, a) =>
    Array.from({ length: 6 }, (_, b) => upper[Math.min(a, b) * 6 + Math.max(a, b)]!),
  );
  const own = changes[motion];
  const whole = new Matrix(rows);
  const decomposition = new CholeskyDecomposition(own ? own.transpose().mmul(whole).mmul(own) : whole);
  return {
    ...{ edges: edges.slice(0, count), gradientX: across.slice(0, count), gradientY: down.slice(0, count) },
    hessian: decomposition.isPositiveDefinite() ? decomposition : undefined,
  };
}

function alignLevel(
  level: ReferenceLevel,
  motion: Motion,
  picture: Plane,
  start: Affine,
  iterations: number,
): { affine: Affine; correlation: number } {
  let affine = start;
  let best = { affine: start, correlation: -2 };
  for (let round = 0; round <= iterations; round++) {
    const { correlation, step } = stepOf(level, motion, picture, affine);
    if (correlation > best.correlation) best = { affine, correlation };
    if (!step || round === iterations) break;
    const next = compose(affine, inverted(step));
    const moved =
      Math.abs(step[2]) + Math.abs(step[5]) + (Math.abs(step[0] - 1) + Math.abs(step[4] - 1)) * picture.width;
    affine = next;
    if (moved < 0.02) break;
  }
  return best;
}

/** The correlation under a transform, and the affine step of the reference that would raise it; none where nothing can be told. */
function stepOf(
  { plane: { width, height, data }, edges, gradientX, gradientY, hessian }: ReferenceLevel,
  motion: Motion,
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
  if (!hessian) return { correlation, step: undefined };
  const right = new Float64Array(6);
  for (let edge = 0; edge < edges.length; edge++) {
    const at = edges[edge]!;
    if (!inside[at]) continue;
    const x = at % width;
    const y = (at - x) / width;
    const error = (seen[at]! - meanI) * gain - (data[at]! - meanT);
    const across = gradientX[edge]! * error;
    const down = gradientY[edge]! * error;
    right[0]! += across * x;
    right[1]! += across * y;
    right[2]! += across;
    right[3]! += down * x;
    right[4]! += down * y;
    right[5]! += down;
  }
  return { correlation, step: stepBy(hessian, motion, Matrix.columnVector(right)) };
}

function stepBy(hessian: CholeskyDecomposition, motion: Motion, right: Matrix): Affine {
  const own = changes[motion];
  const [a, b, c, d, e, f] = (
    own ? own.mmul(hessian.solve(own.transpose().mmul(right))) : hessian.solve(right)
  ).to1DArray() as Affine;
  // To first order a turn also makes larger.
  if (motion === 'rigid') return [Math.cos(d), -Math.sin(d), c, Math.sin(d), Math.cos(d), f];
  return [1 + a, b, c, d, 1 + e, f];
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
