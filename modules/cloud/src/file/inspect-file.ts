import type { Note, Reason } from '@millwright/kernel';
import { type FileInput, nameOf, readHead } from './byte-source.ts';
import { CellRows } from './cell-rows.ts';
import { type Chosen, chosenGuess } from './chosen.ts';
import { fileErrors } from './errors.ts';
import { type FileMapping, mappingSignature, parseFileMapping } from './file-mapping.ts';
import type { Guess } from './guess.ts';
import { findSideColumns, mapColumns, sampleColumns } from './guess-columns.ts';
import { guessDialect } from './guess-dialect.ts';
import { guessEncoding } from './guess-encoding.ts';
import { guessMatrix } from './guess-matrix.ts';
import { guessNotes } from './guess-notes.ts';
import { guessNumberFormat } from './guess-number-format.ts';
import { findTime, frameTable, type TableFrame, type TimeColumn, tableWidth } from './guess-table.ts';
import { explainFormat, guessTimes, type TimeTexts } from './guess-times.ts';
import { LineDecoder } from './line-decoder.ts';
import { RowReader } from './row-reader.ts';
import { sampleRows } from './sample-rows.ts';
import { cellText, chooseSheet, loadWorkbook, WORKBOOK_LIMIT } from './workbook.ts';

const HEAD_BYTES = 1024 * 1024;
const SAMPLE_ROWS = 5000;
const PREVIEW_ROWS = 20;
/** Of an error's details. */
const MOST_TITLES = 1000;

export interface InspectFileOptions {
  /** For messages; the path's last part when absent. */
  readonly fileName?: string;
  /** Where the file's wall clock stands; UTC is assumed, and said so, when absent. */
  readonly timezone?: string;
  /** Sheet of a workbook; the first with a table when absent. */
  readonly sheet?: string;
  readonly workbookLimit?: number;
  /** Questions that a person has answered. */
  readonly chosen?: Chosen;
}

export interface PreviewRow {
  /** First data row is 1. */
  readonly row: number;
  readonly cells: readonly string[];
  /** ISO 8601 in UTC; absent when the row was rejected. */
  readonly time?: string;
  /** By point key; a matrix shows the first of its day. */
  readonly values: Readonly<Record<string, number>>;
  /** Why the row or one of its cells would be rejected. */
  readonly rejected?: Reason;
}

export interface FileInspection {
  readonly fileName: string;
  readonly mapping: FileMapping;
  /** The name under which a corrected mapping is remembered. */
  readonly signature: string;
  readonly guesses: readonly Guess[];
  readonly warnings: readonly Note[];
  readonly preview: readonly PreviewRow[];
  /** Rows of the table that were looked at. */
  readonly sampledRows: number;
  /** Names of all sheets, for a workbook. */
  readonly sheets?: readonly string[];
}

export interface Sample {
  /** The first rows, each as its cells. */
  readonly rows: readonly (readonly string[])[];
  readonly source: Pick<FileMapping, 'format' | 'sheet' | 'encoding' | 'lineEnd' | 'delimiter' | 'quote' | 'comment'>;
  readonly guesses: readonly Guess[];
  readonly sheets?: readonly string[];
}

/**
 * Reads the beginning of a file (1 MiB, 5,000 rows; a workbook whole) and guesses how it is to be read, each guess with
 * a confidence and a reason. Throws FILE_EMPTY, FILE_KIND_UNSUPPORTED, FILE_NO_TIME_COLUMN, FILE_NO_VALUE_COLUMN.
 */
export async function inspectFile(input: FileInput, options: InspectFileOptions = {}): Promise<FileInspection> {
  const fileName = nameOf(input, options.fileName);
  const sample = await takeSample(input, fileName, options);
  const width = tableWidth(sample.rows);
  if (width === 0) throw fileErrors.FILE_EMPTY({ fileName });
  const frame = frameTable(sample.rows, width, options.chosen);
  if (frame.body.length === 0) throw fileErrors.FILE_EMPTY({ fileName });
  const time = findTime(frame, options.chosen?.timeColumns);
  if (time === undefined) throw fileErrors.FILE_NO_TIME_COLUMN({ fileName, columns: titles(frame) });
  const described = describeTable(frame, time, sample, options);
  const { mapping } = described;
  if (!mapping.columns.some((column) => column.role === 'value'))
    throw fileErrors.FILE_NO_VALUE_COLUMN({ fileName, columns: titles(frame) });
  return {
    fileName,
    mapping,
    signature: mappingSignature(frame.header.length > 0 ? frame.header : [`${width} columns without a header`]),
    guesses: [...sample.guesses, ...described.guesses],
    warnings: described.warnings,
    preview: preview(sample.rows, mapping, fileName),
    sampledRows: frame.body.length,
    ...(sample.sheets === undefined ? {} : { sheets: sample.sheets }),
  };
}

/**
 * The first rows as they will be read with a mapping, whoever made it. Throws FILE_MAPPING_INVALID and
 * FILE_MAPPING_MISFIT as the reading itself would.
 */
