import type { FileInput } from '@millwright/cloud/tables';
import { seededRandom } from '@millwright/imaging';
import type { Note } from '@millwright/kernel';
import { orionErrors } from '../../errors.ts';
import { readPieces } from '../../table/read-table.ts';
import { type Column, columnOf, type Table, takeRows } from '../../table/table.ts';
import { as32 } from '../columns.ts';
import { trainingNotes } from '../training/notes.ts';
import { classNames, rowsWith, sortClasses, type TableAsked } from '../training/table-data.ts';
import { levelRows, sampledRows } from '../trees/binned-rows.ts';
import { type ColumnBins, categoryBins, mostBins, numberBins } from '../trees/bins.ts';
import type { ModelColumn } from '../types.ts';

/** Rows of a piece; what is held of a file at one time, beside what is kept of it. */
export const pieceRows = 32_768;
/** A category with more levels than this names rows. */
const mostLevels = 50_000;

export interface PieceSource {
  readonly input: FileInput;
  readonly timeColumn: string | null;
  readonly signal: AbortSignal;
}

/** What a first reading of a file leaves: everything that must be known before its rows become bins. */
export interface Survey {
  readonly rows: number;
  readonly columns: readonly ModelColumn[];
  readonly bins: readonly ColumnBins[];
  /** Numbers, or indexes into `classes`. */
  readonly target: Float64Array;
  readonly classes: readonly string[];
  readonly time: Float64Array | undefined;
  readonly notes: readonly Note[];
}

/** The rows of a piece that have a target, with it. */
export function withTarget(piece: Table, name: string): { readonly table: Table; readonly target: Column } {
  const own = columnOf(piece, name)!;
  const rows = rowsWith(own);
  const table = rows.length === piece.rows ? piece : takeRows(piece, rows);
  return { table, target: columnOf(table, name)! };
}

/**
 * Reads a file once, in pieces: samples every column of numbers (Vitter's reservoir, 1985), counts every level, keeps target and time.
 * Throws ORION_COLUMN_UNKNOWN and ORION_COLUMN_NOT_NUMERIC.
 */
export async function surveyFile(source: PieceSource, asked: TableAsked, most: number, seed: number): Promise<Survey> {
  const columns = new Map<string, NumberSurvey | CategorySurvey>();
  const [targets, times]: [Float64Array[], Float64Array[]] = [[], []];
  const codes = new Map<string, number>();
  let [rows, missing, areNumbers] = [0, 0, true];
  let known: readonly string[] = [];
  const { fileName, header } = await readPieces(
    source.input,
    { timeColumn: source.timeColumn, signal: source.signal },
    pieceRows,
    (piece) => {
      known = piece.columns.map(({ name }) => name);
      if (!known.includes(asked.target)) return;
      const { table, target } = withTarget(piece, asked.target);
      missing += piece.rows - table.rows;
      rows += table.rows;
      areNumbers = target.kind === 'number';
      if (asked.task === 'regression') {
        if (target.kind !== 'number')
          throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: target.name, example: target.levels[0] ?? '' });
        targets.push(target.values);
      } else
        targets.push(
          Float64Array.from(classNames(target), (name) => {
            const code = codes.get(name) ?? codes.size;
            codes.set(name, code);
            return code;
          }),
        );
      if (table.time) times.push(table.time);
      for (const column of table.columns) {
        if (column.name === asked.target || asked.leaveOut.includes(column.name)) continue;
        let own = columns.get(column.name);
        if (!own) {
          own = column.kind === 'number' ? new NumberSurvey(seed + columns.size) : new CategorySurvey();
          columns.set(column.name, own);
        }
        own.add(column);
      }
    },
  );
  for (const column of [asked.target, ...asked.leaveOut])
    if (!header.includes(column) || (column === asked.target && rows > 0 && !known.includes(column)))
      throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column, known: header });
  const notes: Note[] = missing > 0 ? [trainingNotes['target-missing']({ rows: missing, column: asked.target })] : [];
  const kept = [...columns].filter(([column, own]) => {
    const note = own.note(column, rows);
    if (note) notes.push(note);
    return !note;
  });
  const classes = sortClasses(codes.keys(), areNumbers);
  const target = joined(targets, rows);
  if (asked.task === 'classification') {
    const moved = Int32Array.from(codes.keys(), (name) => classes.indexOf(name));
    for (let row = 0; row < rows; row++) target[row] = moved[target[row]!]!;
  }
  return {
    ...{ rows, target, classes, notes, time: times.length > 0 ? joined(times, rows) : undefined },
    columns: kept.map(([column, own]) => own.column(column)),
    bins: kept.map(([, own]) => own.bins(most, rows)),
  };
}

