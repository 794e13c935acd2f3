import { describe, expect, it } from 'vitest';
import { parseCsv, writeCsv } from './csv.ts';
import { decodeText, readCells, tableRows, writeXlsx } from './table.ts';

describe('parseCsv', () => {
  it('reads quotes, line breaks in cells, CRLF and a byte order mark', () => {
    expect(parseCsv('\uFEFFa,b\r\n"x, ""y""\nz", 2 \r\n')).toEqual([
      ['a', 'b'],
      ['x, "y"\nz', '2'],
    ]);
  });

  it('finds the delimiter in the header', () => {
    expect(parseCsv('a;b\n1;2,5')).toEqual([
      ['a', 'b'],
      ['1', '2,5'],
    ]);
    expect(parseCsv('a\tb\n1\t')).toEqual([
      ['a', 'b'],
      ['1', ''],
    ]);
  });

  it('reads back what writeCsv wrote', () => {
    const rows = [
      ['id', 'note'],
      ['1', 'a, "b"\nc'],
      [' x', '电'],
    ];
    expect(parseCsv(writeCsv(rows)).slice(0, 2)).toEqual(rows.slice(0, 2));
  });
});

describe('readCells', () => {
  it('reads GB18030 and UTF-16 as Chinese spreadsheets save them', () => {
    expect(decodeText(new Uint8Array([0xb5, 0xe7]))).toBe('电');
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x35, 0x75]))).toContain('电');
    expect(decodeText(new TextEncoder().encode('电'))).toBe('电');
  });

  it('reads numbers of a workbook as they were typed', async () => {
    const { default: write } = await import('write-excel-file/universal');
    const blob = await write([
      [
        { value: 932.08, type: Number },
        { value: 0.1 + 0.2, type: Number },
        { value: '0.5810', type: String },
      ],
    ]).toBlob();
    expect(await readCells(new Uint8Array(await blob.arrayBuffer()))).toEqual([['932.08', '0.3', '0.5810']]);
  });

  it('says so when a workbook is damaged', async () => {
    const bytes = (await writeXlsx([{ name: 'a', rows: [['a']] }])).slice(0, 200);
    await expect(readCells(bytes)).rejects.toThrow(expect.objectContaining({ code: 'ESG_TABLE_UNREADABLE' }));
  });
});

it('tableRows takes column names loosely, keeps row numbers and leaves out empty rows and comments', () => {
  expect(
    tableRows(
      [
        ['Floor Area', 'b'],
        ['', ''],
        ['# old', '1'],
        ['7', ''],
      ],
      ['floorArea', 'b'],
      ['floorArea'],
    ),
  ).toEqual([{ row: 4, cells: { floorArea: '7' } }]);
});
