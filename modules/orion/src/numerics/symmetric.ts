/**
 * Eigenvalues, largest first, and eigenvectors (row `k` of `vectors` belongs to value `k`) of a symmetric matrix given row by
 * row, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5). The sign of a vector is fixed by its
 * largest element being positive, so that the same matrix gives the same vectors.
 */
export function eigenSymmetric(matrix: Float64Array, size: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < 60; sweep++) {
    let [off, all] = [0, 0];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        all += a[i * size + j]! ** 2;
        if (i !== j) off += a[i * size + j]! ** 2;
      }
    if (off <= 1e-28 * all) break;
    for (let p = 0; p < size - 1; p++)
      for (let q = p + 1; q < size; q++) {
        const apq = a[p * size + q]!;
        if (apq === 0) continue;
        const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const [kp, kq] = [a[k * size + p]!, a[k * size + q]!];
          a[k * size + p] = c * kp - s * kq;
          a[k * size + q] = s * kp + c * kq;
        }
        for (let k = 0; k < size; k++) {
          const [pk, qk] = [a[p * size + k]!, a[q * size + k]!];
          a[p * size + k] = c * pk - s * qk;
          a[q * size + k] = s * pk + c * qk;
          const [vp, vq] = [v[p * size + k]!, v[q * size + k]!];
          v[p * size + k] = c * vp - s * vq;
          v[q * size + k] = s * vp + c * vq;
        }
      }
  }
  const order = Array.from({ length: size }, (_, index) => index).sort(
    (one, other) => a[other * size + other]! - a[one * size + one]! || one - other,
  );
  const values = Float64Array.from(order, (index) => a[index * size + index]!);
  const vectors = new Float64Array(size * size);
  for (const [place, index] of order.entries()) {
    let largest = 0;
    for (let k = 0; k < size; k++)
      if (Math.abs(v[index * size + k]!) > Math.abs(largest) + 1e-12) largest = v[index * size + k]!;
    const sign = largest < 0 ? -1 : 1;
    for (let k = 0; k < size; k++) vectors[place * size + k] = sign * v[index * size + k]!;
  }
  return { values, vectors };
}
