/**
 * Sums of products over all windows of `lookback + horizon` values: what any linear forecast of a series is determined by. A window's
 * first `lookback` values are what is known, the rest what is to be forecast.
 */
export interface WindowMoments {
  readonly lookback: number;
  readonly horizon: number;
  /** Windows that were summed. */
  windows: number;
  /** `lookback` rows of `lookback + horizon`: products of a known value with each value of the window. */
  readonly products: Float64Array;
  /** Squares of each value to be forecast. */
  readonly squares: Float64Array;
}

export const emptyMoments = (lookback: number, horizon: number): WindowMoments => ({
  ...{ lookback, horizon, windows: 0 },
  products: new Float64Array(lookback * (lookback + horizon)),
  squares: new Float64Array(horizon),
});

/**
 * Adds the windows of a series without gaps that begin at `from` up to before `to`, times `weight`. Windows overlap, so a row of
 * products follows from the one above by one value that leaves and one that enters: `(lookback + horizon) * (windows + lookback)`
 * steps instead of their square for each window.
 */
export function addWindows(moments: WindowMoments, x: Float64Array, from: number, to: number, weight = 1): void {
  const { lookback, horizon, products, squares } = moments;
  const width = lookback + horizon;
  if (to <= from) return;
  const row = new Float64Array(width);
  for (let k = 0; k < width; k++) {
    let sum = 0;
    for (let t = from; t < to; t++) sum += x[t]! * x[t + k]!;
    row[k] = sum;
  }
  for (let i = 0; i < lookback; i++) {
    const at = i * width;
    for (let k = i; k < width; k++) {
      products[at + k]! += weight * row[k - i]!;
      if (k > i && k < lookback) products[k * width + i] = products[at + k]!;
    }
    const [leaves, enters] = [x[from + i]!, x[to + i]!];
    for (let d = 0; d + i + 1 < width; d++) row[d]! += enters * x[to + i + d]! - leaves * x[from + i + d]!;
  }
  for (let j = 0; j < horizon; j++) {
    let sum = 0;
    for (let t = from + lookback + j; t < to + lookback + j; t++) sum += x[t]! * x[t]!;
    squares[j]! += weight * sum;
  }
  moments.windows += to - from;
}

/** What is taken off a window before it is looked at, and put on its forecast again: nothing, its last known value, or their mean. */
export type Level = 'none' | 'last' | 'mean';

/** The moments as they would be, had every window been relieved of its level. A new object; `moments` stays. */
export function levelMoments(moments: WindowMoments, level: Level): WindowMoments {
  const { lookback, horizon, windows } = moments;
  const products = moments.products.slice();
  const squares = moments.squares.slice();
  if (level === 'none') return { lookback, horizon, windows, products, squares };
  const width = lookback + horizon;
  // The level is a'z for a window z: then z - 1 a'z has the products E - 1 (a'E) - (E a) 1' + 1 1' a'E a.
  const own = new Float64Array(width);
  if (level === 'last') own.set(moments.products.subarray((lookback - 1) * width));
  else
    for (let i = 0; i < lookback; i++)
      for (let k = 0; k < width; k++) own[k]! += moments.products[i * width + k]! / lookback;
  let square = 0;
  if (level === 'last') square = own[lookback - 1]!;
  else for (let i = 0; i < lookback; i++) square += own[i]! / lookback;
  for (let i = 0; i < lookback; i++)
    for (let k = 0; k < width; k++) products[i * width + k]! += square - own[i]! - own[k]!;
  for (let j = 0; j < horizon; j++) squares[j]! += square - 2 * own[lookback + j]!;
  return { lookback, horizon, windows, products, squares };
}
