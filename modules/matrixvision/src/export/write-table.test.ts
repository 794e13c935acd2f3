import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { ExportColumn } from './column.ts';
import { writeTable } from './write-table.ts';

interface Row {
  readonly at: number | null;
  readonly name: string | null;
  readonly big: number;
  readonly small: number | null;
  readonly share: number | null;
  readonly good: boolean;
}
const columns: readonly ExportColumn<Row>[] = [
  { name: 'at', type: 'time', value: ({ at }) => at },
  { name: 'name', type: 'text', value: ({ name }) => name },
  { name: 'big', type: 'whole', value: ({ big }) => big },
  { name: 'small', type: 'count', value: ({ small }) => small },
  { name: 'share', type: 'number', value: ({ share }) => share },
  { name: 'good', type: 'truth', value: ({ good }) => good },
];
const rowOf = (index: number): Row => ({
  at: index % 7 === 0 ? null : Date.parse('2026-03-01T10:00:00.123Z') + index * 40,
  name: index % 5 === 0 ? null : `гейт 门 ${index % 3}`,
  big: 2 ** 40 + index,
  small: index % 3 === 0 ? null : index,
  share: index % 4 === 0 ? null : index / 3,
  good: index % 2 === 0,
});
function* pages(count: number, size: number): Generator<Row[]> {
  for (let first = 0; first < count; first += size)
    yield Array.from({ length: Math.min(size, count - first) }, (_, index) => rowOf(first + index));
}

async function written(format: 'csv' | 'parquet', rows: Iterable<readonly Row[]>): Promise<Buffer[]> {
  return (await Array.fromAsync(writeTable(format, columns, rows))).map((piece) => Buffer.from(piece));
}
const bufferOf = (pieces: readonly Buffer[]): ArrayBuffer => new Uint8Array(Buffer.concat(pieces)).buffer;

describe('a table as Parquet', () => {
  it('comes back as it was, each column in its type', async () => {
    const file = bufferOf(await written('parquet', pages(2_500, 1_000)));
    const back = await parquetReadObjects({ file });
    expect(back).toHaveLength(2_500);
    back.forEach((row, index) => {
      const { at, name, big, small, share, good } = rowOf(index);
      expect(row).toEqual({ at: at === null ? null : new Date(at), name, big: BigInt(big), small, share, good });
    });
    const metadata = parquetMetadata(file);
    const types = parquetSchema(metadata).children.map(({ element }) => [
      element.name,
      element.type,
      element.logical_type?.type ?? element.converted_type,
    ]);
    expect(types).toEqual([
      ['at', 'INT64', 'TIMESTAMP'],
      ['name', 'BYTE_ARRAY', 'STRING'],
      ['big', 'INT64', undefined],
      ['small', 'INT32', undefined],
      ['share', 'DOUBLE', undefined],
      ['good', 'BOOLEAN', undefined],
    ]);
    expect(metadata.row_groups.map(({ num_rows }) => num_rows)).toEqual([1_000n, 1_000n, 500n]);
  });

  it('is a whole file without a row as well', async () => {
    const file = bufferOf(await written('parquet', []));
    expect(await parquetReadObjects({ file })).toEqual([]);
    expect(parquetSchema(parquetMetadata(file)).children).toHaveLength(columns.length);
  });

  it('is handed on page by page, so that memory holds one of them', async () => {
    let made = 0;
    function* counted() {
      for (const page of pages(50_000, 5_000)) {
        made += 1;
        yield page;
      }
    }
    const pieces = writeTable('parquet', columns, counted());
    const sizes: number[] = [];
    for (let taken = 1; taken <= 10; taken += 1) {
      sizes.push((await pieces.next()).value!.length);
      expect(made).toBe(taken);
    }
    const end = (await pieces.next()).value!.length;
    // The end holds the index of ten groups and none of their rows.
    expect(end).toBeLessThan(sizes[0]!);
    expect((await pieces.next()).done).toBe(true);
  });
});

describe('a table as CSV', () => {
  it('has times in ISO 8601, nothing for what is missing, and no formulas', async () => {
    const rows: Row[] = [
      { at: 0, name: '=HYPERLINK("http://x")', big: 7, small: null, share: 0.5, good: true },
      { at: null, name: 'gate, north', big: 8, small: 3, share: null, good: false },
    ];
    const text = Buffer.concat(await written('csv', [rows])).toString();
    expect(text).toBe(
      '\uFEFFat,name,big,small,share,good\r\n' +
        `1970-01-01T00:00:00.000Z,"'=HYPERLINK(""http://x"")",7,,0.5,true\r\n` +
        ',"gate, north",8,3,,false\r\n',
    );
  });
});
