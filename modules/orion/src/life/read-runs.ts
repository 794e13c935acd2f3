import type { FileInput } from '@millwright/cloud/tables';
import { orionErrors } from '../errors.ts';
import { readTable } from '../table/read-table.ts';
import type { Column, NumberColumn } from '../table/table.ts';
import { lifeErrors } from './errors.ts';
import type { RunData, RunUnit } from './types.ts';

export interface RunLayout {
  /** Column with the name or number of the unit; found by its name when absent. */
  readonly unit?: string | undefined;
  /** Column with the number of the cycle, or the hour; found by its name when absent. */
  readonly cycle?: string | undefined;
  /** Columns with what the unit was told to do; those whose name says so when absent. */
  readonly settings?: readonly string[] | undefined;
}

/** Names that the columns of C-MAPSS have here (Saxena et al., 2008): the files carry none. */
const cmapssNames = [
  'unit',
  'cycle',
  ...[1, 2, 3].map((number) => `setting ${number}`),
  ...Array.from({ length: 21 }, (_, at) => `sensor ${at + 1}`),
];
const unitNames = /^(unit|engine|machine|asset|equipment|device|id)([ _-]?(number|nr|no|id|name))?$/i;
const cycleNames = /^(cycle|time)s?([ _-]?(number|nr|no|in[ _-]cycles))?$|^(hours?|operating[ _-]hours|age)$/i;
const settingNames = /^(op|operating|operational)?[ _-]?(setting|condition)s?[ _-]?\d*$|^op[ _-]?\d+$/i;
/** What tells the answer is never learnt from. */
const answerNames = /^(rul|ttf|remaining.*|time[ _-]to[ _-]failure)$/i;

export interface ReadRuns extends RunData {
  readonly fileName: string;
  /** Names of the columns with unit and cycle. */
  readonly unit: string;
  readonly cycle: string;
  /** Rows of the file that were none. */
  readonly leftOut: number;
}

/**
 * Reads runs from a table with a row for each unit and cycle: in the layout of C-MAPSS (26 columns of numbers without a header: unit,
 * cycle, three settings, 21 sensors), or with a header. Rows of a unit are put in the order of their cycles. Columns of texts, and such
 * as tell the remaining life, are left out.
 *
 * Throws ORION_LIFE_LAYOUT_UNKNOWN, ORION_COLUMN_UNKNOWN, ORION_COLUMN_NOT_NUMERIC, and what `readTable` throws.
 */
export async function readRuns(
  input: FileInput,
  layout: RunLayout,
  failed: boolean,
  signal?: AbortSignal,
): Promise<ReadRuns> {
  const table = await readTable(input, { timeColumn: null, ...(signal ? { signal } : {}) });
  const { fileName } = table;
  const bare = table.columns.every(({ name }, at) => name === `column ${at + 1}`);
  const columns: readonly Column[] =
    bare && table.columns.length === cmapssNames.length
      ? table.columns.map((column, at) => ({ ...column, name: cmapssNames[at]! }))
      : table.columns;
  const names = columns.map(({ name }) => name);
  const column = (asked: string | undefined, known: RegExp): Column => {
    const found = columns.find(({ name }) => (asked === undefined ? known.test(name) : name === asked));
    if (found) return found;
    if (asked !== undefined) throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column: asked, known: names });
    throw lifeErrors.ORION_LIFE_LAYOUT_UNKNOWN({ fileName, known: names });
  };
  const unit = column(layout.unit, unitNames);
  const cycle = numbers(column(layout.cycle, cycleNames));
  const rest = columns.filter(
    (one): one is NumberColumn =>
      one.kind === 'number' && one !== unit && one.name !== cycle.name && !answerNames.test(one.name),
  );
  const settings = layout.settings
    ? layout.settings.map((name) => numbers(column(name, /$^/)))
    : rest.filter(({ name }) => settingNames.test(name));
  const sensors = rest.filter((one) => !settings.includes(one));
  return {
    ...{ fileName, unit: unit.name, cycle: cycle.name, leftOut: table.leftOut.count, failed },
    settings: settings.map(({ name }) => name),
    sensors: sensors.map(({ name }) => name),
    units: unitsOf(unit, cycle.values, settings, sensors),
  };
}

function numbers(column: Column): NumberColumn {
  if (column.kind === 'number') return column;
  throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: column.name, example: column.levels[0] ?? '' });
}

/** In the order in which they come first. Rows without a unit or a cycle belong to none. */
function unitsOf(
  unit: Column,
  cycles: Float64Array,
  settings: readonly NumberColumn[],
  sensors: readonly NumberColumn[],
): RunUnit[] {
  const keys = unit.kind === 'number' ? unit.values : unit.codes;
  const rows = new Map<number, number[]>();
  for (let row = 0; row < cycles.length; row++) {
    const key = keys[row]!;
    if (Number.isNaN(key) || key === -1 || Number.isNaN(cycles[row]!)) continue;
    const own = rows.get(key);
    if (own) own.push(row);
    else rows.set(key, [row]);
  }
  const gather = (columns: readonly NumberColumn[], own: readonly number[]) => {
    const values = new Float64Array(own.length * columns.length);
    for (const [at, row] of own.entries())
      for (const [place, column] of columns.entries()) values[at * columns.length + place] = column.values[row]!;
    return values;
  };
  return [...rows].map(([key, own]) => {
    own.sort((a, b) => cycles[a]! - cycles[b]! || a - b);
    return {
      name: unit.kind === 'category' ? unit.levels[key]! : String(key),
      cycles: Float64Array.from(own, (row) => cycles[row]!),
      settings: gather(settings, own),
      values: gather(sensors, own),
    };
  });
}

/** Runs with the columns that a model learnt from, in its order. Throws ORION_LIFE_SENSORS_MISSING. */
export function alignRuns(
  runs: ReadRuns,
  wanted: { readonly settings: readonly string[]; readonly sensors: readonly string[] },
): readonly RunUnit[] {
  const missing = [
    ...wanted.settings.filter((name) => !runs.settings.includes(name)),
    ...wanted.sensors.filter((name) => !runs.sensors.includes(name)),
  ];
  if (missing.length > 0) throw lifeErrors.ORION_LIFE_SENSORS_MISSING({ fileName: runs.fileName, missing });
  const pick = (values: Float64Array, names: readonly string[], own: readonly string[], rows: number) => {
    const places = names.map((name) => own.indexOf(name));
    const picked = new Float64Array(rows * names.length);
    for (let row = 0; row < rows; row++)
      for (const [at, place] of places.entries()) picked[row * names.length + at] = values[row * own.length + place]!;
    return picked;
  };
  return runs.units.map((unit) => ({
    ...unit,
    settings: pick(unit.settings, wanted.settings, runs.settings, unit.cycles.length),
    values: pick(unit.values, wanted.sensors, runs.sensors, unit.cycles.length),
  }));
}

/** True remaining lives, one for each unit. Throws ORION_LIFE_TRUTH_MISMATCH. */
export async function readTruth(input: FileInput, units: number, signal?: AbortSignal): Promise<Float64Array> {
  const table = await readTable(input, { timeColumn: null, ...(signal ? { signal } : {}) });
  const last = numbers(table.columns.at(-1)!);
  const truths = last.values.filter((value) => !Number.isNaN(value));
  if (truths.length !== units)
    throw lifeErrors.ORION_LIFE_TRUTH_MISMATCH({ fileName: table.fileName, truths: truths.length, units });
  return truths;
}
