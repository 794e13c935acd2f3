import type { Note } from '@millwright/kernel';
import { type ReadTable, type ReadTableOptions, readTable } from '@millwright/orion/analyse';
import { type SiteClock, siteClock } from '../analysis/site-clock.ts';
import { baselineErrors } from './errors.ts';
import type { IntervalRows, RowDriver } from './interval-rows.ts';
import { baselineNotes, baselineReasons } from './notes.ts';

/** What the columns of a file mean. */
export interface FileColumns {
  readonly energy: string;
  /** `amount` in each row, mean `power` over it, or the `register` of a meter. */
  readonly energyKind: 'amount' | 'power' | 'register';
  /** Column of the time; null lets the reader find it. */
  readonly time: string | null;
  readonly temperature: string | null;
  readonly temperatureUnit: 'C' | 'F';
  /** Numbers are amounts in each row; texts are states, of each of which the part of the time is a driver. */
  readonly drivers: readonly string[];
  /** Whether the time of a row is the start or end of its interval; null: guessed, and a note says what was taken. */
  readonly stamp: 'start' | 'end' | null;
  /** IANA name of the clock that the file is in. */
  readonly timezone: string;
}

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Reads a file into rows of intervals. Throws what `readTable` throws and ENERGY_BASELINE_UNFIT. */
export async function rowsFromFile(
  path: string,
  columns: FileColumns,
  signal?: AbortSignal,
): Promise<{ rows: IntervalRows; clock: SiteClock; notes: Note[] }> {
  const wanted = [columns.energy, ...(columns.temperature === null ? [] : [columns.temperature]), ...columns.drivers];
  const options: ReadTableOptions = {
    ...{ columns: [...new Set(wanted)], timezone: columns.timezone },
    ...(columns.time === null ? {} : { timeColumn: columns.time }),
    ...(signal && { signal }),
  };
  return rowsFromTable(await readTable(path, options), columns);
}

export function rowsFromTable(table: ReadTable, columns: FileColumns) {
  const notes: Note[] = [];
  if (!table.time) throw baselineErrors.ENERGY_BASELINE_UNFIT({ reason: baselineReasons['no-time']() });
  const { time } = table;
  if (table.leftOut.count > 0) notes.push(baselineNotes['rows-left-out']({ count: table.leftOut.count }));
  const order = orderOf(time, notes);
  if (order.length < 2) throw baselineErrors.ENERGY_BASELINE_UNFIT({ reason: baselineReasons['few-rows']() });
  const sorted = Float64Array.from(order, (row) => time[row]!);
  const clock = siteClock(columns.timezone, sorted[0]! - dayMs, sorted.at(-1)! + 32 * dayMs);
  const stamp = columns.stamp ?? guessStamp(sorted, clock, notes);
  const { start, end } = intervals(sorted, columns.energyKind === 'register' ? 'end' : stamp);
  const take = (name: string) => {
    const values = numbers(table, name);
    return Float64Array.from(order, (row) => values[row]!);
  };
  const energy = energyOf(take(columns.energy), columns.energyKind, start, end, sorted);
  const fahrenheit = columns.temperatureUnit === 'F';
  const temperature =
    columns.temperature === null
      ? undefined
      : take(columns.temperature).map((value) => (fahrenheit ? ((value - 32) * 5) / 9 : value));
  const drivers = columns.drivers.flatMap((name) => driversOf(table, name, order));
  const rows: IntervalRows = { start, end, energy, ...(temperature && { temperature }), drivers };
  return { rows, clock, notes };
}

/** Rows by time, each time once. */
function orderOf(time: Float64Array, notes: Note[]): Int32Array {
  const order = Int32Array.from(time.keys()).filter((row) => Number.isFinite(time[row]!));
  if (order.some((row, at) => at > 0 && time[row]! < time[order[at - 1]!]!))
    notes.push(baselineNotes['rows-unsorted']());
  order.sort((one, other) => time[one]! - time[other]! || one - other);
  const once = order.filter((row, at) => at === 0 || time[row]! !== time[order[at - 1]!]!);
  if (once.length < order.length) notes.push(baselineNotes['rows-twice']({ count: order.length - once.length }));
  return once;
}

function usualStep(time: Float64Array): number {
  const steps = time.slice(1).map((value, at) => value - time[at]!);
  return steps.sort()[Math.floor(steps.length / 2)]!;
}

/** Rows a day or more apart name the day they begin with; a first row one step after midnight ends its interval. */
function guessStamp(time: Float64Array, clock: SiteClock, notes: Note[]): 'start' | 'end' {
  const step = usualStep(time);
  const first = clock.minuteOfDay(time[0]!);
  const stamp = step >= dayMs * 0.9 || first === 0 ? 'start' : 'end';
  notes.push(stamp === 'start' ? baselineNotes['stamp-assumed-start']() : baselineNotes['stamp-assumed-end']());
  return stamp;
}

/** A row speaks for the time to its neighbour, but for no more than half as long again as is usual: a hole is a hole. */
function intervals(time: Float64Array, stamp: 'start' | 'end'): { start: Float64Array; end: Float64Array } {
  const usual = usualStep(time);
  const most = usual * 1.5;
  const n = time.length;
  const length = (gap: number) => (gap <= most && gap > 0 ? gap : usual);
  if (stamp === 'start')
    return {
      start: time,
      end: time.map((at, row) =>
        row + 1 < n ? Math.min(time[row + 1]!, at + length(time[row + 1]! - at)) : at + usual,
      ),
    };
  return {
    start: time.map((at, row) => (row > 0 ? Math.max(time[row - 1]!, at - length(at - time[row - 1]!)) : at - usual)),
    end: time,
  };
}

function energyOf(
  values: Float64Array,
  kind: FileColumns['energyKind'],
  start: Float64Array,
  end: Float64Array,
  time: Float64Array,
): Float64Array {
  if (kind === 'amount') return values;
  if (kind === 'power') return values.map((value, row) => (value * (end[row]! - start[row]!)) / hourMs);
  return values.map((value, row) => {
    // What rose across a hole is not known to belong to the interval; a fall is another meter.
    if (row === 0 || start[row] !== time[row - 1]) return Number.NaN;
    const rise = value - values[row - 1]!;
    return rise >= 0 ? rise : Number.NaN;
  });
}

function numbers(table: ReadTable, name: string): Float64Array {
  const column = table.columns.find((one) => one.name === name);
  if (column?.kind !== 'number')
    throw baselineErrors.ENERGY_BASELINE_UNFIT({
      reason: baselineReasons['no-numbers']({ column: name, example: column?.levels[0] ?? '' }),
    });
  return column.values;
}

/** A driver of states becomes one of each state but the first, which the constant stands for. */
function driversOf(table: ReadTable, name: string, order: Int32Array): RowDriver[] {
  const column = table.columns.find((one) => one.name === name)!;
  if (column.kind === 'number')
    return [{ name, values: Float64Array.from(order, (row) => column.values[row]!), kind: 'amount' }];
  if (column.levels.length > mostStates)
    throw baselineErrors.ENERGY_BASELINE_UNFIT({
      reason: baselineReasons['many-states']({ column: name, count: column.levels.length, most: mostStates }),
    });
  return column.levels.slice(1).map((level, at) => ({
    name: `${name}=${level}`,
    kind: 'share' as const,
    values: Float64Array.from(order, (row) => {
      const code = column.codes[row]!;
      return code < 0 ? Number.NaN : Number(code === at + 1);
    }),
  }));
}
const mostStates = 20;
