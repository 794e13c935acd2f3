import type { Note } from '@millwright/kernel';
import { orionErrors } from '../errors.ts';
import { quantileSorted } from '../numerics/quantile.ts';
import type { ReadTable } from '../table/read-table.ts';
import { forecastNotes } from './notes.ts';
import type { KnownInput, SeriesSet } from './types.ts';
import { unitChange } from './unit-change.ts';

export interface PreparedSeries {
  readonly set: SeriesSet;
  readonly notes: readonly Note[];
}

export interface PrepareOptions {
  /** Names of the columns to forecast; every column of numbers when absent. */
  readonly targets?: readonly string[];
  readonly timezone: string;
}

const day = 86_400_000;
const mostSteps = 5_000_000;
/** A regular grid may have this many times more steps than there are rows. */
const mostEmpty = 200;

/**
 * A table's columns as series on a regular grid: rows sorted, times that were written twice joined, the step found, gaps left open.
 * Throws ORION_COLUMN_UNKNOWN, ORION_COLUMN_NOT_NUMERIC and ORION_DATA_UNFIT (no times, all of one time, no values).
 */
export function prepareSeries(table: ReadTable, options: PrepareOptions): PreparedSeries {
  const notes: Note[] = [];
  const unfit = (reason: Note) => orionErrors.ORION_DATA_UNFIT({ learner: 'forecast', reason });
  if (!table.time) throw unfit(forecastNotes['no-times']());
  if (table.rows === 0) throw unfit(forecastNotes['too-short']({ count: 0, least: 2 }));
  const columns = targetsOf(table, options.targets, notes);
  const rows = orderedRows(table.time, notes);
  const grid = findGrid(table.time, rows);
  if (!grid) throw unfit(forecastNotes['one-time']());
  const { start, step, months } = grid;
  const at = (row: number) => placeOf(table.time![row]!, start, step, months);
  let length = at(rows.at(-1)!) + 1;
  if (length > mostSteps || length > mostEmpty * Math.max(rows.length, 100))
    throw unfit(forecastNotes['too-long']({ steps: length, rows: rows.length }));
  noteOffGrid(table.time, rows, grid, notes);
  const gridded = columns.map(({ values }) => gather(values, rows, at, length));
  const empty = trailingEmpty(gridded, length);
  if (empty > 0) notes.push(forecastNotes['trailing-empty']({ count: empty }));
  length -= empty;
  const values = gridded.map((one) => one.subarray(0, length));
  for (const [index, one] of values.entries()) noteSeries(columns[index]!.name, one, grid, options.timezone, notes);
  const set: SeriesSet = {
    ...{ start, step, length, values, known: [], timezone: options.timezone },
    ...(months === undefined ? {} : { months }),
    names: columns.map(({ name }) => name),
  };
  return { set, notes };
}

/**
 * Columns of a table on the set's grid, from the set's start to `horizon` steps after its end; where two tables say something of one step, the
 * later one holds. Columns must be in every table that has rows at those steps.
 */
export function knownInputs(
  tables: readonly ReadTable[],
  names: readonly string[],
  set: SeriesSet,
  horizon: number,
): KnownInput[] {
  const length = set.length + horizon;
  return names.map((name) => {
    const values = new Float64Array(length).fill(Number.NaN);
    for (const table of tables) {
      const column = table.columns.find((one) => one.name === name);
      if (column?.kind !== 'number' || !table.time) continue;
      const rows = Array.from({ length: table.rows }, (_, row) => row).filter((row) => {
        const place = placeOf(table.time![row]!, set.start, set.step, set.months);
        return place >= 0 && place < length;
      });
      const own = gather(
        column.values,
        rows,
        (row) => placeOf(table.time![row]!, set.start, set.step, set.months),
        length,
      );
      for (let at = 0; at < length; at++) if (!Number.isNaN(own[at]!)) values[at] = own[at]!;
    }
    return { name, values };
  });
}

function targetsOf(table: ReadTable, targets: readonly string[] | undefined, notes: Note[]) {
  const { fileName, columns } = table;
  if (targets)
    return targets.map((name) => {
      const column = columns.find((one) => one.name === name);
      if (!column)
        throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName, column: name, known: columns.map((one) => one.name) });
      if (column.kind !== 'number')
        throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: name, example: column.levels[0] ?? '' });
      if (!column.values.some(Number.isFinite))
        throw orionErrors.ORION_DATA_UNFIT({
          learner: 'forecast',
          reason: forecastNotes['no-values']({ series: name }),
        });
      return column;
    });
  const numbers = columns.flatMap((column) => (column.kind === 'number' ? [column] : []));
  const kept = numbers.filter(({ values }) => values.some(Number.isFinite));
  for (const column of numbers)
    if (!kept.includes(column)) notes.push(forecastNotes['series-left-out']({ series: column.name }));
  if (kept.length === 0)
    throw orionErrors.ORION_DATA_UNFIT({
      learner: 'forecast',
      reason: forecastNotes['no-values']({ series: fileName }),
    });
  return kept;
}

/** Few steps back are a clock that was set; many are rows in no order. */
const mostResets = 5;

