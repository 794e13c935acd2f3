/**
 * The two-sample test of Kolmogorov and Smirnov (1939): how far two distributions lie apart, whatever their form. Its exact
 * distribution is counted along lattice paths (Hodges, 1958), for small samples too; equal values only make it more careful.
 */

/** Largest distance of the two distribution functions, 0 to 1. Both ordered, neither empty. */
export function largestDistance(first: readonly number[], second: readonly number[]): number {
  let [i, j, most] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i]!, second[j]!);
    while (i < first.length && first[i]! <= value) i++;
    while (j < second.length && second[j]! <= value) j++;
    most = Math.max(most, Math.abs(i / first.length - j / second.length));
  }
  return most;
}

/** Probability that samples of these sizes from one distribution lie at least so far apart. */
export function probabilityBeyond(distance: number, n: number, m: number): number {
  // A path is within while it is nearer than the distance; half a step keeps rounding out of it.
  const most = (Math.ceil(distance * n * m - 1e-7) - 0.5) / (n * m);
  const within = new Float64Array(m + 1);
  for (let j = 0; j <= m; j++) within[j] = j / m > most ? 0 : 1;
  for (let i = 1; i <= n; i++) {
    const share = i / (i + m);
    within[0] = i / n > most ? 0 : share * within[0]!;
    for (let j = 1; j <= m; j++) within[j] = Math.abs(i / n - j / m) > most ? 0 : share * within[j]! + within[j - 1]!;
  }
  return 1 - within[m]!;
}

const known = new Map<string, number>();

/** The smallest distance that is reached with at most this probability; more than 1 where none is so rare. */
export function distanceLimit(probability: number, n: number, m: number): number {
  const key = `${probability} ${n} ${m}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const steps = n * m;
  let [low, high] = [0, steps + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (probabilityBeyond(middle / steps, n, m) <= probability) high = middle;
    else low = middle;
  }
  const limit = high / steps;
  known.set(key, limit);
  return limit;
}
