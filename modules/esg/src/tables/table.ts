import { Exact } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { parseCsv } from './csv.ts';

export interface TableRow {
  /** Row as the spreadsheet numbers it; the header is row 1. */
  readonly row: number;
  /** Cells that are not empty, by column. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Cells of a CSV or XLSX file as text. Throws ESG_TABLE_UNREADABLE. */
export async function readCells(bytes: Uint8Array): Promise<string[][]> {
  return isXlsx(bytes) ? readXlsx(bytes) : parseCsv(decodeText(bytes));
}

/** XLSX is a ZIP archive; no text starts like one. */
export function isXlsx(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;
}

/** UTF-8 or UTF-16 by its mark; else UTF-8 where it is valid, and GB18030, which Chinese spreadsheets save by default. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function readXlsx(bytes: Uint8Array): Promise<string[][]> {
  const { readSheet } = await import('read-excel-file/universal');
  try {
    const rows = await readSheet(new Uint8Array(bytes).buffer, { parseNumber: spreadsheetNumber });
    return rows.map((row) => row.map(cellText));
  } catch (error) {
    throw esgErrors.ESG_TABLE_UNREADABLE(
      { reason: error instanceof Error ? error.message : 'not a spreadsheet' },
      error,
    );
  }
}

/**
 * A spreadsheet stores 932.08 as the binary number next to it, written out to 17 digits, but shows and means 15.
 * Taking its text at 15 digits gives back what was typed.
 */
function spreadsheetNumber(text: string): string {
  return new Exact(text).toSignificantDigits(15).toFixed();
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

/**
 * Rows under the header row. Empty rows and rows that start with # are left out. Column names are taken without regard
 * to case, spaces and underscores. Throws ESG_TABLE_COLUMNS_WRONG.
 */
export function tableRows(cells: string[][], columns: readonly string[], required: readonly string[]): TableRow[] {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
  const header = (cells[0] ?? []).map((name) => columns.find((column) => plain(column) === plain(name)) ?? name);
  const missing = required.filter((column) => !header.includes(column));
  const unknown = header.filter((name) => name !== '' && !columns.includes(name));
  if (missing.length > 0 || unknown.length > 0)
    throw esgErrors.ESG_TABLE_COLUMNS_WRONG({ missing, unknown, known: [...columns] });
  return cells.slice(1).flatMap((row, index) => {
    if (row.every((cell) => cell === '') || row[0]?.startsWith('#')) return [];
    const filled = header.flatMap((name, column) => (name && row[column] ? [[name, row[column]] as const] : []));
    return [{ row: index + 2, cells: Object.fromEntries(filled) }];
  });
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** A workbook of text cells, so that decimals keep every digit. The first row of each sheet is bold and stays in sight. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { default: write } = await import('write-excel-file/universal');
  const blob = await write(
    sheets.map(({ name, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: (rows[0] ?? []).map((_, column) => ({
        width: Math.min(60, Math.max(10, ...rows.map((row) => (row[column] ?? '').length + 2))),
      })),
      data: rows.map((row, index) =>
        row.map((value) => ({ value, type: String, ...(index === 0 ? { fontWeight: 'bold' as const } : {}) })),
      ),
    })),
  ).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
