import type { FileMapping } from './file-mapping.ts';
import { RecordScanner } from './record-scanner.ts';

export type Dialect = Pick<FileMapping, 'delimiter' | 'quote' | 'comment'>;

/** The rows of a text, at most `limit`, each as its cells; a line that is no row is empty, so that the count is kept. */
export function sampleRows(text: string, dialect: Dialect, limit: number): string[][] {
  const rows: string[][] = [];
  const scanner = new RecordScanner(dialect, {
    record: (line, starts, ends, count) => {
      rows.push(Array.from({ length: count }, (_, index) => line.slice(starts[index], ends[index]).trim()));
    },
    malformed: () => rows.push([]),
  });
  let at = 0;
  while (at < text.length && rows.length < limit) {
    // In pieces, so that no more is cut than is wanted.
    let end = text.indexOf('\n', Math.min(at + 65_536, text.length));
    end = end < 0 ? text.length : end + 1;
    scanner.push(text.slice(at, end));
    at = end;
  }
  if (rows.length < limit) scanner.end();
  return rows.slice(0, limit);
}
