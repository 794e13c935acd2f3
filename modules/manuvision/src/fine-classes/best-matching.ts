/**
 * The one-to-one matching of rows to columns of largest sum (Kuhn, 1955; the form with potentials of Jonker and Volgenant, 1987): the
 * column of each row, or -1 where there are fewer columns than rows and it got none.
 */
export function bestMatching(gains: readonly (readonly number[])[]): number[] {
  const rows = gains.length;
  const columns = Math.max(0, ...gains.map(({ length }) => length));
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number) => -(gains[row]?.[column] ?? 0);
  const [ofRow, ofColumn] = [new Float64Array(size + 1), new Float64Array(size + 1)];
  const matched = new Int32Array(size + 1);
  for (let row = 1; row <= size; row++) {
    matched[0] = row;
    const least = new Float64Array(size + 1).fill(Infinity);
    const before = new Int32Array(size + 1);
    const used = new Uint8Array(size + 1);
    let column = 0;
    do {
      used[column] = 1;
      const from = matched[column]!;
      let [delta, next] = [Infinity, 0];
      for (let to = 1; to <= size; to++) {
        if (used[to]) continue;
        const reduced = cost(from - 1, to - 1) - ofRow[from]! - ofColumn[to]!;
        if (reduced < least[to]!) {
          least[to] = reduced;
          before[to] = column;
        }
        if (least[to]! < delta) [delta, next] = [least[to]!, to];
      }
      for (let to = 0; to <= size; to++)
        if (used[to]) {
          ofRow[matched[to]!]! += delta;
          ofColumn[to]! -= delta;
        } else least[to]! -= delta;
      column = next;
    } while (matched[column] !== 0);
    for (; column !== 0; column = before[column]!) matched[column] = matched[before[column]!]!;
  }
  const result = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column++)
    if (matched[column]! <= rows) result[matched[column]! - 1] = column - 1;
  return result;
}