function joined(parts: Float64Array[], length: number): Float64Array {
  const whole = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  // Nothing is held twice for long.
  parts.length = 0;
  return whole;
}

class NumberSurvey {
  readonly #random: () => number;
  #sample = new Float32Array(1024);
  #known = 0;
  #gaps = 0;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #counts = true;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  add(column: Column): void {
    const values = column.kind === 'number' ? column.values : new Float64Array(column.codes.length).fill(Number.NaN);
    for (let row = 0; row < values.length; row++) {
      const value = as32(values[row]!);
      this.#counts &&= values[row]! > this.#last && Number.isInteger(values[row]!);
      this.#last = values[row]!;
      if (Number.isNaN(value)) {
        this.#gaps += 1;
        continue;
      }
      if (value < this.#low) this.#low = value;
      if (value > this.#high) this.#high = value;
      this.#keep(value);
    }
  }

  #keep(value: number): void {
    const place = this.#known++;
    if (place < sampledRows) {
      if (place === this.#sample.length) {
        const grown = new Float32Array(Math.min(2 * place, sampledRows));
        grown.set(this.#sample);
        this.#sample = grown;
      }
      this.#sample[place] = value;
      return;
    }
    const other = Math.floor(this.#random() * this.#known);
    if (other < sampledRows) this.#sample[other] = value;
  }

  note(column: string, rows: number): Note | undefined {
    if (this.#known === 0) return trainingNotes['column-empty']({ column });
    if (this.#low === this.#high && this.#gaps === 0) return trainingNotes['column-constant']({ column });
    return this.#counts && rows >= 50 ? trainingNotes['column-counts-rows']({ column }) : undefined;
  }

  column(name: string): ModelColumn {
    return { kind: 'number', name, low: this.#low, high: this.#high };
  }

  bins(most: number): ColumnBins {
    return numberBins(this.#sample.subarray(0, Math.min(this.#known, sampledRows)), most);
  }
}

class CategorySurvey {
  readonly #levels = new Map<string, number>();
  #known = 0;

  add(column: Column): void {
    if (column.kind !== 'category') return;
    const counts = new Float64Array(column.levels.length);
    for (let row = 0; row < column.codes.length; row++) if (column.codes[row]! >= 0) counts[column.codes[row]!]!++;
    for (const [code, level] of column.levels.entries()) {
      this.#known += counts[code]!;
      if (this.#levels.has(level) || (counts[code]! > 0 && this.#levels.size <= mostLevels))
        this.#levels.set(level, (this.#levels.get(level) ?? 0) + counts[code]!);
    }
  }

  note(column: string, rows: number): Note | undefined {
    const levels = this.#levels.size;
    if (levels === 0) return trainingNotes['column-empty']({ column });
    if (levels === 1 && this.#known === rows) return trainingNotes['column-constant']({ column });
    return levels > mostLevels || (levels > 50 && levels > rows / 2)
      ? trainingNotes['column-names-rows']({ column, levels })
      : undefined;
  }

  column(name: string): ModelColumn {
    return { kind: 'category', name, levels: this.#sorted() };
  }

  bins(most: number, rows: number): ColumnBins {
    const counts = this.#sorted().map((level) => this.#levels.get(level)!);
    return categoryBins(counts, Math.min(most, mostBins), levelRows(rows));
  }

  #sorted(): string[] {
    return [...this.#levels.keys()].sort();
  }
}
