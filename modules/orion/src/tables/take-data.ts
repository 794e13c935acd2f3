import { takeRows } from '../table/table.ts';
import type { TableData } from './types.ts';

/** The data of some rows, in the order given. */
export function takeData(data: TableData, rows: Int32Array): TableData {
  const table = takeRows(data.table, rows);
  const weights = data.weights && { weights: Float64Array.from(rows, (row) => data.weights![row]!) };
  return data.task === 'regression'
    ? { task: data.task, table, target: Float64Array.from(rows, (row) => data.target[row]!), ...weights }
    : {
        ...{ task: data.task, classes: data.classes, table, ...weights },
        target: Int32Array.from(rows, (row) => data.target[row]!),
      };
}
