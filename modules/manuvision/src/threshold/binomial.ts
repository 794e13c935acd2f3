/** Logarithms of 0! to n!. */
const logFactorials: number[] = [0];
function logFactorial(n: number): number {
  for (let k = logFactorials.length; k <= n; k++) logFactorials.push(logFactorials[k - 1]! + Math.log(k));
  return logFactorials[n]!;
}

/** Probability of at least k successes in n trials of probability p. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const [logP, logQ] = [Math.log(p), Math.log1p(-p)];
  // Whichever side has fewer terms.
  const upper = n - k < k;
  let sum = 0;
  for (let i = upper ? k : 0; i <= (upper ? n : k - 1); i++)
    sum += Math.exp(logFactorial(n) - logFactorial(i) - logFactorial(n - i) + i * logP + (n - i) * logQ);
  return Math.min(Math.max(upper ? sum : 1 - sum, 0), 1);
}

/**
 * The probability of a success below which a Beta(a, b) distribution of whole parameters has the given share; through the binomial
 * distribution, of which it is the inverse in p.
 */
export function betaQuantile(share: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (binomialTail(a, a + b - 1, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Exact confidence interval of a rate from `hits` of `trials` (Clopper and Pearson, 1934). */
export function clopperPearson(hits: number, trials: number, confidence = 0.95): { low: number; high: number } {
  const outside = (1 - confidence) / 2;
  return {
    low: hits === 0 ? 0 : betaQuantile(outside, hits, trials - hits + 1),
    high: hits === trials ? 1 : betaQuantile(1 - outside, hits + 1, trials - hits),
  };
}
