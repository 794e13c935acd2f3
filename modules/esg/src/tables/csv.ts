/**
 * Cells of a CSV text (RFC 4180, with LF or CRLF). The delimiter is whichever of comma, semicolon and tab the first line has most of.
 */
export function parseCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < source.length; index++) {
    const letter = source[index]!;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[index + 1] === '"') cell += source[++index];
      else quoted = false;
    } else if (letter === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (letter === delimiter) {
      row.push(cell.trim());
      cell = '';
    } else if (letter === '\n') {
      rows.push([...row, cell.trim()]);
      row = [];
      cell = '';
    } else cell += letter;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell.trim()]);
  return rows;
}

function delimiterOf(text: string): string {
  const line = text.slice(0, text.search(/\r?\n|$/));
  const count = (letter: string) => line.split(letter).length;
  return [',', ';', '\t'].reduce((best, letter) => (count(letter) > count(best) ? letter : best));
}

/** CSV with CRLF, quoted where it has to be. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `${rows.map((row) => row.map(quote).join(',')).join('\r\n')}\r\n`;
}
