import { parse } from 'csv-parse/sync';
import { cloudErrors } from '../errors.ts';
import { guessEncoding } from '../file/guess-encoding.ts';
import { cellText, chooseSheet, loadWorkbook } from '../file/workbook.ts';

/** The columns of a structure file, in the order they are written. Read in any order and case; only `site` must be there. */
export const structureColumns = [
  'site',
  'timezone',
  'area',
  'line',
  'asset path',
  'source',
  'source kind',
  'point key',
  'name',
  'unit',
  'kind',
  'stamp',
  'interval seconds',
  'carrier',
  'quantity',
  'minimum',
  'maximum',
  'register maximum',
  'retention days',
  'main meter',
] as const;
export type StructureColumn = (typeof structureColumns)[number];

/** Text of the cells; a column that the file does not have is undefined, which leaves the fact as it is. */
export type StructureRow = Partial<Record<StructureColumn, string>>;

const byteOrderMark = '\ufeff';

/** CSV as spreadsheets open it without asking: UTF-8 with a byte order mark, CRLF. */
export function writeStructureCsv(rows: readonly StructureRow[]): Buffer {
  const line = (cells: readonly string[]) => cells.map(quoted).join(',');
  const lines = [line(structureColumns), ...rows.map((row) => line(structureColumns.map((name) => row[name] ?? '')))];
  return Buffer.from(`${byteOrderMark}${lines.join('\r\n')}\r\n`);
}

const quoted = (cell: string): string => (/[",\r\n;]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** All cells are text, so that keys such as 0012 keep their zeros. */
export async function writeStructureWorkbook(rows: readonly StructureRow[]): Promise<Buffer> {
  // Loaded when someone asks for a workbook: an idle server should not carry it.
  const { default: write } = await import('write-excel-file/node');
  const heading = structureColumns.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  const data = rows.map((row) => structureColumns.map((name) => ({ value: row[name] ?? '', type: String })));
  return write([heading, ...data], { sheet: 'structure', stickyRowsCount: 1 }).toBuffer();
}

/** Reads either form. Throws STRUCTURE_FILE_INVALID when it is not a table with the right columns. */
export async function readStructure(bytes: Buffer, fileName: string): Promise<StructureRow[]> {
  const isWorkbook = bytes.subarray(0, 2).toString('latin1') === 'PK';
  const [header, ...rows] = isWorkbook ? await workbookRows(bytes, fileName) : csvRows(bytes, fileName);
  const columns = (header ?? []).map(columnOf);
  if (!columns.includes('site')) {
    throw cloudErrors.STRUCTURE_FILE_INVALID({ fileName, reason: 'it has no column called site' });
  }
  return rows.map((cells) => {
    const row: StructureRow = {};
    columns.forEach((name, at) => {
      if (name) row[name] = (cells[at] ?? '').trim();
    });
    return row;
  });
}

async function workbookRows(bytes: Buffer, fileName: string): Promise<string[][]> {
  const sheet = chooseSheet(await loadWorkbook(bytes, fileName), undefined, fileName);
  return sheet.rows.map((row) => row.map((cell) => cellText(cell, '.')));
}

function csvRows(bytes: Buffer, fileName: string): string[][] {
  const text = new TextDecoder(guessEncoding(bytes, true).value).decode(bytes);
  const heading = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].find((sign) => heading.includes(sign)) ?? ',';
  try {
    return parse(text, { bom: true, delimiter, relax_column_count: true });
  } catch (error) {
    throw cloudErrors.STRUCTURE_FILE_INVALID({ fileName, reason: (error as Error).message }, error);
  }
}

function columnOf(title: string): StructureColumn | undefined {
  const folded = title
    .trim()
    .replaceAll(/[ _-]+/g, ' ')
    .toLowerCase();
  return structureColumns.find((name) => name === folded);
}
