/**
 * Sums of products over all windows of `lookback + horizon` values: what any linear forecast of a series is determined by. A window's
 * first `lookback` values are what is known, the rest what is to be forecast.
 */
export interface WindowMoments {
  readonly lookback: number;
  readonly horizon: number;
  /** Windows that were summed. */
  windows: number;
  /**
   * `lookback` rows of `lookback + horizon`: products of a known value with each value of the window. Below the diagonal it is filled by
   * `levelMoments` only.
   */
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
  const row = laggedProducts(x, from, to, width);
  for (let i = 0; i < lookback; i++) {
    const at = i * width;
    for (let k = i; k < width; k++) products[at + k]! += weight * row[k - i]!;
    const [leaves, enters] = [x[from + i]!, x[to + i]!];
    for (let d = 0; d + i + 1 < width; d++) row[d]! += enters * x[to + i + d]! - leaves * x[from + i + d]!;
  }
  let square = 0;
  for (let t = from + lookback; t < to + lookback; t++) square += x[t]! * x[t]!;
  for (let j = 0; j < horizon; j++) {
    squares[j]! += weight * square;
    const [leaves, enters] = [x[from + lookback + j]!, x[to + lookback + j]!];
    if (j + 1 < horizon) square += enters * enters - leaves * leaves;
  }
  moments.windows += to - from;
}

/** Sums of x[t] x[t + k] over t from `from` up to before `to`, for each k below `width`; four at a time, so that additions need not wait for each other. */
function laggedProducts(x: Float64Array, from: number, to: number, width: number): Float64Array {
  const row = new Float64Array(width + 3);
  for (let k = 0; k < width; k += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    // Beyond the last window there may be no value: the last few are taken one by one.
    if (to - 1 + k + 3 < x.length)
      for (let t = from; t < to; t++) {
        const value = x[t]!;
        a += value * x[t + k]!;
        b += value * x[t + k + 1]!;
        c += value * x[t + k + 2]!;
        d += value * x[t + k + 3]!;
      }
    else
      for (let t = from; t < to; t++) {
        const value = x[t]!;
        a += value * x[t + k]!;
        if (k + 1 < width) b += value * x[t + k + 1]!;
        if (k + 2 < width) c += value * x[t + k + 2]!;
        if (k + 3 < width) d += value * x[t + k + 3]!;
      }
    row[k] = a;
    row[k + 1] = b;
    row[k + 2] = c;
    row[k + 3] = d;
  }
  return row;
}

/** What is taken off a window before it is looked at, and put on its forecast again: nothing, its last known value, or their mean. */
export type Level = 'none' | 'last' | 'mean';

/** The moments as they would be, had every window been relieved of its level. A new object; `moments` stays. */
export function levelMoments(moments: WindowMoments, level: Level): WindowMoments {
  const { lookback, horizon, windows } = moments;
  const products = moments.products.slice();
  const squares = moments.squares.slice();
  for (let i = 0; i < lookback; i++)
    for (let k = 0; k < i; k++) products[i * (lookback + horizon) + k] = products[k * (lookback + horizon) + i]!;
  if (level === 'none') return { lookback, horizon, windows, products, squares };
  const width = lookback + horizon;
  // The level is a'z for a window z: then z - 1 a'z has the products E - 1 (a'E) - (E a) 1' + 1 1' a'E a.
  const own = new Float64Array(width);
  if (level === 'last') own.set(products.subarray((lookback - 1) * width));
  else
    for (let i = 0; i < lookback; i++) for (let k = 0; k < width; k++) own[k]! += products[i * width + k]! / lookback;
  let square = 0;
  if (level === 'last') square = own[lookback - 1]!;
  else for (let i = 0; i < lookback; i++) square += own[i]! / lookback;
  for (let i = 0; i < lookback; i++)
    for (let k = 0; k < width; k++) products[i * width + k]! += square - own[i]! - own[k]!;
  for (let j = 0; j < horizon; j++) squares[j]! += square - 2 * own[lookback + j]!;
  return { lookback, horizon, windows, products, squares };
}
