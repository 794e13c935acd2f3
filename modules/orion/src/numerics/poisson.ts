/** P(X <= count) of a Poisson variable. */
export function poissonAtMost(count: number, mean: number): number {
  if (mean <= 0) return 1;
  let log = -mean;
  let sum = Math.exp(log);
  for (let k = 1; k <= count; k++) {
    log += Math.log(mean / k);
    sum += Math.exp(log);
  }
  return Math.min(sum, 1);
}

/** Exact two-sided interval of a Poisson mean after `count` events were seen (Garwood 1936). */
export function poissonInterval(count: number, confidence = 0.95): { low: number; high: number } {
  const tail = (1 - confidence) / 2;
  const solve = (above: (mean: number) => boolean) => {
    let [low, high] = [0, count + 10 + 10 * Math.sqrt(count + 1)];
    for (let step = 0; step < 100; step++) {
      const middle = (low + high) / 2;
      if (above(middle)) high = middle;
      else low = middle;
    }
    return (low + high) / 2;
  };
  return {
    low: count === 0 ? 0 : solve((mean) => 1 - poissonAtMost(count - 1, mean) > tail),
    high: solve((mean) => poissonAtMost(count, mean) < tail),
  };
}
