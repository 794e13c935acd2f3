import { seededRandom } from './seeded-random.ts';

export interface RobustOptions {
  readonly seed?: number;
  /** Residual that is never taken for an outlier; the places of edges are not known better than this. */
  readonly floor?: number;
}

export interface Inliers {
  readonly inliers: readonly number[];
  /** Robust deviation of the residuals of the model found by drawing. */
  readonly deviation: number;
}

/**
 * Parts observations that follow a model from those that do not: least median of squares over drawn minimal samples
 * (Rousseeuw 1984), then all within 2.5 robust deviations (Rousseeuw and Leroy 1987, p. 202). It needs no tolerance and
 * stands while fewer than half are wrong.
 */
export function robustInliers<Model>(
  count: number,
  sample: number,
  modelOf: (indices: readonly number[]) => Model | undefined,
  residualOf: (model: Model, index: number) => number,
  { seed = 1, floor = 0.05 }: RobustOptions = {},
): Inliers | undefined {
  const random = seededRandom(seed);
  const residuals = new Float64Array(count);
  let best: Model | undefined;
  let least = Number.POSITIVE_INFINITY;
  // 60 draws of 3 find one of good points alone with 99.97 % where half are wrong; 200 leave a wide margin.
  for (let draw = 0; draw < 200; draw++) {
    const indices = new Set<number>();
    while (indices.size < sample) indices.add(Math.floor(random() * count));
    const model = modelOf([...indices]);
    if (model === undefined) continue;
    for (let at = 0; at < count; at++) residuals[at] = Math.abs(residualOf(model, at));
    const middle = median(residuals);
    if (middle < least) [least, best] = [middle, model];
  }
  if (best === undefined) return undefined;
  const deviation = 1.4826 * (1 + 5 / Math.max(count - sample, 1)) * least;
  const limit = Math.max(2.5 * deviation, floor);
  const inliers: number[] = [];
  for (let at = 0; at < count; at++) if (Math.abs(residualOf(best, at)) <= limit) inliers.push(at);
  return { inliers, deviation };
}

/** The upper one of the two in the middle of an even number. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)]!;
}
