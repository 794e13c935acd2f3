import type { SensorData } from '../../anomalies/types.ts';
import { orionErrors } from '../../errors.ts';
import type { State } from '../../learners/learner.ts';
import { loadState, saveState } from '../../learners/state.ts';
import type { ReadTable } from '../../table/read-table.ts';
import type { NumberColumn } from '../../table/table.ts';
import { lifeErrors } from '../errors.ts';
import { type HealthModel, healthKind } from './health-model.ts';

export const encodeHealth = (model: HealthModel): Uint8Array =>
  saveState({ family: 'health', format: 1, kind: healthKind.name, model: model.state() });

/** Throws ORION_STATE_UNREADABLE. */
export function decodeHealth(bytes: Uint8Array): HealthModel {
  const { family, format, model } = loadState(bytes);
  if (family !== 'health' || format !== 1)
    throw orionErrors.ORION_STATE_UNREADABLE({ reason: 'it is no model of health' });
  return healthKind.open(model as State);
}

const hourMs = 3_600_000;

/**
 * The columns of numbers of a table as sensors, or those that a model learnt from, in its order, sorted by time. Rows of a table without
 * times are an hour apart. Throws ORION_LIFE_SENSORS_MISSING.
 */
export function sensorData(table: ReadTable, wanted?: readonly string[]): SensorData {
  const columns = table.columns.filter((column): column is NumberColumn => column.kind === 'number');
  const taken = wanted
    ? wanted.flatMap((name) => columns.find((column) => column.name === name) ?? [])
    : columns.filter(({ values }) => values.some((value) => !Number.isNaN(value)));
  if (wanted && taken.length < wanted.length) {
    const missing = wanted.filter((name) => !columns.some((column) => column.name === name));
    throw lifeErrors.ORION_LIFE_SENSORS_MISSING({ fileName: table.fileName, missing });
  }
  const times = table.time ?? Float64Array.from({ length: table.rows }, (_, row) => row * hourMs);
  const order = Int32Array.from(times, (_, row) => row).sort((a, b) => times[a]! - times[b]! || a - b);
  const width = taken.length;
  const values = new Float64Array(table.rows * width);
  for (const [at, row] of order.entries())
    for (const [place, column] of taken.entries()) values[at * width + place] = column.values[row]!;
  return {
    ...{ names: taken.map(({ name }) => name), rows: table.rows, values },
    time: Float64Array.from(order, (row) => times[row]!),
  };
}
