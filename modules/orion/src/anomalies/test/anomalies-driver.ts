import type { Driver } from '../../learners/test/driver.ts';
import { type Detector, type DetectorKind, rowsOf, type SensorData, scoreRows } from '../types.ts';
import { drawnPlant } from './drawn-plant.ts';

/** The plant, or its first sensor alone where a kind takes one. */
const usual = (kind: DetectorKind, rows = 400): SensorData => {
  const plant = drawnPlant(rows, 5);
  if (!kind.single) return plant;
  return { ...plant, names: ['current'], values: plant.values.filter((_, at) => at % plant.names.length === 0) };
};

function bad(kind: DetectorKind): Record<string, SensorData> {
  const data = usual(kind);
  const width = data.names.length;
  const changed = (change: (value: number, row: number, sensor: number) => number): SensorData => ({
    ...data,
    values: data.values.map((value, at) => change(value, Math.floor(at / width), at % width)),
  });
  return {
    'a constant sensor': changed((value, _row, sensor) => (sensor === 0 ? 5 : value)),
    'only constant sensors': changed(() => 5),
    'only empty sensors': changed(() => Number.NaN),
    'an empty sensor': changed((value, _row, sensor) => (sensor === 0 ? Number.NaN : value)),
    '99 % missing': changed((value, row) => (row % 100 === 7 ? value : Number.NaN)),
    infinities: changed((value, row) => [value, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][row % 3]!),
    'enormous values': changed((value, row) => (row % 50 === 3 ? 1e300 : value)),
    'a change of unit': changed((value, row) => (row > 200 ? value * 1000 : value)),
    'a sensor that dies': changed((value, row, sensor) => (row > 200 && sensor === 0 ? 21 : value)),
    'times twice and unsorted': { ...data, time: data.time.map((time, row) => data.time[(row * 7) % 400] ?? time) },
    'a clock that is set back': { ...data, time: data.time.map((time, row) => (row > 200 ? time - 1e12 : time)) },
    gaps: { ...data, time: data.time.map((time, row) => (row > 200 ? time + 1e9 : time)) },
    'three rows': rowsOf(data, 0, 3),
    'one row': rowsOf(data, 0, 1),
    'no rows': rowsOf(data, 0, 0),
  };
}

/** What the conformance suite knows of anomalies. */
export const anomaliesDriver: Driver<SensorData, Detector> = {
  usual: (kind) => [usual(kind as DetectorKind)],
  bad: (kind) => bad(kind as DetectorKind),
  says(detector, data) {
    const { scores, blame } = scoreRows(detector.start(), data);
    // A row is not empty where a kind learns from no row at all.
    return [detector.sensors.length, ...scores, ...blame];
  },
};
