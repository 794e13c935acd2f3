import { orionErrors } from '../errors.ts';
import type { Column, Table } from '../table/table.ts';
import { tableErrors } from './errors.ts';
import { tableNotes } from './notes.ts';
import type { ModelColumn, ModelFacts, TableData, TableKind } from './types.ts';

/** As the ONNX file takes it: 32 bits, and missing where that is infinite. */
export function as32(value: number): number {
  const rounded = Math.fround(value);
  return Number.isFinite(rounded) ? rounded : Number.NaN;
}

/** `as32` of a whole column. */
function all32(values: Float64Array): Float32Array {
  const result = new Float32Array(values);
  for (let row = 0; row < result.length; row++)
    if (result[row] === Number.POSITIVE_INFINITY || result[row] === Number.NEGATIVE_INFINITY) result[row] = Number.NaN;
  return result;
}

/** What a model has to keep of the columns that it learns from. */
export const modelColumns = (table: Table): ModelColumn[] =>
  table.columns.map((column) =>
    column.kind === 'category'
      ? { kind: 'category', name: column.name, levels: column.levels }
      : { kind: 'number', name: column.name, ...rangeOf(column.values) },
  );

function rangeOf(values: Float64Array): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < values.length; row++) {
    const value = as32(values[row]!);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/**
 * The table's columns as a model expects them: numbers of 32 bits with NaN for missing; categories as the index of the model's level,
 * NaN for missing and for levels that it does not know. Throws ORION_COLUMNS_DIFFER and ORION_COLUMN_NOT_NUMERIC.
 */
export function matchColumns(expected: readonly ModelColumn[], table: Table): Float32Array[] {
  const found = new Map(table.columns.map((column) => [column.name, column]));
  const missing = expected.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw tableErrors.ORION_COLUMNS_DIFFER({
      missing,
      expected: expected.map(({ name }) => name),
      found: [...found.keys()],
    });
  return expected.map((column) => matched(column, found.get(column.name)!));
}

function matched(expected: ModelColumn, column: Column): Float32Array {
  if (expected.kind === 'number') {
    if (column.kind === 'number') return all32(column.values);
    // A column without a single value is read as numbers or as categories, whichever it looks like.
    if (column.levels.length > 0)
      throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: column.name, example: column.levels[0]! });
    return new Float32Array(column.codes.length).fill(Number.NaN);
  }
  const places = new Map(expected.levels.map((level, index) => [level, index]));
  if (column.kind === 'number')
    return Float32Array.from(column.values, (value) => places.get(String(value)) ?? Number.NaN);
  const moved = Float32Array.from(column.levels, (level) => places.get(level) ?? Number.NaN);
  return Float32Array.from(column.codes, (code) => (code < 0 ? Number.NaN : moved[code]!));
}

/** What is common to all models of these data. Throws ORION_DATA_UNFIT where there is nothing to learn. */
export function factsOf(data: TableData, { name: learner, tasks }: Pick<TableKind, 'name' | 'tasks'>): ModelFacts {
  const { table, task, target } = data;
  if (!tasks.includes(task))
    throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['wrong-task']({ tasks }) });
  if (table.rows === 0) throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['no-rows']() });
  if (task === 'classification') {
    const first = target[0]!;
    if (target.every((code) => code === first))
      throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['one-class']({ class: data.classes[first]! }) });
    return { task, classes: data.classes, columns: modelColumns(table) };
  }
  const rows = target.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
  if (rows > 0) throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['target-not-finite']({ rows }) });
  return { task, classes: [], columns: modelColumns(table) };
}
