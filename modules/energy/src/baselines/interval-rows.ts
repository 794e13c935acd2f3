import type { Note } from '@millwright/kernel';
import type { SiteClock } from '../analysis/site-clock.ts';
import { dayMilliseconds, weekdayOf } from '../analysis/site-clock.ts';
import type { BaselineFrame, BaselineStep } from './frame.ts';
import { baselineNotes } from './notes.ts';

export interface RowDriver {
  readonly name: string;
  /** Amount in each row; of a state (`share`), how much of the row it held, 0 to 1. NaN where unknown. */
  readonly values: Float64Array;
  readonly kind: 'amount' | 'share';
}

/** What was read, row by row, ascending and without overlap. */
export interface IntervalRows {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Amount of energy in each row; NaN where nothing was read. */
  readonly energy: Float64Array;
  /** Part of each row that `energy` speaks for; left out, all of it. */
  readonly energyCoverage?: Float64Array;
  /** °C. */
  readonly temperature?: Float64Array;
  readonly drivers: readonly RowDriver[];
}

/** CalTRACK 2.0, 2.2.2.1 and 2.2.3: an interval of which half or more was read is scaled up, one of less is missing. */
const leastCoverage = 0.5;
/** Rows that last longer than this are bills. */
const billingDays = 20;

/** The coarsest step that the rows come in. */
export function rowStep(rows: IntervalRows): BaselineStep {
  const lengths = Float64Array.from(rows.start, (start, row) => rows.end[row]! - start).sort();
  const usual = lengths[Math.floor(lengths.length / 2)] ?? 0;
  if (usual > 3.7e6) return usual >= billingDays * dayMilliseconds ? 'billing' : 'day';
  return 'hour';
}

/**
 * Lays rows on hours, local days or calendar months (rows that are bills themselves stay as they are). Energy and amounts of
 * drivers are summed and scaled up to the whole interval where at least half of it was read; temperatures are means over time.
 */
export function frameOf(
  rows: IntervalRows,
  step: BaselineStep,
  clock: SiteClock,
): { frame: BaselineFrame; notes: Note[] } {
  const notes: Note[] = [];
  const bins = binsOf(rows, step, clock);
  const { start, end, first, last } = bins;
  const count = start.length;
  const unit = step === 'hour' ? 3_600_000 : dayMilliseconds;
  const length = Float64Array.from(start, (from, bin) => (end[bin]! - from) / unit);
  const coverage = new Float64Array(count);
  const rate = new Float64Array(count);
  let [scaled, short] = [0, 0];
  for (let bin = 0; bin < count; bin++) {
    const { sum, share } = total(
      rows,
      rows.energy,
      first[bin]!,
      last[bin]!,
      end[bin]! - start[bin]!,
      rows.energyCoverage,
    );
    coverage[bin] = share;
    rate[bin] = share >= leastCoverage ? sum / share / length[bin]! : Number.NaN;
    if (share < leastCoverage) short++;
    else if (share < 0.999) scaled++;
  }
  if (short > 0) notes.push(baselineNotes['intervals-missing']({ count: short, of: count }));
  if (scaled > 0) notes.push(baselineNotes['intervals-scaled']({ count: scaled }));
  const mean = (values: Float64Array) =>
    Float64Array.from(start, (_, bin) => meanOf(rows, values, first[bin]!, last[bin]!, end[bin]! - start[bin]!));
  const drivers = rows.drivers.map(({ name, values, kind }) => ({
    name,
    values: Float64Array.from(start, (from, bin) => {
      if (kind === 'share') return meanOf(rows, values, first[bin]!, last[bin]!, end[bin]! - from);
      const { sum, share } = total(rows, values, first[bin]!, last[bin]!, end[bin]! - from);
      return share >= leastCoverage ? sum / share / length[bin]! : Number.NaN;
    }),
  }));
  const dailyTemperatures =
    step === 'billing' && rows.temperature ? dailyMeans(rows, rows.temperature, start, end, clock) : undefined;
  return {
    frame: {
      ...{ step, start, end, length, rate, coverage, drivers },
      ...(rows.temperature && { temperature: mean(rows.temperature) }),
      ...(dailyTemperatures && { dailyTemperatures }),
      hourOfWeek: Int16Array.from(start, (time) => {
        const day = clock.dayOf(time);
        return (weekdayOf(day) - 1) * 24 + Math.floor(clock.minuteOfDay(time) / 60);
      }),
      month: Int8Array.from(start, (time) => new Date(time + clock.offsetAt(time)).getUTCMonth() + 1),
    },
    notes,
  };
}

