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

/**
 * Sensors that died: a value that repeats to the last digit for far longer than the longest repetition in the first `train` rows. It is an
 * anomaly of its own kind, since a dead sensor scores as perfectly usual where its last value was.
 */
export function stuckSensors(data: SensorData, train: number): StuckSensor[] {
  const width = data.names.length;
  const found: StuckSensor[] = [];
  for (let sensor = 0; sensor < width; sensor++) {
    const longest = runs(data, sensor, 0, train).reduce((most, { from, to }) => Math.max(most, to - from + 1), 0);
    // A sensor that stood still all the time it was learnt from says nothing.
    if (longest === 0 || longest > train / 2) continue;
    for (const run of runs(data, sensor, train, data.rows))
      if (run.to - run.from + 1 >= Math.max(leastRows, timesLonger * longest)) found.push({ sensor, ...run });
  }
  return found;
}

/** Stretches of one value, missing ones apart. */
function runs(data: SensorData, sensor: number, begin: number, end: number) {
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
