export type CsvCell = string | number | boolean | null | undefined;

/** Spreadsheets run what begins like this as a formula; a name from a source must not become one. */
const formula = /^[=+@\t\r-]/;
/** With or without a unit: `-5.2 kW`, but not `-2+3`. */
const number = /^[+-]?[\d.,]+(?:[eE][+-]?\d+)?(?: [^=+\-|!()"']*)?$/;

function cell(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = formula.test(value) && !number.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180 with a byte order mark, without which Excel reads Chinese as noise. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
