import { betaQuantile, clopperPearson } from './binomial.ts';

/** What may be said about false rejects, from held-out good parts alone. All rates are per 1,000 good parts. */
export interface Promise1000 {
  /** What the user asked for: at most so many false rejects. */
  readonly asked: number;
  /** A part is rejected where its score is above. */
  readonly threshold: number;
  /** Expected rate. */
  readonly per1000: number;
  /** Interval of 95 % in which the true rate lies. */
  readonly low: number;
  readonly high: number;
  /** Held-out good parts that it is made from, and how many of them would be rejected. */
  readonly goodParts: number;
  readonly rejected: number;
  /** How many independent parts these are worth: fewer, where several are of one part or lot. The interval counts them so. */
  readonly independentParts: number;
  /** The held-out parts reach as far as the threshold; otherwise it lies in a tail that was carried on beyond them. */
  readonly method: 'order statistic' | 'exponential tail';
  /** How many more good parts, none of them rejected, would bring the upper end of the interval down to what was asked; 0 where it is. */
  readonly moreGoodParts: number;
}

/**
 * The threshold that keeps "at most `asked` false rejects per 1,000 good parts", from scores of good parts that the model did not
 * learn from.
 *
 * With n held-out scores, the share of all good parts above the k-th smallest is distributed as Beta(n + 1 - k, k), whatever the
 * scores' distribution (order statistics; Wilks, 1941). So the expected rate is (n + 1 - k) / (n + 1), and its interval are
 * quantiles of that distribution: the same figures by which Clopper and Pearson (1934) bound a rate. The threshold is the
 * smallest score whose expected rate is at most what was asked.
 *
 * Where n is too small for that (n + 1 < 1000 / asked), even the largest score promises too little, and the tail is carried
 * on: beyond their upper quarter, the scores are taken as exponentially distributed (the limit of all light tails; Pickands,
 * 1975), and the threshold is that of their predictive distribution, which knows that their mean is estimated. Only the
 * expected rate rests on this; the interval stays that of "none of n was rejected", and is as wide as it honestly is.
 *
 * Pictures of one part or lot count as fewer parts in the interval (`independentParts`): it is wider, the threshold is the same.
 *
 * Undefined without scores.
 */
export function promiseOf(
  scores: readonly number[],
  asked: number,
  independent = scores.length,
): Promise1000 | undefined {
  const ordered = [...scores].sort((a, b) => a - b);
  const n = ordered.length;
  if (n === 0) return undefined;
  const rate = asked / 1000;
  const worth = independent / n;
  const counts = { asked, goodParts: n, independentParts: independent };
  // (n + 1 - k) / (n + 1) <= rate; a little is given for rounding.
  const k = Math.ceil((n + 1) * (1 - rate) - 1e-9);
  if (k <= n) {
    const threshold = ordered[Math.max(k, 1) - 1]!;
    const rejected = n - countUpTo(ordered, threshold);
    const kept = n - rejected;
    return {
      ...{ ...counts, threshold, rejected, method: 'order statistic' },
      per1000: (1000 * (rejected + 1)) / (n + 1),
      low: 1000 * betaQuantile(0.025, (rejected + 1) * worth, kept * worth),
      high: 1000 * betaQuantile(0.975, (rejected + 1) * worth, kept * worth),
      moreGoodParts: morePartsFor(rate, rejected * worth, independent),
    };
  }
  const threshold = exponentialTail(ordered, rate);
  return {
    ...{ ...counts, threshold, rejected: 0, method: 'exponential tail' },
    per1000: asked,
    low: 0,
    high: 1000 * clopperPearson(0, independent).high,
    moreGoodParts: morePartsFor(rate, 0, independent),
  };
}

/** Of ordered scores: how many are at most so high. */
const countUpTo = (ordered: readonly number[], limit: number): number =>
  ordered.filter((score) => score <= limit).length;

function exponentialTail(ordered: readonly number[], rate: number): number {
  const n = ordered.length;
  // One score alone has no tail, and stands for itself.
  const above = Math.max(Math.ceil(n / 4), Math.min(2, n));
  const from = ordered[n - above]!;
  const excesses = ordered.slice(n - above + 1).map((score) => score - from);
  const sum = excesses.reduce((total, excess) => total + excess, 0);
  // A new excess goes beyond e with the probability (1 + e / sum) ^ -m, the mean of m excesses being itself uncertain.
  const beyond = above / (n + 1) / rate;
  return Math.max(ordered[n - 1]!, from + sum * (beyond ** (1 / Math.max(excesses.length, 1)) - 1));
}

/** Doubles, then halves, until Clopper and Pearson's upper end meets the rate; at most a million. */
function morePartsFor(rate: number, rejected: number, n: number): number {
  const enough = (more: number): boolean => clopperPearson(rejected, n + more).high <= rate;
  if (enough(0)) return 0;
  let high = Math.max(Math.ceil(n), 50);
  while (!enough(high)) {
    if (high > 1e6) return 1e6;
    high *= 2;
  }
  let low = 0;
  while (high - low > Math.max(1, high / 200)) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