export async function previewFile(
  input: FileInput,
  mapping: FileMapping,
  options: InspectFileOptions = {},
): Promise<PreviewRow[]> {
  const fileName = nameOf(input, options.fileName);
  const { encoding, delimiter, quote } = mapping;
  const chosen = { encoding, delimiter, quote };
  const { rows } = await takeSample(input, fileName, { ...options, sheet: mapping.sheet, chosen });
  return preview(rows, parseFileMapping(mapping), fileName);
}

/** The names of the columns. */
export function titles(frame: TableFrame): string[] {
  const names = frame.header.length > 0 ? frame.header : frame.body[0]!.map((_, index) => `column ${index + 1}`);
  return names.slice(0, MOST_TITLES);
}

function describeTable(
  frame: TableFrame,
  time: TimeColumn,
  sample: Sample,
  { timezone, chosen = {} }: InspectFileOptions,
) {
  const timeColumns = time.columns.map((column) => column + 1);
  const others = frame.body.flatMap((row) => row.filter((_, index) => !time.columns.includes(index)));
  const numbers = withChosen(guessNumberFormat(others, sample.source.delimiter), chosen);
  const samples = sampleColumns(frame, numbers.format);
  const matrix = time.guess.parts === 'date' ? guessMatrix(frame.header) : undefined;
  const texts = frame.body.map((row) => time.columns.map((column) => row[column]!).join(' '));
  const candidates = samples.filter(({ column }) => !timeColumns.includes(column) && !matrix?.minutes.has(column));
  const side = findSideColumns(candidates, texts, matrix !== undefined);
  const series = side.point?.sample.cells ?? [];
  const times = guessTimes(timeTexts(frame, time, texts, matrix?.minutes), series, timezone);
  const minutes = matrix === undefined ? {} : { minutes: matrix.minutes };
  const columns = mapColumns({ samples, timeColumns, walls: times.walls, side, ...minutes });
  const layout = columns.guesses[0]!.value as FileMapping['layout'];
  const mapping: FileMapping = {
    version: 1,
    ...sample.source,
    ...numbers.format,
    skipRows: frame.skipRows,
    headerRows: frame.headerRows,
    header: [...frame.header],
    layout,
    missing: [],
    time: times.mapping,
    columns: columns.columns,
    points: columns.points,
  };
  const header = { what: 'header', value: frame.header, confidence: 0.9, reason: frame.reason };
  const guesses = [header, ...numbers.guesses, ...columns.guesses, ...times.guesses];
  const warnings = [...times.warnings, ...unknownUnits([...columns.columns, ...columns.points])];
  if (time.guess.confidence <= 0.5) warnings.push(explainFormat(time.guess, frame.header[time.columns[0]!] ?? ''));
  if (matrix?.ordinal) warnings.push(guessNotes['columns-numbered']());
  return { mapping, guesses, warnings };
}

/** A thousands separator that was guessed gives way to the decimal sign that was chosen. */
function withChosen(
  { format, guesses }: ReturnType<typeof guessNumberFormat>,
  { decimal = format.decimal, thousands = format.thousands === decimal ? '' : format.thousands }: Chosen,
): ReturnType<typeof guessNumberFormat> {
  return { format: { decimal, thousands }, guesses };
}

/** Values of an unknown unit are stored without one, which whoever adds them up must know. */
function unknownUnits(described: readonly { unit?: string; unitText?: string }[]): Note[] {
  const unknown = described.filter(({ unit, unitText }) => unit === undefined && unitText !== undefined);
  const texts = [...new Set(unknown.map(({ unitText }) => unitText!))].slice(0, 20);
  return texts.map((text) => guessNotes['unit-left-out']({ text }));
}

/** What `guessTimes` asks of the column that was found. */
export function timeTexts(
  frame: TableFrame,
  time: TimeColumn,
  texts: readonly string[],
  minutes: ReadonlyMap<number, number> | undefined,
): TimeTexts {
  const header = time.columns.map((column) => frame.header[column] ?? '').join(' ');
  return {
    columns: time.columns.map((column) => column + 1),
    format: time.guess.format,
    dayFirst: time.guess.dayFirst,
    confidence: time.guess.confidence,
    reason: explainFormat(time.guess, header),
    texts,
    header,
    ...(minutes === undefined ? {} : { minutes: [...minutes.values()] }),
  };
}

/** The beginning of a file and how it is cut into rows. */
export async function takeSample(input: FileInput, fileName: string, options: InspectFileOptions): Promise<Sample> {
  const limit = options.workbookLimit ?? WORKBOOK_LIMIT;
  const { bytes, whole } = await readHead(input, fileName, (head) => (isArchive(head) ? limit : HEAD_BYTES));
  if (bytes.length === 0) throw fileErrors.FILE_EMPTY({ fileName });
  if (isArchive(bytes)) {
    if (!whole) throw fileErrors.FILE_WORKBOOK_TOO_LARGE({ fileName, bytes: bytes.length + 1, limit });
    return workbookSample(bytes, fileName, options);
  }
  const kind = foreignKind(bytes);
  if (kind !== undefined) throw fileErrors.FILE_KIND_UNSUPPORTED({ fileName, kind });
  return textSample(bytes, whole, fileName, options.chosen);
}

