import { seededRandom } from '@millwright/imaging';
import type { Table } from '../../table/table.ts';
import { as32 } from '../columns.ts';
import { type ColumnBins, categoryBins, fillBins, mostBins, numberBins } from './bins.ts';
import type { GrowKernel } from './grow-kernel.ts';

/** Rows from which the edges of bins are taken. */
export const sampledRows = 200_000;
/** Rows of a level at least, for it to have a bin; fewer where there are few rows. */
export const levelRows = (rows: number): number => Math.min(10, Math.ceil(rows / 100));

/** Bins of every column of a table. A large table is sampled evenly, by the seed. */
export function binsOf(table: Table, most: number, seed: number): ColumnBins[] {
  const { rows } = table;
  const random = seededRandom(seed);
  const step = Math.max(1, rows / sampledRows);
  const chosen = Int32Array.from({ length: Math.min(rows, sampledRows) }, (_, at) =>
    rows <= sampledRows ? at : Math.min(rows - 1, Math.floor((at + random()) * step)),
  );
  return table.columns.map((column) => {
    if (column.kind === 'category') {
      const counts = new Float64Array(column.levels.length);
      for (let row = 0; row < rows; row++) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
      return categoryBins(counts, Math.min(most, mostBins), levelRows(rows));
    }
    const sample = new Float32Array(chosen.length);
    let known = 0;
    for (let at = 0; at < chosen.length; at++) {
      const value = as32(column.values[chosen[at]!]!);
      if (!Number.isNaN(value)) sample[known++] = value;
    }
    return numberBins(sample.subarray(0, known), most);
  });
}

/** Writes the table's rows, as bins, into the rows of the kernel from `first` on. */
export function binRows(kernel: GrowKernel, bins: readonly ColumnBins[], table: Table, first: number): void {
  const { bins: into } = kernel.arrays;
  const all = kernel.shape.rows;
  for (const [place, column] of table.columns.entries())
    fillBins(
      bins[place]!,
      column.kind === 'number' ? column.values : column.codes,
      into,
      ((place >> 2) * all + first) * 4 + (place & 3),
    );
}
