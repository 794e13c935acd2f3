import type { BaselineStatistics } from './model.ts';

/**
 * ASHRAE Guideline 14-2014, 4.2.11: CV(RMSE) and NMBE with n - p degrees of freedom. Autocorrelation at lag 1 over pairs of
 * intervals that follow each other; from it the observations' effective number (ASHRAE 14, annex B; Sun and Baltazar 2013).
 *
 * @param weights length of each interval
 */
export function statisticsOf(
  observed: Float64Array,
  fitted: Float64Array,
  parameters: number,
  weights: Float64Array,
  follows: (row: number) => boolean,
): BaselineStatistics {
  const n = observed.length;
  let [weightSum, weighted] = [0, 0];
  for (let row = 0; row < n; row++) {
    weightSum += weights[row]!;
    weighted += weights[row]! * observed[row]!;
  }
  const mean = weighted / weightSum;
  let [squares, total, bias] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    // Weights that sum to n.
    const weight = (weights[row]! / weightSum) * n;
    const residual = observed[row]! - fitted[row]!;
    squares += weight * residual ** 2;
    total += weight * (observed[row]! - mean) ** 2;
    bias += weight * residual;
  }
  const freedom = Math.max(1, n - parameters);
  const rmse = Math.sqrt(squares / freedom);
  const r2 = total > 0 ? 1 - squares / total : 0;
  const autocorrelation = lagOne(observed, fitted, follows);
  const share = (value: number) => (mean === 0 ? 0 : value / mean);
  return {
    observations: n,
    parameters,
    ...{ mean, rmse, cvrmse: Math.abs(share(rmse)), nmbe: share(bias / freedom), r2 },
    r2Adjusted: total > 0 ? 1 - ((1 - r2) * (n - 1)) / freedom : 0,
    autocorrelation,
    effectiveObservations: (n * (1 - autocorrelation)) / (1 + autocorrelation),
  };
}

/** Bounded below 1 so that something stays effective; negative correlation is not used to claim more than there is. */
function lagOne(observed: Float64Array, fitted: Float64Array, follows: (row: number) => boolean): number {
  let [product, squares] = [0, 0];
  const mean = meanResidual(observed, fitted);
  for (let row = 0; row < observed.length; row++) {
    const residual = observed[row]! - fitted[row]! - mean;
    squares += residual ** 2;
    if (row > 0 && follows(row)) product += residual * (observed[row - 1]! - fitted[row - 1]! - mean);
  }
  return squares > 0 ? Math.min(0.999, Math.max(0, product / squares)) : 0;
}

function meanResidual(observed: Float64Array, fitted: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < observed.length; row++) sum += observed[row]! - fitted[row]!;
  return sum / observed.length;
}
