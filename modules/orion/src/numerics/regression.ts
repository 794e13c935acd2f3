import { studentTwoSided } from './student-t.ts';

export interface Regression {
  /** One a column; 0 where the column says nothing that those before it do not. */
  readonly coefficients: Float64Array;
  /** Standard errors, NaN where a column was dropped or no degree of freedom is left. */
  readonly errors: Float64Array;
  /** Two-sided p of each coefficient being 0. */
  readonly pValues: Float64Array;
  /** 1 where a column was dropped, being (nearly) a sum of those before it. */
  readonly dropped: Uint8Array;
  readonly fitted: Float64Array;
  /** Observations, and columns that are left. */
  readonly observations: number;
  readonly rank: number;
  /** Weighted sums of squares: of the residuals, and of the observations around their weighted mean. */
  readonly residualSquares: number;
  readonly totalSquares: number;
  readonly r2: number;
  readonly r2Adjusted: number;
}

/** What share of its square length a column must have beside those before it. */
const independence = 1e-9;

/**
 * Weighted least squares by the normal equations of scaled columns and Cholesky's decomposition, which drops columns that are
 * sums of others. Rows with few entries other than 0 (indicators) cost little. The columns hold no constant unless one is
 * given. R2 is that of a model with a constant (or with indicators that sum to one).
 *
 * @param columns each as long as `y`, all finite
 */
export function regression(columns: readonly Float64Array[], y: Float64Array, weights?: Float64Array): Regression {
  const [n, p] = [y.length, columns.length];
  const { normal, right, scale } = normalEquations(columns, y, weights);
  const { lower, dropped } = decompose(normal, p);
  const coefficients = backward(lower, forward(lower, right, dropped, p), dropped, p);
  for (let at = 0; at < p; at++) coefficients[at]! *= scale[at]!;
  const fitted = predictColumns(columns, coefficients, n);
  let [weightSum, weighted] = [0, 0];
  for (let row = 0; row < n; row++) {
    const weight = weights ? weights[row]! : 1;
    weightSum += weight;
    weighted += weight * y[row]!;
  }
  const mean = weighted / weightSum;
  let [residualSquares, totalSquares] = [0, 0];
  for (let row = 0; row < n; row++) {
    const weight = weights ? weights[row]! : 1;
    residualSquares += weight * (y[row]! - fitted[row]!) ** 2;
    totalSquares += weight * (y[row]! - mean) ** 2;
  }
  let rank = 0;
  for (let at = 0; at < p; at++) if (!dropped[at]) rank++;
  const freedom = n - rank;
  const variance = freedom > 0 ? residualSquares / freedom : Number.NaN;
  const errors = new Float64Array(p).fill(Number.NaN);
  const pValues = new Float64Array(p).fill(Number.NaN);
  const unit = new Float64Array(p);
  for (let at = 0; at < p; at++) {
    if (dropped[at] || !(freedom > 0)) continue;
    unit.fill(0);
    unit[at] = 1;
    const half = forward(lower, unit, dropped, p, at);
    let sum = 0;
    for (let i = at; i < p; i++) sum += half[i]! * half[i]!;
    errors[at] = Math.sqrt(variance * sum) * scale[at]!;
    pValues[at] = errors[at]! > 0 ? studentTwoSided(coefficients[at]! / errors[at]!, freedom) : 0;
  }
  const r2 = totalSquares > 0 ? 1 - residualSquares / totalSquares : 0;
  return {
    ...{ coefficients, errors, pValues, dropped, fitted, observations: n, rank, residualSquares, totalSquares, r2 },
    r2Adjusted: freedom > 0 && totalSquares > 0 ? 1 - ((1 - r2) * (n - 1)) / freedom : 0,
  };
}

/** Sum of the columns by their coefficients. */
export function predictColumns(
  columns: readonly Float64Array[],
  coefficients: ArrayLike<number>,
  n: number,
): Float64Array {
  const result = new Float64Array(n);
  for (let at = 0; at < columns.length; at++) {
    const [column, factor] = [columns[at]!, coefficients[at]!];
    if (factor !== 0) for (let row = 0; row < n; row++) result[row]! += factor * column[row]!;
  }
  return result;
}

