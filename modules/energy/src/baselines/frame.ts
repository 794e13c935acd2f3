/** How long the intervals of a baseline are: those that the regression looks at, not those of the meter. */
export const baselineSteps = ['hour', 'day', 'billing'] as const;
export type BaselineStep = (typeof baselineSteps)[number];

export interface Driver {
  readonly name: string;
  /** Per interval, in the driver's own unit as amounts a day (day, billing) or an hour; NaN where unknown. */
  readonly values: Float64Array;
}

/** What a baseline is learnt from and predicts for: one element an interval, ascending. */
export interface BaselineFrame {
  readonly step: BaselineStep;
  /** Milliseconds since 1970 UTC. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Length in days (day, billing; 23/24 on the day of a clock change) or hours. */
  readonly length: Float64Array;
  /** Energy per day (day, billing) or hour; NaN where too little was read. */
  readonly rate: Float64Array;
  /** Share of the interval that readings of energy speak for. */
  readonly coverage: Float64Array;
  /** Mean temperature in °C; NaN where unknown. Left out where none is measured. */
  readonly temperature?: Float64Array;
  /** Of billing: the daily mean temperatures of each interval, from which its degree days are made. */
  readonly dailyTemperatures?: readonly Float64Array[];
  readonly drivers: readonly Driver[];
  /** Local calendar of each interval's start: hour of the week (0 Monday midnight to 167), month 1 to 12. */
  readonly hourOfWeek: Int16Array;
  readonly month: Int8Array;
}

export const frameLength = (frame: BaselineFrame): number => frame.start.length;

/** Some intervals of a frame, in the order given. */
export function takeFrame(frame: BaselineFrame, rows: readonly number[]): BaselineFrame {
  const floats = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    step: frame.step,
    start: floats(frame.start),
    end: floats(frame.end),
    length: floats(frame.length),
    rate: floats(frame.rate),
    coverage: floats(frame.coverage),
    ...(frame.temperature && { temperature: floats(frame.temperature) }),
    ...(frame.dailyTemperatures && { dailyTemperatures: rows.map((row) => frame.dailyTemperatures![row]!) }),
    drivers: frame.drivers.map(({ name, values }) => ({ name, values: floats(values) })),
    hourOfWeek: Int16Array.from(rows, (row) => frame.hourOfWeek[row]!),
    month: Int8Array.from(rows, (row) => frame.month[row]!),
  };
}

/** The intervals that lie wholly in [from, to). */
export function framePeriod(frame: BaselineFrame, from: number, to: number): BaselineFrame {
  const rows: number[] = [];
  for (let row = 0; row < frame.start.length; row++)
    if (frame.start[row]! >= from && frame.end[row]! <= to) rows.push(row);
  return takeFrame(frame, rows);
}

/** Rows in which all that the regression needs is known. */
export function knownRows(frame: BaselineFrame, withEnergy: boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < frame.start.length; row++) {
    if (withEnergy && !Number.isFinite(frame.rate[row]!)) continue;
    if (frame.temperature && !Number.isFinite(frame.temperature[row]!)) continue;
    if (frame.drivers.some(({ values }) => !Number.isFinite(values[row]!))) continue;
    rows.push(row);
  }
  return rows;
}