interface Bins {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Rows of each bin, last exclusive. */
  readonly first: Int32Array;
  readonly last: Int32Array;
}

/** Every hour, day or month between the first and the last row, read or not. */
function binsOf(rows: IntervalRows, step: BaselineStep, clock: SiteClock): Bins {
  const count = rows.start.length;
  if (step === 'billing' && rowStep(rows) === 'billing') {
    const first = Int32Array.from({ length: count }, (_, row) => row);
    return { start: rows.start, end: rows.end, first, last: first.map((row) => row + 1) };
  }
  const edges: number[] = [];
  const until = rows.end[count - 1]!;
  let edge = floorOf(rows.start[0]!, step, clock);
  while (edge < until) {
    edges.push(edge);
    edge = nextOf(edge, step, clock);
  }
  edges.push(edge);
  const bins = edges.length - 1;
  const first = new Int32Array(bins);
  const last = new Int32Array(bins);
  let row = 0;
  for (let bin = 0; bin < bins; bin++) {
    // A row belongs where its middle lies.
    while (row < count && (rows.start[row]! + rows.end[row]!) / 2 < edges[bin]!) row++;
    first[bin] = row;
    while (row < count && (rows.start[row]! + rows.end[row]!) / 2 < edges[bin + 1]!) row++;
    last[bin] = row;
  }
  return { start: Float64Array.from(edges.slice(0, -1)), end: Float64Array.from(edges.slice(1)), first, last };
}

function floorOf(time: number, step: BaselineStep, clock: SiteClock): number {
  if (step === 'hour') {
    const offset = clock.offsetAt(time);
    return Math.floor((time + offset) / 3_600_000) * 3_600_000 - offset;
  }
  const day = clock.dayOf(time);
  return clock.startOfDay(step === 'day' ? day : firstOfMonth(day));
}

function nextOf(edge: number, step: BaselineStep, clock: SiteClock): number {
  if (step === 'hour') return edge + 3_600_000;
  const day = clock.dayOf(edge);
  return clock.startOfDay(step === 'day' ? day + 1 : firstOfMonth(firstOfMonth(day) + 32));
}

function firstOfMonth(day: number): number {
  const date = new Date(day * dayMilliseconds);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / dayMilliseconds;
}

function total(
  rows: IntervalRows,
  values: Float64Array,
  first: number,
  last: number,
  span: number,
  coverage?: Float64Array,
): { sum: number; share: number } {
  let [sum, covered] = [0, 0];
  for (let row = first; row < last; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    sum += value;
    covered += (rows.end[row]! - rows.start[row]!) * (coverage ? coverage[row]! : 1);
  }
  return { sum, share: Math.min(1, covered / span) };
}

/** Over time; NaN where less than half of it is known. */
function meanOf(rows: IntervalRows, values: Float64Array, first: number, last: number, span: number): number {
  let [sum, covered] = [0, 0];
  for (let row = first; row < last; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value)) continue;
    const length = rows.end[row]! - rows.start[row]!;
    sum += value * length;
    covered += length;
  }
  return covered / span >= leastCoverage ? sum / covered : Number.NaN;
}

/** Of each bill the mean temperature of each of its days; of rows that are bills, their one mean. */
function dailyMeans(
  rows: IntervalRows,
  temperature: Float64Array,
  start: Float64Array,
  end: Float64Array,
  clock: SiteClock,
): Float64Array[] {
  if (rowStep(rows) === 'billing')
    return Array.from(temperature, (value) => Float64Array.of(...(Number.isFinite(value) ? [value] : [])));
  const { frame } = frameOf({ ...rows, drivers: [] }, 'day', clock);
  let day = 0;
  return Array.from(start, (from, bin) => {
    const found: number[] = [];
    for (; day < frame.start.length && frame.start[day]! < end[bin]!; day++)
      if (frame.start[day]! >= from && Number.isFinite(frame.temperature![day]!)) found.push(frame.temperature![day]!);
    return Float64Array.from(found);
  });
}
