/**
 * Rows at which the mean of a series changes, by exact minimisation of the squared error with a penalty for each change, pruned (PELT, Killick,
 * Fearnhead and Eckley 2012).
 * @param penalty in units of the noise's variance; left out, 3 log n, after the criterion of Schwarz
 * @param least rows between changes
 * @returns first rows of the segments after the first, ascending; values that are not known are passed over
 */
export function changePoints(
  values: Float64Array,
  { penalty, least = 5 }: { penalty?: number; least?: number } = {},
): number[] {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (Number.isFinite(values[row]!)) rows.push(row);
  const count = rows.length;
  if (count < 2 * least) return [];
  const variance = noiseVariance(values, rows);
  if (!(variance > 0)) return [];
  const price = (penalty ?? 3 * Math.log(count)) * variance;
  const centre = values[rows[0]!]!;
  const [sums, squares] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  for (let at = 0; at < count; at++) {
    const value = values[rows[at]!]! - centre;
    sums[at + 1] = sums[at]! + value;
    squares[at + 1] = squares[at]! + value * value;
  }
  const cost = (from: number, to: number) =>
    squares[to]! - squares[from]! - (sums[to]! - sums[from]!) ** 2 / (to - from);
  const best = new Float64Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(count + 1);
  best[0] = -price;
  let open = [0];
  for (let to = least; to <= count; to++) {
    for (const from of open) {
      if (to - from < least) continue;
      const total = best[from]! + cost(from, to) + price;
      if (total < best[to]!) {
        best[to] = total;
        last[to] = from;
      }
    }
    open = open.filter((from) => to - from < least || best[from]! + cost(from, to) <= best[to]!);
    open.push(to);
  }
  const found: number[] = [];
  for (let to = last[count]!; to > 0; to = last[to]!) found.push(rows[to]!);
  return found.reverse();
}

/** Variance of the noise from differences of neighbours, which changes of the mean hardly touch (half their squared robust spread). */
function noiseVariance(values: Float64Array, rows: readonly number[]): number {
  const steps = Float64Array.from({ length: rows.length - 1 }, (_, at) =>
    Math.abs(values[rows[at + 1]!]! - values[rows[at]!]!),
  ).sort();
  const spread = (1.4826 * steps[Math.floor(steps.length / 2)]!) / Math.SQRT2;
  if (spread > 0) return spread * spread;
  let sum = 0;
  for (const step of steps) sum += step * step;
  return sum / (2 * steps.length);
}
