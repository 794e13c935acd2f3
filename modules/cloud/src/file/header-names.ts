/**
 * One name per column from the rows of a header. A name that stands only once over several columns (merged cells) holds
 * for those to its right, and the rows are joined: `Line 1` over `Power`, `Energy` gives `Line 1 Power`, `Line 1 Energy`.
 */
export function headerNames(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const last = rows.length - 1;
  const filled = rows.map((row, index) => (index < last ? fillRight(row, width) : row));
  const names: string[] = [];
  for (let column = 0; column < width; column++) {
    const parts = filled.map((row) => (row[column] ?? '').replace(/\s+/g, ' ').trim());
    names.push([...new Set(parts.filter((part) => part !== ''))].join(' '));
  }
  return unique(names);
}

/** Only where the row is sparse is an empty cell taken for a continued one. */
function fillRight(row: readonly string[], width: number): string[] {
  const cells = Array.from({ length: width }, (_, column) => (row[column] ?? '').trim());
  const gaps = cells.slice(1).filter((cell) => cell === '').length;
  if (gaps < cells.length / 4) return cells;
  let current = '';
  return cells.map((cell, column) => {
    if (column === 0) return cell;
    current = cell === '' ? current : cell;
    return current;
  });
}

/** Empty names become `column 3`; repeated ones get a number. */
function unique(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, index) => {
    const base = name === '' ? `column ${index + 1}` : name;
    const times = (seen.get(base) ?? 0) + 1;
    seen.set(base, times);
    return times === 1 ? base : `${base} (${times})`;
  });
}
