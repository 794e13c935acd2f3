import type { SensorData } from '../anomalies/types.ts';

/** Readings of one sensor in order. `quality` 2 is bad. */
export interface SensorSeries {
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly quality: ArrayLike<number>;
}

const bad = 2;
const minute = 60_000;
const mostRows = 200_000;
const niceSteps = [1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440].map((minutes) => minutes * minute);

/**
 * How far rows lie apart, by how many readings the sensor that has fewest gave in a period: the handy step next to it, and never so short that
 * there were more than `mostRows`. What is learnt at one pace has to be watched at the same, or a promise by the week means nothing.
 */
export function stepFor(fewest: number, periodMs: number): number {
  const usual = periodMs / Math.max(fewest, 1);
  return niceSteps.find((step) => step >= usual * 0.8 && periodMs / step <= mostRows) ?? niceSteps.at(-1)!;
}

/** The last usable reading of each step, while they are read a piece at a time. */
export async function lastOfSteps(pieces: AsyncIterable<SensorSeries>, stepMs: number): Promise<SensorSeries> {
  const times: number[] = [];
  const values: number[] = [];
  let step = Number.NaN;
  for await (const { time, value, quality } of pieces)
    for (let index = 0; index < time.length; index++) {
      if (quality[index] === bad) continue;
      const at = Math.floor(time[index]! / stepMs);
      if (at !== step) {
        times.push(0);
        values.push(0);
        step = at;
      }
      times[times.length - 1] = time[index]!;
      values[values.length - 1] = value[index]!;
    }
  return { time: Float64Array.from(times), value: Float64Array.from(values), quality: new Uint8Array(times.length) };
}

/**
 * Joins sensors to rows exactly as `Watch` does: the last reading of each step stands, and one that is older than `holdMs` is not
 * known. Steps in which no sensor spoke make no row.
 */
export function sensorRows(
  names: readonly string[],
  all: readonly SensorSeries[],
  { stepMs, holdMs }: { readonly stepMs: number; readonly holdMs: number },
): SensorData {
  const width = names.length;
  const steps = new Set<number>();
  for (const { time, quality } of all)
    for (let index = 0; index < time.length; index++)
      if (quality[index] !== bad) steps.add(Math.floor(time[index]! / stepMs));
  const ordered = Float64Array.from(steps).sort();
  const rows = ordered.length;
  const values = new Float64Array(rows * width).fill(Number.NaN);
  const times = new Float64Array(rows).fill(Number.NEGATIVE_INFINITY);
  const stood = new Float64Array(rows * width).fill(Number.NEGATIVE_INFINITY);
  for (const [sensor, { time, value, quality }] of all.entries()) {
    let row = 0;
    for (let index = 0; index < time.length; index++) {
      if (quality[index] === bad) continue;
      const step = Math.floor(time[index]! / stepMs);
      while (ordered[row]! < step) row++;
      values[row * width + sensor] = value[index]!;
      stood[row * width + sensor] = time[index]!;
      times[row] = Math.max(times[row]!, time[index]!);
    }
  }
  for (let row = 1; row < rows; row++)
    for (let sensor = 0; sensor < width; sensor++) {
      const at = row * width + sensor;
      if (stood[at] !== Number.NEGATIVE_INFINITY) continue;
      stood[at] = stood[at - width]!;
      if (times[row]! - stood[at]! <= holdMs) values[at] = values[at - width]!;
    }
  return { names, rows, values, time: times };
}

/** Rows outside of some periods, for what people said was no normal running. */
export function rowsOutside(data: SensorData, periods: readonly { from: number; to: number }[]): SensorData {
  if (periods.length === 0) return data;
  const width = data.names.length;
  const kept: number[] = [];
  for (let row = 0; row < data.rows; row++)
    if (!periods.some(({ from, to }) => data.time[row]! >= from && data.time[row]! <= to)) kept.push(row);
  const values = new Float64Array(kept.length * width);
  for (const [place, row] of kept.entries())
    values.set(data.values.subarray(row * width, (row + 1) * width), place * width);
  return { names: data.names, rows: kept.length, values, time: Float64Array.from(kept, (row) => data.time[row]!) };
}
