/**
 * Confidence interval of a share from `hits` of `trials` (Wilson, 1927): it stays within 0 to 1 and is sound for few
 * trials, where the normal approximation is not. Undefined without trials.
 * @param z 1.96 for 95 %.
 */
export function wilsonInterval(hits: number, trials: number, z = 1.959964): { low: number; high: number } | undefined {
  if (trials === 0) return undefined;
  const share = hits / trials;
  const z2 = z * z;
  const centre = share + z2 / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share) + z2 / (4 * trials)) / trials);
  const scale = 1 + z2 / trials;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