/** Rows in the order of time, without those that a clock reset tore off from all others. */
function orderedRows(time: Float64Array, notes: Note[]): Int32Array {
  const all = Int32Array.from(time, (_, row) => row);
  const back: number[] = [];
  for (let row = 1; row < time.length; row++) if (time[row]! < time[row - 1]!) back.push(row);
  if (back.length === 0) return all;
  let kept = all;
  if (back.length <= mostResets && time.length >= 20 * back.length) {
    const torn = tornOff(time, back);
    for (const { from, to } of torn)
      notes.push(forecastNotes['clock-reset']({ rows: to - from, time: moment(time[from]!) }));
    kept = all.filter((row) => !torn.some(({ from, to }) => row >= from && row < to));
    if (overlaps(time, kept))
      notes.push(forecastNotes['clock-set-back']({ count: back.length, time: moment(time[back.at(-1)!]!) }));
  } else notes.push(forecastNotes.unsorted({ count: back.length }));
  return kept.sort((a, b) => time[a]! - time[b]! || a - b);
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Stretches of rows between steps back and far steps ahead that lie farther from the longest one than it is long, twice. */
function tornOff(time: Float64Array, back: readonly number[]): Stretch[] {
  const steps = time.subarray(1).map((one, at) => one - time[at]!);
  const usual = quantileSorted(steps.slice().sort(), 0.5);
  const cuts = [0, ...back];
  for (const [at, step] of steps.entries()) if (step > Math.max(day, 100 * usual)) cuts.push(at + 1);
  cuts.sort((a, b) => a - b);
  const stretches = cuts.map((from, at) => ({ from, to: cuts[at + 1] ?? time.length }));
  const longest = stretches.reduce((best, one) => (one.to - one.from > best.to - best.from ? one : best));
  const [first, last] = [time[longest.from]!, time[longest.to - 1]!];
  const reach = 2 * (last - first) + day;
  return stretches.filter(({ from, to }) => time[from]! > last + reach || time[to - 1]! < first - reach);
}

function overlaps(time: Float64Array, rows: Int32Array): boolean {
  let latest = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    if (time[row]! < latest) return true;
    latest = Math.max(latest, time[row]!);
  }
  return false;
}

interface Grid {
  readonly start: number;
  readonly step: number;
  readonly months?: number;
}

/** The step that most rows keep; their median where none does. Undefined where there are no two times. */
function findGrid(time: Float64Array, rows: Int32Array): Grid | undefined {
  const steps: number[] = [];
  for (let at = 1; at < rows.length; at++) {
    const difference = time[rows[at]!]! - time[rows[at - 1]!]!;
    if (difference > 0) steps.push(difference);
  }
  if (steps.length === 0) return undefined;
  const start = time[rows[0]!]!;
  const sorted = Float64Array.from(steps).sort();
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  // Months are of 28 to 31 days; a change of clocks moves them by an hour.
  const hour = 3_600_000;
  const monthly = sorted.filter((one) => one >= 28 * day - hour && one <= 31 * day + hour).length;
  if (monthly > 0.8 * sorted.length && sorted[0] !== sorted.at(-1))
    return { start, step: (365.25 * day) / 12, months: 1 };
  let [best, most, run] = [median, 0, 0];
  for (let at = 0; at < sorted.length; at++) {
    run = at > 0 && sorted[at] === sorted[at - 1] ? run + 1 : 1;
    if (run > most) [best, most] = [sorted[at]!, run];
  }
  return { start, step: most > sorted.length / 4 ? best : median };
}

function placeOf(time: number, start: number, step: number, months: number | undefined): number {
  if (months === undefined) return Math.round((time - start) / step);
  const [from, to] = [new Date(start), new Date(time)];
  const whole = (to.getUTCFullYear() - from.getUTCFullYear()) * 12 + to.getUTCMonth() - from.getUTCMonth();
  // A local midnight may lie on the last day of the month before, in UTC.
  return Math.round((whole + (to.getUTCDate() - from.getUTCDate()) / 31) / months);
}

/** Means of what falls on each step; NaN where nothing does. */
function gather(
  values: Float64Array,
  rows: ArrayLike<number>,
  at: (row: number) => number,
  length: number,
): Float64Array {
  const sums = new Float64Array(length);
  const counts = new Int32Array(length);
  for (let index = 0; index < rows.length; index++) {
    const value = values[rows[index]!]!;
    if (!Number.isFinite(value)) continue;
    const place = at(rows[index]!);
    sums[place]! += value;
    counts[place]! += 1;
  }
  return sums.map((sum, place) => (counts[place] === 0 ? Number.NaN : sum / counts[place]!));
}

function noteOffGrid(time: Float64Array, rows: Int32Array, { start, step, months }: Grid, notes: Note[]): void {
  let [twice, off] = [0, 0];
  for (let index = 0; index < rows.length; index++) {
    const own = time[rows[index]!]!;
    if (index > 0 && own === time[rows[index - 1]!]!) twice += 1;
    else if (months === undefined && Math.abs((own - start) / step - Math.round((own - start) / step)) > 1e-3) off += 1;
  }
  if (twice > 0) notes.push(forecastNotes.duplicates({ count: twice }));
  if (off > 0) notes.push(forecastNotes['off-grid']({ count: off, step: describeStep(step) }));
}

export function describeStep(step: number): string {
  for (const [size, unit] of [
    [day, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const)
    if (step >= size && step % size === 0) return `${step / size} ${unit}`;
  return `${step / 1000} s`;
}

function trailingEmpty(gridded: readonly Float64Array[], length: number): number {
  let end = length;
  while (end > 1 && gridded.every((values) => Number.isNaN(values[end - 1]!))) end -= 1;
  return length - end;
}

function noteSeries(series: string, values: Float64Array, grid: Grid, zone: string, notes: Note[]): void {
  let gaps = 0;
  for (const value of values) if (Number.isNaN(value)) gaps += 1;
  if (gaps > 0) notes.push(forecastNotes.gaps({ series, count: gaps, share: { share: gaps / values.length } }));
  const change = unitChange(values);
  if (!change) return;
  const time = { ...moment(grid.start + change.at * grid.step), zone };
  notes.push(forecastNotes['unit-change']({ series, time, factor: change.factor }));
}

const moment = (time: number) => ({ time: new Date(time).toISOString() });
