import { predictColumns, type Regression } from '@millwright/orion';
import { type BaselineFrame, frameLength } from './frame.ts';
import type { Coefficient, Segment, Terms } from './model.ts';

export interface Design {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

export const plainTerms: Terms = {
  ...{ calendar: 'none', heating: null, cooling: null, linear: false, bins: null },
  ...{ occupied: [], drivers: [] },
};

/** The columns that terms make of a frame, constant or indicators first. */
export function designOf(terms: Terms, frame: BaselineFrame): Design {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const add = (name: string, column: Float64Array) => {
    names.push(name);
    columns.push(column);
  };
  const n = frameLength(frame);
  const { calendar, heating, cooling, bins } = terms;
  if (calendar === 'hour-of-week') {
    const hours = Array.from({ length: 168 }, () => new Float64Array(n));
    for (let row = 0; row < n; row++) hours[frame.hourOfWeek[row]!]![row] = 1;
    for (const [hour, column] of hours.entries()) add(`hour ${hour}`, column);
  } else {
    add('constant', new Float64Array(n).fill(1));
    const weekday = Int8Array.from(frame.hourOfWeek, (hour) => Math.floor(hour / 24));
    if (calendar === 'weekend')
      add(
        'weekend',
        Float64Array.from(weekday, (day) => (day >= 5 ? 1 : 0)),
      );
    if (calendar === 'weekday')
      for (let day = 1; day < 7; day++)
        add(
          `weekday ${day + 1}`,
          Float64Array.from(weekday, (at) => (at === day ? 1 : 0)),
        );
  }
  if (heating !== null) add('heating', degrees(frame, heating, -1));
  if (cooling !== null) add('cooling', degrees(frame, cooling, 1));
  if (terms.linear) add('temperature', frame.temperature!);
  if (bins) {
    const occupied = new Uint8Array(168);
    for (const hour of terms.occupied) occupied[hour] = 1;
    addPieces('occupied', bins.occupied, 1);
    addPieces('unoccupied', bins.unoccupied, 0);
    function addPieces(kind: string, ends: readonly number[], wanted: number) {
      for (let piece = 0; piece <= ends.length; piece++) {
        const column = new Float64Array(n);
        for (let row = 0; row < n; row++)
          if (occupied[frame.hourOfWeek[row]!] === wanted) column[row] = pieceOf(frame.temperature![row]!, ends, piece);
        add(`temperature ${kind} ${piece + 1}`, column);
      }
    }
  }
  for (const name of terms.drivers) add(name, frame.drivers.find((driver) => driver.name === name)!.values);
  return { names, columns };
}

/** Degrees above (sign 1) or below (-1) a balance point: of a day its mean temperature's, of a bill the mean over its days. */
function degrees(frame: BaselineFrame, balance: number, sign: number): Float64Array {
  const { temperature, dailyTemperatures } = frame;
  if (!dailyTemperatures) return temperature!.map((value) => Math.max(0, sign * (value - balance)));
  return Float64Array.from(dailyTemperatures, (days) => {
    let sum = 0;
    for (const value of days) sum += Math.max(0, sign * (value - balance));
    return days.length === 0 ? Number.NaN : sum / days.length;
  });
}

/** The part of a temperature that lies in one piece (Mathieu et al. 2011, eq. 3; CalTRACK 3.10). */
function pieceOf(temperature: number, ends: readonly number[], piece: number): number {
  if (piece === 0) return ends.length === 0 ? temperature : Math.min(temperature, ends[0]!);
  const low = ends[piece - 1]!;
  const above = Math.max(0, temperature - low);
  return piece < ends.length ? Math.min(above, ends[piece]! - low) : above;
}

export function coefficientsOf(design: Design, fit: Regression): Coefficient[] {
  const known = (value: number) => (Number.isFinite(value) ? value : null);
  return design.names.map((name, at) => ({
    name,
    value: fit.coefficients[at]!,
    error: known(fit.errors[at]!),
    p: known(fit.pValues[at]!),
  }));
}

/** Energy per day or hour that segments predict for each interval; NaN where a temperature or driver is unknown. */
export function predictRates(segments: readonly Segment[], frame: BaselineFrame): Float64Array {
  const predicted = segments.map(({ terms, coefficients }) => {
    const { columns } = designOf(terms, frame);
    return predictColumns(
      columns,
      coefficients.map(({ value }) => value),
      frameLength(frame),
    );
  });
  if (segments.length === 1) return predicted[0]!;
  const ofMonth = new Map(segments.flatMap(({ months }, at) => (months ?? []).map((month) => [month, at])));
  const rest = segments.findIndex(({ months }) => months === null);
  return Float64Array.from(frame.month, (month, row) => predicted[ofMonth.get(month) ?? rest]?.[row] ?? Number.NaN);
}
