/**
 * The linear assignment problem by shortest augmenting paths (Jonker and Volgenant 1987, in the rectangular form of
 * Crouse 2016): every row gets a column of its own, or every column a row, so that the sum of costs is least.
 * O(rows² columns). Ties go to the lower index, so equal input gives equal output.
 *
 * The library of the field (linear-sum-assignment on ml-matrix) was weighed: it copies into matrix objects what is
 * called some hundred times a second with ten rows, and its ties are not specified, which replays depend on.
 *
 * @param cost rows of equal length; finite numbers only
 * @returns for each row its column, or -1
 */
export function assign(cost: readonly (readonly number[])[]): number[] {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  if (columns === 0) return cost.map(() => -1);
  if (rows > columns) {
    const byColumn = assign(cost[0]!.map((_, column) => cost.map((row) => row[column]!)));
    const byRow = new Array<number>(rows).fill(-1);
    byColumn.forEach((row, column) => {
      byRow[row] = column;
    });
    return byRow;
  }
  return byRows(cost, rows, columns);
}

/** Potentials and paths are numbered from 1; column 0 stands for the row that looks for a place. */
function byRows(cost: readonly (readonly number[])[], rows: number, columns: number): number[] {
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const cameFrom = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const reached = new Uint8Array(columns + 1);
    do {
      reached[column] = 1;
      const at = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let other = 1; other <= columns; other++) {
        if (reached[other]) continue;
        const reduced = cost[at - 1]![other - 1]! - rowPotential[at]! - columnPotential[other]!;
        if (reduced < least[other]!) {
          least[other] = reduced;
          cameFrom[other] = column;
        }
        if (least[other]! < step) {
          step = least[other]!;
          next = other;
        }
      }
      for (let other = 0; other <= columns; other++) {
        if (reached[other]) {
          rowPotential[rowOf[other]!]! += step;
          columnPotential[other]! -= step;
        } else least[other]! -= step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = cameFrom[column]!;
      rowOf[column] = rowOf[before]!;
      column = before;
    }
  }
  const result = new Array<number>(rows).fill(-1);
  for (let column = 1; column <= columns; column++) if (rowOf[column]! > 0) result[rowOf[column]! - 1] = column - 1;
  return result;
}

/** The pairs whose gain is above 0 with the greatest sum; pairs without gain stay apart. */
export function bestPairs(gain: readonly (readonly number[])[]): [row: number, column: number][] {
  const most = Math.max(0, ...gain.flat());
  const columns = assign(gain.map((row) => row.map((value) => most - Math.max(0, value))));
  return columns.flatMap((column, row) =>
    column >= 0 && gain[row]![column]! > 0 ? [[row, column] as [number, number]] : [],
  );
}
