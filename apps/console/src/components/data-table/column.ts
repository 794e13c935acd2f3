import type { ReactNode } from 'react';
import type { CsvCell } from './to-csv.ts';

/** One column: `value` is what is searched, sorted and exported; `render` only how it looks. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  value(row: Row): CsvCell;
  render?(row: Row): ReactNode;
  readonly width?: number | string;
  readonly align?: 'left' | 'right' | 'center';
  /** Numbers and times are exported and sorted, not searched. */
  readonly searched?: boolean;
  /** Only in the export. */
  readonly exportOnly?: boolean;
}

/** Rows in which every word of the search occurs in some column. */
export function searchRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], search: string): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const searched = columns.filter((column) => column.searched !== false);
  return rows.filter((row) => {
    const text = searched
      .map((column) => String(column.value(row) ?? ''))
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Numbers by size, everything else as people sort text; what is missing comes last. */
export function compareCells(a: CsvCell, b: CsvCell): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return 1;
  if (b === null || b === undefined) return -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
