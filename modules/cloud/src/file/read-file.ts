import { setImmediate } from 'node:timers/promises';
import type { Note } from '@millwright/kernel';
import type { Rejection } from '../connectors/connector.ts';
import { type FileInput, nameOf, openBytes } from './byte-source.ts';
import { CellRows, type PlacedSink } from './cell-rows.ts';
import { fileErrors } from './errors.ts';
import { type FileMapping, parseFileMapping } from './file-mapping.ts';
import { byteOrderMark, LineDecoder } from './line-decoder.ts';
import type { FilePoint, ReadingBatch } from './reading-batch.ts';
import { RecordScanner } from './record-scanner.ts';
import { RowReader } from './row-reader.ts';
import { cellText, chooseSheet, loadWorkbook, WORKBOOK_LIMIT } from './workbook.ts';

export interface ReadFileOptions {
  /** For messages; the path's last part when absent. */
  readonly fileName?: string;
  /** Takes what was not read, in the order of the file; awaited before reading goes on. */
  readonly onReject?: (rejections: readonly Rejection[]) => void | Promise<void>;
  readonly signal?: AbortSignal;
  /** Readings per batch. Default 50,000. */
  readonly batchSize?: number;
  /** Bytes that a workbook may need unpacked. Default 64 MiB. */
  readonly workbookLimit?: number;
}

export interface FileSummary {
  /** Data rows met, rejected ones included; blank and comment lines are not rows. */
  readonly rows: number;
  readonly rowsRejected: number;
  readonly cellsRejected: number;
  /** Empty cells and texts that mean "no value". */
  readonly gaps: number;
  readonly readings: number;
  /** First and last time read, milliseconds since 1970; absent when there was none. */
  readonly from?: number;
  readonly to?: number;
  readonly points: readonly (FilePoint & { readonly count: number })[];
}

export interface FileReading extends AsyncIterable<ReadingBatch> {
  /** What has been read so far; final when the iteration has ended. */
  readonly summary: FileSummary;
}

/**
 * Reads a table as a mapping says. Can be iterated once. CSV of any size is streamed; a workbook is loaded whole.
 * Throws FILE_MAPPING_INVALID, FILE_MAPPING_MISFIT, FILE_UNREADABLE, FILE_WORKBOOK_TOO_LARGE, FILE_TIME_ZONE_UNKNOWN.
 */
export function readFile(input: FileInput, mapping: FileMapping, options: ReadFileOptions = {}): FileReading {
  const checked = parseFileMapping(mapping);
  const fileName = nameOf(input, options.fileName);
  const rows = new RowReader(checked, fileName, options.batchSize ?? 50_000);
  return {
    [Symbol.asyncIterator]: () => batches(rowSteps(input, checked, fileName, rows, options), rows, options),
    get summary() {
      return summaryOf(rows);
    },
  };
}

/** How a table's text is cut into rows. */
export type RowSource = Pick<
  FileMapping,
  'format' | 'sheet' | 'encoding' | 'lineEnd' | 'delimiter' | 'quote' | 'comment' | 'decimal' | 'header' | 'columns'
>;

/** Hands a table's rows to a sink, a step at a time, so that whoever iterates can pause, look at a signal, or stop. */
export function rowSteps(
  input: FileInput,
  source: RowSource,
  fileName: string,
  rows: PlacedSink,
  options: Pick<ReadFileOptions, 'workbookLimit'> = {},
): AsyncGenerator<void> {
  const steps = source.format === 'xlsx' ? workbookSteps : textSteps;
  return steps(input, source, fileName, rows, options);
}

/** After each step of a source, what it filled goes out. */
async function* batches(steps: AsyncIterable<void>, rows: RowReader, options: ReadFileOptions) {
  for await (const _ of steps) {
    options.signal?.throwIfAborted();
    yield* drain(rows, options);
  }
  rows.batches.finish();
  yield* drain(rows, options);
}

async function* drain(rows: RowReader, options: ReadFileOptions) {
  if (rows.rejections.length > 0) {
    const rejections = rows.rejections;
    rows.rejections = [];
    await options.onReject?.(rejections);
  }
  yield* rows.batches.full.splice(0);
}

async function* textSteps(
  input: FileInput,
  mapping: RowSource,
  fileName: string,
  rows: PlacedSink,
): AsyncGenerator<void> {
  const { delimiter, quote, comment } = mapping;
  const columns = mapping.header.length || mapping.columns.length;
  const scanner = new RecordScanner({ delimiter, quote, comment, columns }, rows);
  rows.readFrom(scanner);
  let decoder: LineDecoder | undefined;
  for await (const chunk of openBytes(input, fileName)) {
    decoder ??= new LineDecoder(byteOrderMark(chunk) ?? mapping.encoding, mapping.lineEnd);
    for (const block of decoder.push(chunk)) scan(scanner, block);
    yield;
  }
  for (const block of decoder?.end() ?? []) scan(scanner, block);
  scanner.end();
  if (decoder === undefined) throw fileErrors.FILE_EMPTY({ fileName });
  yield;
}

function scan(scanner: RecordScanner, block: { text: string; fault?: Note }): void {
  if (block.fault === undefined) scanner.push(block.text);
  else scanner.fault(block.fault, block.text);
}

async function* workbookSteps(
  input: FileInput,
  mapping: RowSource,
  fileName: string,
  rows: PlacedSink,
  options: Pick<ReadFileOptions, 'workbookLimit'>,
): AsyncGenerator<void> {
  const bytes = await workbookBytes(input, fileName, options.workbookLimit);
  const sheets = await loadWorkbook(bytes, fileName, options.workbookLimit);
  const sheet = chooseSheet(sheets, mapping.sheet, fileName);
  const table = new CellRows(rows);
  for (const row of sheet.rows) {
    const cells = row.map((cell) => cellText(cell, mapping.decimal));
    const skipped = mapping.comment !== '' && cells[0]?.startsWith(mapping.comment);
    table.push(cells, !skipped);
    if (table.line % 2000 === 0) {
      yield;
      await setImmediate();
    }
  }
  yield;
}

/** A workbook's bytes, as long as even the packed file is within the limit. */
export async function workbookBytes(input: FileInput, fileName: string, limit = WORKBOOK_LIMIT): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of openBytes(input, fileName)) {
    size += chunk.length;
    if (size > limit) throw fileErrors.FILE_WORKBOOK_TOO_LARGE({ fileName, bytes: size, limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function summaryOf(rows: RowReader): FileSummary {
  const { from, to, ...counts } = rows.counts;
  const points = rows.points.map((point, index) => ({ ...point, count: rows.perKey[index]! }));
  return counts.readings === 0 ? { ...counts, points } : { ...counts, from, to, points };
}
