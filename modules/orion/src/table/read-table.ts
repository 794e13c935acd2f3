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
  const limit = options.mostMegabytes ?? usualMegabytes;
  const leftOut = { count: 0, reasons: [] as Note[] };
  const opened = await openColumns(input, options);
  const { fileName, timeColumns } = opened;
  const building = opened.begin();
  const mostRows = Math.floor((limit * 1e6) / (8 * (building.width + 1)));
  await opened.read({
    row(text, starts, ends, time) {
      if (building.rows === mostRows)
        throw orionErrors.ORION_TABLE_TOO_LARGE({ fileName, megabytes: limit + 1, limit });
      building.push(text, starts, ends, time);
    },
    leftOut(reason) {
      leftOut.count += 1;
      if (leftOut.reasons.length < 100) leftOut.reasons.push(reason);
    },
  });
  return { ...building.end(), fileName, timeColumns, leftOut };
}

/**
 * Reads a file that need not fit the memory: calls `each` with tables of so many rows at most, in the file's order. Levels are those of
 * the piece. Gives the names of the file's columns. Throws what `readTable` does, but for the size.
 */
export async function readPieces(
  input: FileInput,
  options: Omit<ReadTableOptions, 'mostMegabytes'>,
  pieceRows: number,
  each: (piece: Table) => void,
): Promise<Pick<ReadTable, 'fileName' | 'timeColumns'> & { readonly header: readonly string[] }> {
  const opened = await openColumns(input, options);
  let building = opened.begin();
  await opened.read({
    row(text, starts, ends, time) {
      building.push(text, starts, ends, time);
      if (building.rows < pieceRows) return;
      each(building.end());
      building = opened.begin();
    },
  });
  if (building.rows > 0) each(building.end());
  const { fileName, timeColumns, header } = opened;
  return { fileName, timeColumns, header };
}

/** A table that has been looked into, and what takes its rows. */
async function openColumns(input: FileInput, options: ReadTableOptions) {
  const opened = await openTable(input, options);
  const { header, fileName } = opened;
  const timeColumns = opened.time?.columns.map((column) => header[column - 1]!) ?? [];
  for (const column of options.columns ?? [])
    if (!header.includes(column)) throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column, known: header });
  const wanted = header.flatMap((name, index) =>
    timeColumns.includes(name) || options.columns?.includes(name) === false ? [] : [index],
  );
  const numeric = wanted.map((at) =>
    isNumeric(
      opened.sample.map((row) => row[at]!),
      opened.numbers,
    ),
  );
  const begin = (): Building =>
    new Building(
      wanted.map((at, index) =>
        numeric[index] ? new Numbers(header[at]!, at, opened.numbers) : new Categories(header[at]!, at),
      ),
      opened.time !== undefined,
    );
  return { fileName, header, timeColumns, begin, read: (sink: TableSink) => opened.read(sink) };
}

/** Rows on their way into a table. */
class Building {
  readonly #builders: readonly Builder[];
  readonly #times: Growing | undefined;
  rows = 0;

  constructor(builders: readonly Builder[], withTime: boolean) {
    this.#builders = builders;
    this.#times = withTime ? new Growing() : undefined;
  }

  get width(): number {
    return this.#builders.length;
  }

  push(text: string, starts: Int32Array, ends: Int32Array, time: number): void {
    this.rows += 1;
    for (const builder of this.#builders) builder.push(text, starts, ends);
    this.#times?.push(time);
  }

  end(): Table {
    return {
      rows: this.rows,
      columns: this.#builders.map((builder) => builder.column()),
      ...(this.#times ? { time: this.#times.values() } : {}),
    };
  }
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
