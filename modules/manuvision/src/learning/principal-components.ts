import { type Rows, rowOf } from './rows.ts';

export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Of unit length, the one of most variance first. */
  readonly directions: readonly Float64Array[];
  /** Variance along each. */
  readonly variances: readonly number[];
}

const rounds = 12;

/**
 * The first principal components (Pearson, 1901) by subspace iteration from a random start (Halko, Martinsson and Tropp, 2011),
 * which needs no matrix of length x length.
 */
export function principalComponents(rows: Rows, most: number, random: () => number): PrincipalComponents {
  const { count, length } = rows;
  const wanted = Math.min(most, count - 1, length);
  const mean = new Float64Array(length);
  for (let row = 0; row < count; row++)
    for (const [at, value] of rowOf(rows, row).entries()) mean[at]! += value / count;
  let basis = orthonormal(
    Array.from({ length: Math.min(wanted + 5, length) }, () => Float64Array.from(mean, () => random() - 0.5)),
  );
  let variances: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const next = basis.map(() => new Float64Array(length));
    for (let row = 0; row < count; row++) {
      const values = rowOf(rows, row);
      for (const [of, direction] of basis.entries()) {
        let along = 0;
        for (let at = 0; at < length; at++) along += (values[at]! - mean[at]!) * direction[at]!;
        const to = next[of]!;
        for (let at = 0; at < length; at++) to[at]! += (along * (values[at]! - mean[at]!)) / count;
      }
    }
    variances = next.map((direction) => Math.hypot(...direction));
    basis = orthonormal(next);
  }
  return { mean, directions: basis.slice(0, wanted), variances: variances.slice(0, wanted) };
}

/** Gram and Schmidt, in their order; what lies within the others is left out. */
function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = Float64Array.from(vector);
    for (let twice = 0; twice < 2; twice++)
      for (const other of found) {
        let along = 0;
        for (let at = 0; at < rest.length; at++) along += rest[at]! * other[at]!;
        for (let at = 0; at < rest.length; at++) rest[at]! -= along * other[at]!;
      }
    const size = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    if (size > 1e-9) found.push(rest.map((value) => value / size));
  }
  return found;
}

/** Where each row lies along the components. */
export function projected(rows: Rows, { mean, directions }: Pick<PrincipalComponents, 'mean' | 'directions'>): Rows {
  const data = new Float32Array(rows.count * directions.length);
  for (let row = 0; row < rows.count; row++) {
    const values = rowOf(rows, row);
    for (const [of, direction] of directions.entries()) {
      let along = 0;
      for (let at = 0; at < values.length; at++) along += (values[at]! - mean[at]!) * direction[at]!;
      data[row * directions.length + of] = along;
    }
  }
  return { count: rows.count, length: directions.length, data };
}