function isArchive(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
}

function foreignKind(bytes: Buffer): string | undefined {
  const begins = (...mark: number[]) => bytes.subarray(0, mark.length).equals(Buffer.from(mark));
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return 'an old Excel workbook (XLS)';
  if (begins(0x25, 0x50, 0x44, 0x46)) return 'a PDF document';
  if (begins(0x50, 0x41, 0x52, 0x31)) return 'a Parquet file';
  if (begins(0x7b) || /^\s*(?:\{|\[\s*\{)/.test(bytes.subarray(0, 64).toString('latin1'))) return 'a JSON document';
  if (/^\s*<(?:\?xml|!doctype|html)/i.test(bytes.subarray(0, 64).toString('latin1'))) return 'an XML or HTML document';
  return undefined;
}

async function workbookSample(bytes: Buffer, fileName: string, options: InspectFileOptions): Promise<Sample> {
  const sheets = await loadWorkbook(bytes, fileName, options.workbookLimit);
  const sheet = chooseSheet(sheets, options.sheet, fileName);
  const head = sheet.rows.slice(0, SAMPLE_ROWS);
  // Numbers of a workbook have no decimal sign; its texts may have one, and then numbers are shown with the same.
  const written = head.flatMap((row) => row.filter((cell) => typeof cell === 'string'));
  const hasNumbers = head.some((row) => row.some((cell) => typeof cell === 'number'));
  const { decimal } = hasNumbers ? { decimal: '.' as const } : guessNumberFormat(written, ';').format;
  const reason = guessNotes[options.sheet === undefined ? 'first-sheet' : 'sheet-given']();
  const names = sheets.map(({ name }) => name);
  return {
    rows: head.map((row) => row.map((cell) => cellText(cell, decimal).trim())),
    source: {
      format: 'xlsx',
      sheet: sheet.name,
      encoding: 'utf-8',
      lineEnd: 'lf',
      delimiter: '\t',
      quote: '"',
      comment: '',
    },
    guesses: [{ what: 'sheet', value: sheet.name, confidence: names.length === 1 ? 1 : 0.7, reason }],
    sheets: names,
  };
}

function textSample(bytes: Buffer, whole: boolean, fileName: string, chosen: Chosen = {}): Sample {
  const encoding =
    chosen.encoding === undefined ? guessEncoding(bytes, whole) : chosenGuess('encoding', chosen.encoding);
  const wide = encoding.value.startsWith('utf-16');
  if (!wide && isBinary(bytes)) throw fileErrors.FILE_KIND_UNSUPPORTED({ fileName, kind: 'binary data' });
  const lineEnd = bytes.includes(10) || !bytes.includes(13) ? 'lf' : 'cr';
  const decoder = new LineDecoder(encoding.value, lineEnd);
  const blocks = decoder.push(bytes);
  if (whole || blocks.length === 0) blocks.push(...decoder.end());
  // A line that cannot be decoded still counts as one; the scanner refuses it for its NUL.
  const text = blocks.map((block) => (block.fault === undefined ? block.text : '\0\n')).join('');
  const { dialect, guesses } = guessDialect(text, chosen);
  return {
    rows: sampleRows(text, dialect, SAMPLE_ROWS),
    source: { format: 'csv', encoding: encoding.value, lineEnd, ...dialect },
    guesses: [encoding, ...guesses],
  };
}

/** Text has no control signs besides line ends, tabs, form feeds, and the Ctrl-Z with which old programs end a file. */
function isBinary(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 65_536);
  const strange = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)).length;
  return strange > head.length / 50;
}

function preview(rows: readonly (readonly string[])[], mapping: FileMapping, fileName: string): PreviewRow[] {
  const reader = new RowReader(mapping, fileName, 10_000);
  const table = new CellRows(reader);
  const shown = new Map<number, readonly string[]>();
  for (const cells of rows) {
    const before = reader.counts.rows;
    table.push(cells);
    if (reader.counts.rows > before) shown.set(reader.counts.rows, cells);
    if (shown.size === PREVIEW_ROWS) break;
  }
  reader.batches.finish();
  const found = new Map<number, { time: number; values: Record<string, number> }>();
  for (const batch of reader.batches.full) {
    for (let index = 0; index < batch.length; index++) {
      const row = batch.row[index]!;
      const entry = found.get(row) ?? { time: batch.time[index]!, values: {} };
      entry.values[batch.keys[batch.keyIndex[index]!]!] ??= batch.value[index]!;
      found.set(row, entry);
    }
  }
  const rejected = new Map(reader.rejections.map(({ row, reason }) => [row, reason]));
  return [...shown].map(([row, cells]) => {
    const entry = found.get(row);
    const reason = rejected.get(row);
    return {
      row,
      cells,
      ...(entry === undefined ? {} : { time: new Date(entry.time).toISOString() }),
      values: entry?.values ?? {},
      ...(reason === undefined ? {} : { rejected: reason }),
    };
  });
}
