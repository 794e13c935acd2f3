import type { SensorData } from './types.ts';

/** A sensor that stood still for longer than it ever did in normal running. */
export interface StuckSensor {
  readonly sensor: number;
  /** First and last row of the stand. */
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** A stand must be so many times as long as the longest that was learnt from, and so many rows. */
const [timesLonger, leastRows] = [5, 50];

/** Longest stand of a sensor in the first rows, in rows; 0 where it is not known. */
export const longestStand = (data: SensorData, sensor: number, rows: number): number =>
  stands(data, sensor, 0, rows).reduce((most, { from, to }) => Math.max(most, to - from + 1), 0);

/** After how many rows at one value a sensor is dead; never, where it stood still most of the time it was learnt from. */
export const stuckAfter = (longest: number, rows: number): number =>
  longest === 0 || longest > rows / 2 ? Number.POSITIVE_INFINITY : Math.max(leastRows, timesLonger * longest);

/**
 * Sensors that died: a value that repeats to the last digit for far longer than the longest repetition in the first `train` rows. It is an
 * anomaly of its own kind, since a dead sensor scores as perfectly usual where its last value was.
 */
export function stuckSensors(data: SensorData, train: number): StuckSensor[] {
  const width = data.names.length;
  const found: StuckSensor[] = [];
  for (let sensor = 0; sensor < width; sensor++) {
    const limit = stuckAfter(longestStand(data, sensor, train), train);
    for (const stand of stands(data, sensor, train, data.rows))
      if (stand.to - stand.from + 1 >= limit) found.push({ sensor, ...stand });
  }
  return found;
}

/** Stretches of one value, missing ones apart. */
function stands(data: SensorData, sensor: number, begin: number, end: number) {
  const width = data.names.length;
  const found: { from: number; to: number; value: number }[] = [];
  let last: { from: number; to: number; value: number } | undefined;
  for (let row = begin; row < end; row++) {
    const value = data.values[row * width + sensor]!;
    if (Number.isNaN(value)) continue;
    if (last && last.value === value) last.to = row;
    else {
      last = { from: row, to: row, value };
      found.push(last);
    }
  }
  return found;
}
