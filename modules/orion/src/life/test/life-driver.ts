import { seededRandom } from '@millwright/imaging';
import type { Driver } from '../../learners/test/driver.ts';
import type { LifeModel, RunData, RunUnit } from '../types.ts';

/** Machines that wear out: two sensors follow the wear and the load, one only the load, one nothing. */
export function drawnRuns(units: number, seed = 1, life: [number, number] = [30, 60]): RunData {
  const random = seededRandom(seed);
  return {
    units: Array.from({ length: units }, (_, at): RunUnit => {
      const rows = Math.round(life[0] + (life[1] - life[0]) * random());
      const [settings, values] = [new Float64Array(rows), new Float64Array(rows * 4)];
      for (let row = 0; row < rows; row++) {
        const load = random() < 0.5 ? 20 : 80;
        const wear = Math.exp((row - rows) / 12);
        settings[row] = load;
        values.set(
          [load / 10 + 3 * wear + 0.1 * random(), 50 - load / 5 - 5 * wear + 0.2 * random(), load + random(), random()],
          row * 4,
        );
      }
      return {
        name: `machine ${at + 1}`,
        cycles: Float64Array.from({ length: rows }, (_, row) => row + 1),
        settings,
        values,
      };
    }),
    settings: ['load'],
    sensors: ['vibration', 'pressure', 'current', 'noise'],
    failed: true,
  };
}

/** The units as they stood some cycles before their end. */
export const cutRuns = (runs: RunData, before: number): RunData => ({
  ...runs,
  failed: false,
  units: runs.units.map((unit) => {
    const rows = Math.max(1, unit.cycles.length - before);
    return {
      ...unit,
      cycles: unit.cycles.slice(0, rows),
      settings: unit.settings.slice(0, rows * runs.settings.length),
      values: unit.values.slice(0, rows * runs.sensors.length),
    };
  }),
});

const withSensor = (runs: RunData, sensor: number, value: (row: number) => number): RunData => ({
  ...runs,
  units: runs.units.map((unit) => ({
    ...unit,
    values: unit.values.map((one, at) => (at % runs.sensors.length === sensor ? value(at) : one)),
  })),
});

const runs = drawnRuns(8);

export const lifeDriver: Driver<RunData, LifeModel> = {
  usual: () => [runs],
  quick: () => ({ cap: 25, folds: 2, repeats: 1 }),
  bad: () => {
    let even = runs;
    for (const sensor of runs.sensors.keys()) even = withSensor(even, sensor, () => 1);
    return {
      'a constant sensor': withSensor(runs, 0, () => 5),
      'only constant sensors': even,
      'an empty sensor': withSensor(runs, 0, () => Number.NaN),
      'a sensor of which 99 % is missing': withSensor(runs, 0, (at) => (at % 100 === 0 ? at : Number.NaN)),
      infinities: withSensor(runs, 0, (at) => [Number.POSITIVE_INFINITY, at, -1e300][at % 3]!),
      'no sensors': {
        ...runs,
        sensors: [],
        units: runs.units.map((unit) => ({ ...unit, values: new Float64Array(0) })),
      },
      'units of one row': cutRuns(runs, 1000),
      'units of three rows': { ...cutRuns(runs, 0), failed: true, units: runs.units.map((unit) => shortened(unit, 3)) },
      'three units': { ...runs, units: runs.units.slice(0, 3) },
      'no units': { ...runs, units: [] },
      'runs that did not fail': { ...runs, failed: false },
    };
  },
  says: (model, { units }) =>
    units.flatMap((unit) => {
      const { estimate, low, high } = model.remaining(unit);
      return [estimate, low, high];
    }),
};

const shortened = (unit: RunUnit, rows: number): RunUnit => ({
  ...unit,
  cycles: unit.cycles.slice(0, rows),
  settings: unit.settings.slice(0, rows),
  values: unit.values.slice(0, rows * 4),
});
