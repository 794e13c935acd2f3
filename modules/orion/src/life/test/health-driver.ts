import { seededRandom } from '@millwright/imaging';
import type { SensorData } from '../../anomalies/types.ts';
import type { Driver } from '../../learners/test/driver.ts';
import type { HealthModel } from '../health/health-model.ts';

export const healthNames = ['load', 'active power', 'vibration', 'bearing temperature'];

/**
 * A machine that stands still at night. Power follows the load and its square, the bearing warms with it; `wear(row)` is added to the
 * vibration, and twice of it to the bearing.
 */
export function drawnMachine(rows: number, seed = 1, wear: (row: number) => number = () => 0, start = 0): SensorData {
  const random = seededRandom(seed);
  const noise = () => random() + random() + random() - 1.5;
  const values = new Float64Array(rows * 4);
  const time = Float64Array.from({ length: rows }, (_, row) => start + row * 900_000);
  for (let row = 0; row < rows; row++) {
    const runs = row % 96 >= 24;
    const load = runs ? 0.5 + 0.4 * Math.sin(row / 17) : 0;
    const own = runs ? wear(row) : 0;
    values.set(
      [
        100 * load,
        runs ? 20 + 60 * load + 30 * load * load + noise() : 0,
        (runs ? 2 + load : 0.1) + own + 0.1 * noise(),
        25 + 20 * load + 2 * own + 0.5 * noise(),
      ],
      row * 4,
    );
  }
  return { names: healthNames, rows, values, time };
}

const withSensor = (data: SensorData, sensor: number, value: (row: number) => number): SensorData => ({
  ...data,
  values: data.values.map((one, at) => (at % 4 === sensor ? value(Math.floor(at / 4)) : one)),
});
const firstRows = (data: SensorData, rows: number): SensorData => ({
  ...data,
  rows,
  values: data.values.slice(0, rows * 4),
  time: data.time.slice(0, rows),
});

const usual = drawnMachine(800);

export const healthDriver: Driver<SensorData, HealthModel> = {
  usual: () => [usual],
  quick: () => ({ conditions: ['load'] }),
  bad: () => ({
    'a constant sensor': withSensor(usual, 2, () => 3),
    'only constant sensors': { ...usual, values: new Float64Array(usual.values.length).fill(1) },
    'an empty sensor': withSensor(usual, 2, () => Number.NaN),
    'an empty condition': withSensor(usual, 0, () => Number.NaN),
    'a sensor of which 99 % is missing': withSensor(usual, 2, (row) => (row % 100 === 50 ? row : Number.NaN)),
    infinities: withSensor(usual, 2, (row) => [Number.POSITIVE_INFINITY, row, -1e300][row % 3]!),
    'no sensors': { names: [], rows: 800, values: new Float64Array(0), time: usual.time },
    'three rows': firstRows(usual, 3),
    'no rows': firstRows(usual, 0),
  }),
  says: (model, data) => {
    const watch = model.start();
    const said: number[] = [];
    for (let row = 0; row < data.rows; row++) {
      const reading = watch.push(
        data.time[row]!,
        data.values.subarray(row * data.names.length, (row + 1) * data.names.length),
      );
      if (reading) said.push(reading.index, reading.distance, ...reading.parts.map(({ share }) => share));
    }
    return said;
  },
};
