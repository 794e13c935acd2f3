/**
 * How much each estimator counts in the mean: the shares, none below zero and one together, under which the mean errs least on what
 * they told of units that they had not seen (stacking: Wolpert, 1992; Breiman, 1996). Found by steps of a twentieth, which is finer
 * than what the data can tell.
 */
export function chooseShares(told: readonly Float64Array[], actual: Float64Array): Float64Array {
  const count = told.length;
  const gram = new Float64Array(count * count);
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++)
      for (let row = 0; row < actual.length; row++)
        gram[a * count + b]! += (told[a]![row]! - actual[row]!) * (told[b]![row]! - actual[row]!);
  const errs = (shares: Float64Array) => {
    let sum = 0;
    for (let a = 0; a < count; a++)
      for (let b = 0; b < count; b++) sum += shares[a]! * shares[b]! * gram[a * count + b]!;
    return sum;
  };
  const steps = 20;
  let best = new Float64Array(count).fill(1 / count);
  let least = errs(best);
  const walk = (at: number, left: number, parts: number[]) => {
    if (at === count - 1) {
      const shares = Float64Array.from([...parts, left], (part) => part / steps);
      const value = errs(shares);
      if (value < least) [best, least] = [shares, value];
      return;
    }
    for (let part = 0; part <= left; part++) walk(at + 1, left - part, [...parts, part]);
  };
  walk(0, steps, []);
  return best;
}
