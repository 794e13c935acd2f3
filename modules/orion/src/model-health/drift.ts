/** What one column of numbers was like in training: small enough to be kept beside the model. */
export interface ColumnBaseline {
  readonly name: string;
  /** Share of the rows in which it was known. */
  readonly known: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Quantiles at equal steps from 0 to 1, ascending; values that were there, so that those of a valve are 0 and 1. */
  readonly quantiles: readonly number[];
}

const steps = 50;
const bins = 10;

export function baselineOf(name: string, values: Float64Array): ColumnBaseline {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  return {
    name,
    known: values.length === 0 ? 0 : known.length / values.length,
    minimum: known[0] ?? 0,
    maximum: known.at(-1) ?? 0,
    quantiles:
      known.length === 0
        ? []
        : Array.from({ length: steps + 1 }, (_, step) => known[Math.round((step * (known.length - 1)) / steps)]!),
  };
}

/**
 * Population stability index over ten parts of equal share in training (Siddiqi 2006): below 0.1 nothing changed, above
 * 0.25 much did. NaN where one side has nothing.
 */
export function stabilityIndex({ quantiles }: ColumnBaseline, values: Float64Array): number {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0 || quantiles.length === 0) return Number.NaN;
  // A value that is there often makes edges equal: they are one, with the share of all of them below it.
  const edges = [...new Set(Array.from({ length: bins - 1 }, (_, bin) => quantiles[((bin + 1) * steps) / bins]!))];
  const counts = new Float64Array(edges.length + 1);
  for (const value of known) {
    let bin = 0;
    while (bin < edges.length && value > edges[bin]!) bin++;
    counts[bin]!++;
  }
  let [sum, below] = [0, 0];
  for (let bin = 0; bin < counts.length; bin++) {
    const upTo = bin < edges.length ? shareUpTo(quantiles, edges[bin]!) : 1;
    const [was, is] = [Math.max(upTo - below, 1e-4), Math.max(counts[bin]! / known.length, 1e-4)];
    sum += (is - was) * Math.log(is / was);
    below = upTo;
  }
  return sum;
}

/**
 * Largest distance of the two distribution functions (Kolmogorov 1933, Smirnov 1939), the training's taken from its quantiles; and
 * the level at which it is more than chance, from the asymptotic distribution with the readings taken as independent.
 */
export function kolmogorovSmirnov(
  { quantiles }: ColumnBaseline,
  values: Float64Array,
): { distance: number; level: number } {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  if (known.length === 0 || quantiles.length === 0) return { distance: Number.NaN, level: Number.NaN };
  let distance = 0;
  for (let index = 0; index < known.length; index++) {
    const was = shareUpTo(quantiles, known[index]!);
    distance = Math.max(distance, Math.abs((index + 1) / known.length - was), Math.abs(index / known.length - was));
  }
  const lambda = (Math.sqrt(known.length) + 0.12 + 0.11 / Math.sqrt(known.length)) * distance;
  let level = 0;
  for (let k = 1; k <= 100; k++) level += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
  return { distance, level: Math.min(Math.max(lambda < 0.2 ? 1 : level, 0), 1) };
}

function shareUpTo(quantiles: readonly number[], value: number): number {
  if (value < quantiles[0]!) return 0;
  const last = quantiles.length - 1;
  if (value >= quantiles[last]!) return 1;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (quantiles[middle]! <= value) low = middle;
    else high = middle;
  }
  const span = quantiles[high]! - quantiles[low]!;
  return (low + (span > 0 ? (value - quantiles[low]!) / span : 0)) / last;
}
