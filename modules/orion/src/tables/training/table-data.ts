import type { Note } from '@millwright/kernel';
import { orionErrors } from '../../errors.ts';
import type { ReadTable } from '../../table/read-table.ts';
import { type Column, columnOf, type Table, takeRows } from '../../table/table.ts';
import type { TableData, TableTask } from '../types.ts';
import { trainingNotes } from './notes.ts';

export interface TableAsked {
  readonly target: string;
  readonly task: TableTask;
  /** Columns that are not learnt from, since they are not known when it is asked, or are parts of the answer. */
  readonly leaveOut: readonly string[];
}

export interface PreparedTable {
  readonly data: TableData;
  readonly notes: readonly Note[];
}

/**
 * What is learnt from a file's table: rows with a target, columns that say something. Names and numbers of rows are left out, with a
 * note. Throws ORION_COLUMN_UNKNOWN and ORION_COLUMN_NOT_NUMERIC.
 */
export function tableData(read: ReadTable, { target: name, task, leaveOut }: TableAsked): PreparedTable {
  const { fileName } = read;
  const known = read.columns.map((column) => column.name);
  for (const column of [name, ...leaveOut])
    if (!known.includes(column) && !read.timeColumns.includes(column))
      throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column, known });
  const target = columnOf(read, name);
  if (!target) throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column: name, known });
  const notes: Note[] = [];
  const told = rowsWith(target);
  if (told.length < read.rows)
    notes.push(trainingNotes['target-missing']({ rows: read.rows - told.length, column: name }));
  const kept = told.length === read.rows ? read : { ...takeRows(read, told), fileName };
  const columns = kept.columns.filter((column) => {
    if (column.name === name || leaveOut.includes(column.name)) return false;
    const note = emptyNote(column) ?? identifierNote(column);
    if (note) notes.push(note);
    return !note;
  });
  const table: Table = { rows: kept.rows, columns, ...(read.time ? { time: kept.time! } : {}) };
  return { data: dataOf(table, columnOf(kept, name)!, task), notes };
}

/** Rows where the target is known. */
export function rowsWith(target: Column): Int32Array {
  const rows: number[] = [];
  if (target.kind === 'number') {
    for (let row = 0; row < target.values.length; row++) if (Number.isFinite(target.values[row]!)) rows.push(row);
  } else for (let row = 0; row < target.codes.length; row++) if (target.codes[row]! >= 0) rows.push(row);
  return Int32Array.from(rows);
}

function dataOf(table: Table, target: Column, task: TableTask): TableData {
  if (task === 'regression') {
    if (target.kind === 'number') return { task, table, target: target.values };
    throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: target.name, example: target.levels[0] ?? '' });
  }
  const names = classNames(target);
  const classes = sortClasses(new Set(names), target.kind === 'number');
  const places = new Map(classes.map((one, place) => [one, place]));
  return { task, table, classes, target: Int32Array.from(names, (one) => places.get(one)!) };
}

/** The class of each row by its name. */
export const classNames = (target: Column): string[] =>
  target.kind === 'number'
    ? Array.from(target.values, String)
    : Array.from(target.codes, (code) => target.levels[code]!);

export const sortClasses = (names: Iterable<string>, areNumbers: boolean): string[] =>
  [...names].sort(areNumbers ? (a, b) => Number(a) - Number(b) : undefined);

/** A column that never varies says nothing. */
function emptyNote(column: Column): Note | undefined {
  const values = column.kind === 'number' ? column.values : column.codes;
  let first: number | undefined;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value) || (column.kind === 'category' && value < 0)) continue;
    first ??= value;
    if (value !== first) return undefined;
  }
  const isGap = (value: number) => (column.kind === 'number' ? Number.isNaN(value) : value < 0);
  let gaps = 0;
  for (let row = 0; row < values.length; row++) if (isGap(values[row]!)) gaps += 1;
  // One value, and gaps: whether it is there may say something.
  if (first !== undefined && gaps > 0) return undefined;
  return trainingNotes[first === undefined ? 'column-empty' : 'column-constant']({ column: column.name });
}

/** A column that names or counts the rows says nothing of other rows. */
function identifierNote(column: Column): Note | undefined {
  if (column.kind === 'category') {
    const rows = column.codes.length;
    return column.levels.length > 50 && column.levels.length > rows / 2
      ? trainingNotes['column-names-rows']({ column: column.name, levels: column.levels.length })
      : undefined;
  }
  const { values } = column;
  if (values.length < 50 || !Number.isInteger(values[0]!)) return undefined;
  for (let row = 1; row < values.length; row++)
    if (!(values[row]! > values[row - 1]! && Number.isInteger(values[row]!))) return undefined;
  return trainingNotes['column-counts-rows']({ column: column.name });
}
