export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Half of the 95 % interval of the mean of a few values, by Student's t. */
export function intervalOfMean(values: readonly number[]): number {
  const freedom = values.length - 1;
  if (freedom < 1) return Number.NaN;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / freedom;
  // Close to the 97.5 % quantile of Student's t from 2 degrees of freedom on (Cornish and Fisher, 1938, two terms).
  const z = 1.959964;
  const t = z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
  return t * Math.sqrt(variance / values.length);
}
