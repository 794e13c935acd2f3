/**
 * The lower triangle L of a symmetric positive definite matrix A = L L', row by row, written over A (Cholesky). `a` has `n` rows of `n`;
 * only its lower triangle is read. False where A is not positive definite; `a` is spoilt then.
 */
export function cholesky(a: Float64Array, n: number): boolean {
  for (let row = 0; row < n; row++) {
    const at = row * n;
    for (let column = 0; column < row; column++) {
      const other = column * n;
      let sum = a[at + column]!;
      for (let k = 0; k < column; k++) sum -= a[at + k]! * a[other + k]!;
      a[at + column] = sum / a[other + column]!;
    }
    let pivot = a[at + row]!;
    for (let k = 0; k < row; k++) pivot -= a[at + k]! * a[at + k]!;
    if (!(pivot > 0) || pivot === Number.POSITIVE_INFINITY) return false;
    a[at + row] = Math.sqrt(pivot);
  }
  return true;
}

/** Solves L L' X = B in place of B, which has `n` rows of `m`, with what `cholesky` wrote. */
export function choleskySolve(lower: Float64Array, n: number, b: Float64Array, m: number): void {
  for (let row = 0; row < n; row++) {
    const to = row * m;
    for (let k = 0; k < row; k++) subtract(b, to, k * m, lower[row * n + k]!, m);
    scale(b, to, 1 / lower[row * n + row]!, m);
  }
  for (let row = n - 1; row >= 0; row--) {
    const to = row * m;
    for (let k = row + 1; k < n; k++) subtract(b, to, k * m, lower[k * n + row]!, m);
    scale(b, to, 1 / lower[row * n + row]!, m);
  }
}

function subtract(b: Float64Array, to: number, from: number, factor: number, m: number): void {
  if (factor === 0) return;
  for (let j = 0; j < m; j++) b[to + j] = b[to + j]! - factor * b[from + j]!;
}

function scale(b: Float64Array, to: number, factor: number, m: number): void {
  for (let j = 0; j < m; j++) b[to + j] = b[to + j]! * factor;
}
