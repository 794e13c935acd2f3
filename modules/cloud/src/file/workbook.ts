import readWorkbook from 'read-excel-file/node';
import { fileErrors } from './errors.ts';

const DAY = 86_400_000;
const EXCEL_EPOCH = Date.UTC(1899, 11, 30);

/** A workbook is unpacked and held whole, which takes about eleven times the size of its XML. */
export const WORKBOOK_LIMIT = 64 * 1024 * 1024;

export interface Sheet {
  readonly name: string;
  /** Strings, numbers, booleans, dates (wall clock as UTC) and null. */
  readonly rows: readonly (readonly unknown[])[];
}

/** All sheets of an XLSX file. FILE_WORKBOOK_TOO_LARGE before anything is unpacked, FILE_UNREADABLE when it is broken. */
export async function loadWorkbook(bytes: Buffer, fileName: string, limit = WORKBOOK_LIMIT): Promise<Sheet[]> {
  const unpacked = unpackedSize(bytes);
  if (unpacked > limit) throw fileErrors.FILE_WORKBOOK_TOO_LARGE({ fileName, bytes: unpacked, limit });
  try {
    const sheets = await readWorkbook(bytes);
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data }));
  } catch (cause) {
    throw fileErrors.FILE_UNREADABLE(
      { fileName, cause: cause instanceof Error ? cause.message : String(cause) },
      cause,
    );
  }
}

/** The named sheet, or the first that has two rows with two cells: a title page comes before the table in many. */
export function chooseSheet(sheets: readonly Sheet[], name: string | undefined, fileName: string): Sheet {
  const names = sheets.map((sheet) => sheet.name);
  const found =
    name === undefined
      ? (sheets.find(({ rows }) => rows.filter((row) => row.filter((cell) => cell !== null).length > 1).length > 1) ??
        sheets.find(({ rows }) => rows.length > 0))
      : sheets.find((sheet) => sheet.name === name);
  if (found !== undefined) return found;
  if (name !== undefined) throw fileErrors.FILE_SHEET_UNKNOWN({ sheet: name, sheets: names });
  throw fileErrors.FILE_EMPTY({ fileName });
}

/** A cell as the text that a CSV would hold. Dates are wall clock; a time without a date is `HH:mm:ss`. */
export function cellText(cell: unknown, decimal: '.' | ','): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return decimal === '.' ? String(cell) : String(cell).replace('.', ',');
  if (cell instanceof Date) return dateText(cell.getTime());
  return String(cell);
}

function dateText(time: number): string {
  const second = Math.round(time / 1000) * 1000;
  const wall = Math.abs(second - time) <= 50 ? second : time;
  const sinceEpoch = wall - EXCEL_EPOCH;
  if (sinceEpoch >= 0 && sinceEpoch < 2 * DAY) {
    const minutes = Math.floor(sinceEpoch / 60_000);
    const two = (value: number) => String(value).padStart(2, '0');
    return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(Math.floor(sinceEpoch / 1000) % 60)}`;
  }
  return new Date(wall)
    .toISOString()
    .slice(0, 23)
    .replace('T', ' ')
    .replace(/\.000$/, '');
}

/** Sum of the sizes that the archive's directory states; 0 when it has none (then unpacking says what is wrong). */
function unpackedSize(bytes: Buffer): number {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return 0;
  let at = bytes.readUInt32LE(end + 16);
  let size = 0;
  for (let entries = bytes.readUInt16LE(end + 10); entries > 0 && at + 46 <= bytes.length; entries--) {
    size += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return size;
}
