import type { Mapping, PreviewRow } from './mapping.ts';

/**
 * What a cell of a value column was read as: the number where that is written otherwise than in the file, null where it
 * was not read though something stands there, undefined where nothing is to be said.
 */
export function valueRead(row: PreviewRow, column: number, mapping: Mapping): number | null | undefined {
  const mapped = mapping.columns.find((each) => each.column === column);
  const cell = row.cells[column - 1]?.trim() ?? '';
  if (mapped?.role !== 'value' || mapping.layout !== 'wide' || cell === '') return undefined;
  const key = mapped.key ?? (mapped.header || mapped.name || `column ${column}`);
  const value = row.values?.[key];
  if (value === undefined) return null;
  return String(value) === cell || Number(cell) === value ? undefined : value;
}
