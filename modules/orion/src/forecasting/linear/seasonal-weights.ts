import { cholesky, choleskySolve } from '../../numerics/cholesky.ts';
import type { WindowMoments } from './window-moments.ts';

/**
 * Ridge weights where each step to be forecast looks at the same phase of the seasons before, at the whole last season, and at the mean of each season:
 * what a season's sparse forecast sees (SparseTSF, Lin et al. 2024), solved in closed form. A penalty grows with age, doubling at seven
 * seasons. The look-back must be whole seasons. Returns `lookback` rows of `horizon`; undefined where there is nothing to solve.
 */
export function seasonalWeights(moments: WindowMoments, strength: number, season: number): Float64Array | undefined {
  const { lookback, horizon } = moments;
  const seasons = lookback / season;
  const wide = withSeasonMeans(moments, season);
  const width = lookback + seasons + horizon;
  let trace = 0;
  for (let i = 0; i < lookback; i++) trace += wide[i * width + i]!;
  if (!(trace > 0)) return undefined;
  const weights = new Float64Array(lookback * horizon);
  for (let phase = 0; phase < Math.min(season, horizon); phase++) {
    const features = featuresOf(lookback, season, phase);
    const n = features.length;
    const steps = Math.ceil((horizon - phase) / season);
    const gram = new Float64Array(n * n);
    const solved = new Float64Array(n * steps);
    for (let a = 0; a < n; a++) {
      const row = features[a]! * width;
      for (let b = 0; b <= a; b++) gram[a * n + b] = wide[row + features[b]!]!;
      gram[a * n + a]! += ((strength * trace) / lookback) * (1 + ageOf(features[a]!, lookback, season) / (7 * season));
      for (let k = 0; k < steps; k++) solved[a * steps + k] = wide[row + lookback + seasons + phase + k * season]!;
    }
    if (!cholesky(gram, n)) return undefined;
    choleskySolve(gram, n, solved, steps);
    for (let a = 0; a < n; a++) {
      const [from, count] = lagsOf(features[a]!, lookback, season);
      for (let k = 0; k < steps; k++) {
        const part = solved[a * steps + k]! / count;
        for (let i = from; i < from + count; i++) weights[i * horizon + phase + k * season]! += part;
      }
    }
  }
  return weights;
}

/** Features are lags by their place in the window, then means of whole seasons. */
function featuresOf(lookback: number, season: number, phase: number): Int32Array {
  const features: number[] = [];
  for (let i = 0; i < lookback; i++) {
    const age = lookback - i;
    if (age <= season || (age + phase) % season === 0) features.push(i);
  }
  for (let mean = 0; mean < lookback / season; mean++) features.push(lookback + mean);
  return Int32Array.from(features);
}

/** First lag of a feature, and how many it is the mean of. */
const lagsOf = (feature: number, lookback: number, season: number): [number, number] =>
  feature < lookback ? [feature, 1] : [(feature - lookback) * season, season];

const ageOf = (feature: number, lookback: number, season: number): number =>
  feature < lookback ? lookback - feature : lookback - (feature - lookback) * season;

/** The products with rows and columns for the means of the look-back's seasons between its lags and the horizon. */
function withSeasonMeans({ lookback, horizon, products }: WindowMoments, season: number): Float64Array {
  const seasons = lookback / season;
  const narrow = lookback + horizon;
  const width = narrow + seasons;
  const wide = new Float64Array((lookback + seasons) * width);
  for (let i = 0; i < lookback; i++) {
    const [from, to] = [i * narrow, i * width];
    wide.set(products.subarray(from, from + lookback), to);
    wide.set(products.subarray(from + lookback, from + narrow), to + lookback + seasons);
    for (let k = 0; k < lookback; k++) wide[to + lookback + Math.floor(k / season)]! += products[from + k]! / season;
  }
  for (let i = 0; i < lookback; i++) {
    const to = (lookback + Math.floor(i / season)) * width;
    for (let k = 0; k < width; k++) wide[to + k]! += wide[i * width + k]! / season;
  }
  return wide;
}
