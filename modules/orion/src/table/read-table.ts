import {
  type FileInput,
  NumberReader,
  type OpenTableOptions,
  openTable,
  type TableSink,
} from '@millwright/cloud/tables';
import type { Note } from '@millwright/kernel';
import { orionErrors } from '../errors.ts';
import type { Column, Table } from './table.ts';

export interface ReadTableOptions extends OpenTableOptions {
  /** Only these columns, as the header writes them; all when absent. */
  readonly columns?: readonly string[];
  /** What the table may take in memory; 2,000 unless said otherwise. */
  readonly mostMegabytes?: number;
}

export interface ReadTable extends Table {
  readonly fileName: string;
  readonly time?: Float64Array;
  /** Names of the columns that together are the time; they are no columns of the table. */
  readonly timeColumns: readonly string[];
  /** Rows that were none, the first hundred with their reason. */
  readonly leftOut: { readonly count: number; readonly reasons: readonly Note[] };
}

const usualMegabytes = 2000;
/** A column whose sampled cells are numbers by this share is one of numbers; what else it holds is missing. */
const numberShare = 0.6;

/**
 * Reads a file with rows and columns into typed arrays: numbers, and texts as categories. Infinities and texts in a column of
 * numbers are missing values. Throws ORION_COLUMN_UNKNOWN, ORION_TABLE_TOO_LARGE and the errors of `openTable`.
 */
export async function readTable(input: FileInput, options: ReadTableOptions = {}): Promise<ReadTable> {
  const opened = await openTable(input, options);
  const { header, fileName } = opened;
  const timeColumns = opened.time?.columns.map((column) => header[column - 1]!) ?? [];
  for (const column of options.columns ?? [])
    if (!header.includes(column)) throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column, known: header });
  const wanted = header.flatMap((name, index) =>
    timeColumns.includes(name) || options.columns?.includes(name) === false ? [] : [index],
  );
  const builders = wanted.map((at) => {
    const cells = opened.sample.map((row) => row[at]!);
    return isNumeric(cells, opened.numbers)
      ? new Numbers(header[at]!, at, opened.numbers)
      : new Categories(header[at]!, at);
  });
  const times = new Growing();
  const limit = options.mostMegabytes ?? usualMegabytes;
  const mostRows = Math.floor((limit * 1e6) / (8 * (builders.length + 1)));
  let rows = 0;
  const leftOut = { count: 0, reasons: [] as Note[] };
  const sink: TableSink = {
    row(text, starts, ends, time) {
      if (rows === mostRows) throw orionErrors.ORION_TABLE_TOO_LARGE({ fileName, megabytes: limit + 1, limit });
      rows += 1;
      for (const builder of builders) builder.push(text, starts, ends);
      if (opened.time) times.push(time);
    },
    leftOut(reason) {
      leftOut.count += 1;
      if (leftOut.reasons.length < 100) leftOut.reasons.push(reason);
    },
  };
  await opened.read(sink);
  return {
    ...{ fileName, rows, timeColumns, leftOut },
    columns: builders.map((builder) => builder.column()),
    ...(opened.time ? { time: times.values() } : {}),
  };
}

/** Numbers, missing or not; a column of nothing is one of numbers without any. */
function isNumeric(cells: readonly string[], format: ConstructorParameters<typeof NumberReader>[0]): boolean {
  const reader = new NumberReader(format);
  let [numbers, filled] = [0, 0];
  for (const cell of cells) {
    const value = reader.read(cell, 0, cell.length);
    if (reader.status === 'missing' && Number.isNaN(value)) continue;
    filled += 1;
    if (!Number.isNaN(value) || isInfinity(cell)) numbers += 1;
  }
  return filled === 0 || numbers / filled >= numberShare;
}

const isInfinity = (cell: string): boolean => /^[+-]?inf(inity)?$/i.test(cell.trim());

class Growing {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  values(): Float64Array {
    return this.#values.slice(0, this.#length);
  }
}

interface Builder {
  push(text: string, starts: Int32Array, ends: Int32Array): void;
  column(): Column;
}

class Numbers implements Builder {
  readonly #name: string;
  readonly #at: number;
  readonly #reader: NumberReader;
  readonly #values = new Growing();

  constructor(name: string, at: number, format: ConstructorParameters<typeof NumberReader>[0]) {
    this.#name = name;
    this.#at = at;
    this.#reader = new NumberReader(format);
  }

  push(text: string, starts: Int32Array, ends: Int32Array): void {
    this.#values.push(this.#reader.read(text, starts[this.#at]!, ends[this.#at]!));
  }

  column(): Column {
    return { kind: 'number', name: this.#name, values: this.#values.values() };
  }
}

class Categories implements Builder {
  readonly #name: string;
  readonly #at: number;
  readonly #codes = new Growing();
  readonly #known = new Map<string, number>();

  constructor(name: string, at: number) {
    this.#name = name;
    this.#at = at;
  }

  push(text: string, starts: Int32Array, ends: Int32Array): void {
    const cell = text.slice(starts[this.#at], ends[this.#at]).trim();
    let code = cell === '' ? -1 : this.#known.get(cell);
    if (code === undefined) {
      code = this.#known.size;
      // A copy: a slice would keep the whole block of the file alive.
      this.#known.set(Buffer.from(cell).toString(), code);
    }
    this.#codes.push(code);
  }

  column(): Column {
    const names = [...this.#known.keys()];
    const levels = names.toSorted();
    const place = new Map(levels.map((name, index) => [name, index]));
    const moved = names.map((name) => place.get(name)!);
    const codes = Int32Array.from(this.#codes.values(), (code) => (code < 0 ? -1 : moved[code]!));
    return { kind: 'category', name: this.#name, codes, levels };
  }
}