function normalEquations(columns: readonly Float64Array[], y: Float64Array, weights?: Float64Array) {
  const [n, p] = [y.length, columns.length];
  const { starts, used, values } = entriesByRow(columns, n);
  const normal = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let row = 0; row < n; row++) {
    const weight = weights ? weights[row]! : 1;
    if (weight === 0) continue;
    const [first, last] = [starts[row]!, starts[row + 1]!];
    for (let one = first; one < last; one++) {
      const a = used[one]!;
      const product = weight * values[one]!;
      right[a]! += product * y[row]!;
      for (let other = first; other <= one; other++) normal[a * p + used[other]!]! += product * values[other]!;
    }
  }
  const scale = new Float64Array(p);
  for (let at = 0; at < p; at++) scale[at] = normal[at * p + at]! > 0 ? 1 / Math.sqrt(normal[at * p + at]!) : 0;
  for (let a = 0; a < p; a++) {
    right[a]! *= scale[a]!;
    for (let b = 0; b <= a; b++) normal[a * p + b]! *= scale[a]! * scale[b]!;
  }
  return { normal, right, scale };
}

/** What is not 0, row after row; the columns are walked through one after the other, as they lie in memory. */
function entriesByRow(columns: readonly Float64Array[], n: number) {
  const starts = new Int32Array(n + 1);
  for (const column of columns) for (let row = 0; row < n; row++) if (column[row] !== 0) starts[row + 1]!++;
  for (let row = 0; row < n; row++) starts[row + 1]! += starts[row]!;
  const used = new Int32Array(starts[n]!);
  const values = new Float64Array(starts[n]!);
  const next = starts.slice();
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at]!;
    for (let row = 0; row < n; row++) {
      const value = column[row]!;
      if (value === 0) continue;
      const place = next[row]!++;
      used[place] = at;
      values[place] = value;
    }
  }
  return { starts, used, values };
}

function decompose(normal: Float64Array, p: number): { lower: Float64Array; dropped: Uint8Array } {
  const lower = new Float64Array(p * p);
  const dropped = new Uint8Array(p);
  for (let row = 0; row < p; row++) {
    for (let column = 0; column < row; column++) {
      if (dropped[column]) continue;
      let sum = normal[row * p + column]!;
      for (let at = 0; at < column; at++) sum -= lower[row * p + at]! * lower[column * p + at]!;
      lower[row * p + column] = sum / lower[column * p + column]!;
    }
    let rest = normal[row * p + row]!;
    for (let at = 0; at < row; at++) rest -= lower[row * p + at]! ** 2;
    if (rest > independence) lower[row * p + row] = Math.sqrt(rest);
    else {
      dropped[row] = 1;
      lower.fill(0, row * p, (row + 1) * p);
    }
  }
  return { lower, dropped };
}

/** @param first row before which `right` holds only 0 */
function forward(lower: Float64Array, right: Float64Array, dropped: Uint8Array, p: number, first = 0): Float64Array {
  const result = new Float64Array(p);
  for (let row = first; row < p; row++) {
    if (dropped[row]) continue;
    let sum = right[row]!;
    for (let at = first; at < row; at++) sum -= lower[row * p + at]! * result[at]!;
    result[row] = sum / lower[row * p + row]!;
  }
  return result;
}

function backward(lower: Float64Array, half: Float64Array, dropped: Uint8Array, p: number): Float64Array {
  const result = new Float64Array(p);
  for (let row = p - 1; row >= 0; row--) {
    if (dropped[row]) continue;
    let sum = half[row]!;
    for (let at = row + 1; at < p; at++) if (!dropped[at]) sum -= lower[at * p + row]! * result[at]!;
    result[row] = sum / lower[row * p + row]!;
  }
  return result;
}
