/** Percentile of ascending values by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
export function percentile(ascending: ArrayLike<number>, percent: number): number {
  if (ascending.length === 0) return Number.NaN;
  const place = ((ascending.length - 1) * percent) / 100;
  const below = Math.floor(place);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below]! + (ascending[above]! - ascending[below]!) * (place - below);
}

/** The finite values in ascending order. */
export function ascending(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}
