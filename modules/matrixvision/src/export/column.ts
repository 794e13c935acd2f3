/** How a column is typed: `time` in milliseconds since 1970, `whole` a whole number, `count` one of at most 32 bits. */
export type ColumnType = 'text' | 'time' | 'whole' | 'count' | 'number' | 'truth';

export type Cell = string | number | boolean | null;

/** One column of a table that is handed out; named as SQL would. */
export interface ExportColumn<Row> {
  readonly name: string;
  readonly type: ColumnType;
  value(row: Row): Cell;
}

export const exportFormats = ['csv', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Rows a page at a time, so that a table of any length needs no more memory than one page. */
export type Pages<Row> = AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>;

export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};
