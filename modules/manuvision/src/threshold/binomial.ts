/**
 * Exact bounds of rates, through the incomplete beta function, which also takes counts that are no whole numbers: those of parts
 * that are not independent of each other.
 */

/** Probability of at least k successes in n trials of probability p. */
export const binomialTail = (k: number, n: number, p: number): number =>
  k <= 0 ? 1 : k > n ? 0 : betaShare(p, k, n - k + 1);

/** Exact confidence interval of a rate from `hits` of `trials` (Clopper and Pearson, 1934). */
export function clopperPearson(hits: number, trials: number, confidence = 0.95): { low: number; high: number } {
  const outside = (1 - confidence) / 2;
  return {
    low: hits <= 0 ? 0 : betaQuantile(outside, hits, trials - hits + 1),
    high: hits >= trials ? 1 : betaQuantile(1 - outside, hits + 1, trials - hits),
  };
}

/** The value below which a Beta(a, b) distribution has the given share. */
export function betaQuantile(share: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (betaShare(middle, a, b) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Share of a Beta(a, b) distribution below x: the regularised incomplete beta function, by its continued fraction (Lentz, 1976). */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean alone.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let [c, fraction] = [1, d];
  for (let m = 1; m <= 1000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let step = 1;
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      step = c * d;
      fraction *= step;
    }
    if (Math.abs(step - 1) < 1e-14) break;
  }
  return front * fraction;
}

/** Stirling's series, moved up to where it is exact to double precision. */
function logGamma(x: number): number {
  let [at, shift] = [x, 0];
  for (; at < 15; at++) shift += Math.log(at);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift;
}
