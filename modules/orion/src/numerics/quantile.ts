/** The values that are known, sorted. */
export function sortedKnown(values: ArrayLike<number>, from = 0, step = 1): Float64Array {
  const kept = new Float64Array(Math.max(0, Math.ceil((values.length - from) / step)));
  let count = 0;
  for (let index = from; index < values.length; index += step) {
    const value = values[index]!;
    if (Number.isFinite(value)) kept[count++] = value;
  }
  return kept.subarray(0, count).sort();
}

/** Quantile of sorted values by linear interpolation (Hyndman and Fan 1996, type 7); NaN of none. */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = Math.min(Math.max(share, 0), 1) * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below]!;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}

/** Median and 1.4826 times the median absolute deviation, which is the standard deviation where values are normal. */
export function medianAndSpread(values: ArrayLike<number>, from = 0, step = 1): { median: number; spread: number } {
  const sorted = sortedKnown(values, from, step);
  const median = quantileSorted(sorted, 0.5);
  for (let index = 0; index < sorted.length; index++) sorted[index] = Math.abs(sorted[index]! - median);
  return { median, spread: 1.4826 * quantileSorted(sorted.sort(), 0.5) };
}
