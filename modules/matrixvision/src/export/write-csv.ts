import type { Cell, ColumnType, ExportColumn, Pages } from './column.ts';

/** Spreadsheets run what begins like this as a formula; a name from outside must not become one. */
const formula = /^[=+@\t\r-]/;

/** RFC 4180, in UTF-8 with a byte order mark, without which Excel reads Chinese as noise; times in ISO 8601. */
export async function* writeCsv<Row>(
  columns: readonly ExportColumn<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`\uFEFF${columns.map(({ name }) => name).join(',')}\r\n`);
  for await (const rows of pages) {
    const lines = rows.map((row) => columns.map((column) => cell(column.value(row), column.type)).join(','));
    if (lines.length > 0) yield Buffer.from(`${lines.join('\r\n')}\r\n`);
  }
}

function cell(value: Cell, type: ColumnType): string {
  if (value === null) return '';
  if (type === 'time') return new Date(value as number).toISOString();
  if (typeof value !== 'string') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
