/** Descriptions of examples, one a row: count x length numbers. */
export interface Rows {
  readonly count: number;
  readonly length: number;
  readonly data: Float32Array;
}

export function rowsOf(rows: readonly ArrayLike<number>[]): Rows {
  const length = rows[0]?.length ?? 0;
  const data = new Float32Array(rows.length * length);
  for (const [at, row] of rows.entries()) data.set(row, at * length);
  return { count: rows.length, length, data };
}

export const rowOf = ({ length, data }: Rows, at: number): Float32Array =>
  data.subarray(at * length, (at + 1) * length);

export function chosenRows(rows: Rows, indices: readonly number[]): Rows {
  const data = new Float32Array(indices.length * rows.length);
  for (const [at, index] of indices.entries()) data.set(rowOf(rows, index), at * rows.length);
  return { count: indices.length, length: rows.length, data };
}
