/**
 * What each step of a season deviates by on the mean, zero in sum: classical decomposition, deviations from the centred moving average over one
 * season. `indices[t % season]` belongs to `values[t]`. Zeros where there are fewer than two seasons.
 */
export function seasonalIndices(values: Float64Array, season: number): Float64Array {
  const indices = new Float64Array(season);
  if (season < 2 || values.length < 2 * season) return indices;
  const counts = new Int32Array(season);
  const half = Math.floor(season / 2);
  const even = season % 2 === 0;
  let sum = 0;
  for (let t = 0; t < season; t++) sum += values[t]!;
  for (let at = half; at + half < values.length; at++) {
    const first = at - half;
    // An even season has no middle: its ends count half.
    const mean = even ? (sum + (values[first + season]! - values[first]!) / 2) / season : sum / season;
    indices[at % season]! += values[at]! - mean;
    counts[at % season]! += 1;
    if (first + season < values.length) sum += values[first + season]! - values[first]!;
  }
  let middle = 0;
  for (let step = 0; step < season; step++) {
    indices[step]! /= Math.max(1, counts[step]!);
    middle += indices[step]! / season;
  }
  return indices.map((index) => index - middle);
}
