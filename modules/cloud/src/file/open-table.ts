import type { Note } from '@millwright/kernel';
import { type FileInput, nameOf } from './byte-source.ts';
import type { PlacedSink } from './cell-rows.ts';
import { fileErrors } from './errors.ts';
import type { TimeMapping } from './file-mapping.ts';
import { guessNumberFormat } from './guess-number-format.ts';
import { findTime, frameTable, type TableFrame, tableWidth } from './guess-table.ts';
import { guessTimes } from './guess-times.ts';
import { takeSample, timeTexts, titles } from './inspect-file.ts';
import type { NumberFormat } from './number-reader.ts';
import { rowSteps } from './read-file.ts';
import { rowNotes } from './row-notes.ts';
import { isBlankRow, type RowPlace, shorten } from './row-reader.ts';
import { RowTimes } from './row-times.ts';

export interface OpenTableOptions {
  /** For messages; the path's last part when absent. */
  readonly fileName?: string;
  /** Where the file's wall clock stands; UTC when absent. */
  readonly timezone?: string;
  /** Name of the column with the time; found by itself when absent, none when null. */
  readonly timeColumn?: string | null;
  readonly sheet?: string;
  readonly signal?: AbortSignal;
}

/** Takes a table's data rows. */
export interface TableSink {
  /** Cell `i` is `text.slice(starts[i], ends[i])`. `time` is milliseconds since 1970, NaN in a table without times. */
  row(text: string, starts: Int32Array, ends: Int32Array, time: number): void;
  /** A row that is none: of another width, or without a time that could be read. */
  leftOut?(reason: Note): void;
}

/** A table that has been looked into. */
export interface OpenedTable {
  readonly fileName: string;
  /** A name for each column; no two are alike. */
  readonly header: readonly string[];
  /** Decimal sign and thousands separator of its numbers. */
  readonly numbers: Pick<NumberFormat, 'decimal' | 'thousands'>;
  /** The first data rows (up to 5,000), each as its cells. */
  readonly sample: readonly (readonly string[])[];
  /** How the time is read, with columns from 1; undefined in a table without times. */
  readonly time: TimeMapping | undefined;
  /** Hands over all data rows in the file's order; may be called again. Text of any length is streamed, a workbook loaded whole. */
  read(sink: TableSink): Promise<void>;
}

/**
 * Looks into a table of any columns: numbers, texts, with times or without. Throws FILE_EMPTY, FILE_UNREADABLE,
 * FILE_KIND_UNSUPPORTED, FILE_NO_TIME_COLUMN (where `timeColumn` names none that is), FILE_TIME_ZONE_UNKNOWN.
 */
export async function openTable(input: FileInput, options: OpenTableOptions = {}): Promise<OpenedTable> {
  const fileName = nameOf(input, options.fileName);
  const { rows, source } = await takeSample(input, fileName, options);
  const width = tableWidth(rows);
  if (width === 0) throw fileErrors.FILE_EMPTY({ fileName });
  const frame = frameTable(rows, width);
  if (frame.body.length === 0) throw fileErrors.FILE_EMPTY({ fileName });
  const header = distinct(titles(frame));
  const time = timeOf(frame, header, fileName, options);
  const others = frame.body.flatMap((row) => row.filter((_, index) => !time?.columns.includes(index + 1)));
  const numbers = guessNumberFormat(others, source.delimiter).format;
  return {
    ...{ fileName, header, numbers, time, sample: frame.body },
    async read(sink) {
      const rowsOf = new DataRows(frame.skipRows + frame.headerRows, width, time, sink);
      const cut = { ...source, ...numbers, header: [...frame.header], columns: header.map(ignored) };
      for await (const _ of rowSteps(input, cut, fileName, rowsOf)) options.signal?.throwIfAborted();
    },
  };
}

const ignored = (header: string, index: number) => ({ column: index + 1, header, role: 'ignore' as const });

function timeOf(
  frame: TableFrame,
  header: readonly string[],
  fileName: string,
  { timezone, timeColumn }: OpenTableOptions,
): TimeMapping | undefined {
  if (timeColumn === null) return undefined;
  const wanted = timeColumn === undefined ? undefined : header.indexOf(timeColumn) + 1;
  const found = wanted === 0 ? undefined : findTime(frame, wanted === undefined ? undefined : [wanted]);
  if (!found) {
    if (timeColumn === undefined) return undefined;
    throw fileErrors.FILE_NO_TIME_COLUMN({ fileName, columns: [...header] });
  }
  const texts = frame.body.map((row) => found.columns.map((column) => row[column]!).join(' '));
  return guessTimes(timeTexts(frame, found, texts, undefined), [], timezone).mapping;
}

/** Two columns of one name are told apart by a number. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name, index) => {
    const plain = name === '' ? `column ${index + 1}` : name;
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    return count === 1 ? plain : `${plain} (${count})`;
  });
}

class DataRows implements PlacedSink {
  #skip: number;
  readonly #width: number;
  readonly #times: RowTimes | undefined;
  readonly #format: string;
  readonly #timezone: string;
  readonly #sink: TableSink;
  readonly #hand = { wall: Number.NaN, utc: Number.NaN };
  #place: RowPlace | undefined;
  #row = 0;
  #utc = Number.NaN;

  constructor(skip: number, width: number, time: TimeMapping | undefined, sink: TableSink) {
    this.#skip = skip;
    this.#width = width;
    this.#times = time && new RowTimes(time);
    this.#format = time?.format ?? '';
    this.#timezone = time?.timezone ?? 'UTC';
    this.#sink = sink;
  }

  readFrom(place: RowPlace): void {
    this.#place = place;
  }

  record(text: string, starts: Int32Array, ends: Int32Array, count: number): void {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    if (isBlankRow(text, starts, ends, count)) return;
    this.#row += 1;
    const problem = this.#problem(text, starts, ends, count);
    if (problem) this.#leave(problem);
    else this.#sink.row(text, starts, ends, this.#utc);
  }

  /** Why a row is none; undefined where `#utc` is its time. */
  #problem(text: string, starts: Int32Array, ends: Int32Array, count: number): Note | undefined {
    if (count < this.#width) return rowNotes['other-width']({ count, width: this.#width });
    if (!this.#times) return undefined;
    if (!this.#times.read(text, starts, ends)) {
      const time = shorten(this.#times.text(text, starts, ends));
      return time === '' ? rowNotes['no-time']() : rowNotes['time-misfit']({ time, format: this.#format });
    }
    this.#utc = this.#times.toUtc(this.#times.wall, this.#hand);
    if (!Number.isNaN(this.#utc)) return undefined;
    const time = this.#times.text(text, starts, ends);
    return rowNotes['skipped-hour']({ time, timezone: this.#timezone });
  }

  malformed(problem: Note): void {
    if (this.#skip > 0) {
      this.#skip -= 1;
      return;
    }
    this.#row += 1;
    this.#leave(problem);
  }

  #leave(problem: Note): void {
    this.#sink.leftOut?.(rowNotes['row-left-out']({ row: this.#row, line: this.#place?.line ?? 0, problem }));
  }
}
