/** One column of a table: numbers, or texts as codes into their distinct values. */
export type Column = NumberColumn | CategoryColumn;

export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  /** NaN where nothing is known. */
  readonly values: Float64Array;
}

export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  /** Index into `levels`, -1 where nothing is known. */
  readonly codes: Int32Array;
  /** Distinct texts, sorted, so that the order of rows decides nothing. */
  readonly levels: readonly string[];
}

/** Columns of one length. */
export interface Table {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Milliseconds since 1970 of each row, in the file's order; undefined in a table without times. */
  readonly time?: Float64Array;
}

export const columnOf = (table: Table, name: string): Column | undefined =>
  table.columns.find((column) => column.name === name);

/** The table of some rows, in the order given. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  const take = <T extends Float64Array | Int32Array>(values: T): T => {
    const taken = new (values.constructor as new (length: number) => T)(rows.length);
    for (let index = 0; index < rows.length; index++) taken[index] = values[rows[index]!]!;
    return taken;
  };
  return {
    rows: rows.length,
    columns: table.columns.map((column) =>
      column.kind === 'number' ? { ...column, values: take(column.values) } : { ...column, codes: take(column.codes) },
    ),
    ...(table.time ? { time: take(table.time) } : {}),
  };
}
