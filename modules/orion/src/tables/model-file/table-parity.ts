import { openSession, Tensor } from '@millwright/inference';
import { type Table, takeRows } from '../../table/table.ts';
import { matchColumns } from '../columns.ts';
import { decide } from '../training/figures.ts';
import type { TableModel } from '../types.ts';
import { ports } from './encode-table-model.ts';

/** The parity certificate: the same rows through the training's own path and through the file in ONNX Runtime. */
export interface TableParity {
  readonly rows: number;
  /** Of probabilities; of a regression, over the deviation of what is told. */
  readonly maxDifference: number;
  /** Classes that differ; of a regression, values that are further apart than 1e-4 of the deviation. A model with any is never written. */
  readonly changedDecisions: number;
}

const mostRows = 20_000;
const batch = 2_000;
const apart = 1e-4;

export async function tableParity(
  network: Uint8Array,
  model: TableModel,
  table: Table,
  decision: { readonly positive: number; readonly threshold: number } | null,
  signal: AbortSignal,
): Promise<TableParity> {
  const step = Math.max(1, table.rows / mostRows);
  const chosen = Int32Array.from({ length: Math.min(table.rows, mostRows) }, (_, at) => Math.floor(at * step));
  const rows = takeRows(table, chosen);
  const own = model.predict(rows);
  const values = matchColumns(model.columns, rows);
  const width = values.length;
  const classes = model.task === 'regression' ? 1 : model.classes.length;
  const classesOwn =
    decision || classes > 1 ? decide(own, classes, decision?.positive ?? 1, decision?.threshold ?? 0.5) : null;
  const size = model.task === 'regression' ? deviation(own) : 1;
  const { session } = await openSession(network, { model: 'the exported model', threads: 1 });
  let [maxDifference, changedDecisions] = [0, 0];
  try {
    for (let first = 0; first < rows.rows; first += batch) {
      signal.throwIfAborted();
      const count = Math.min(batch, rows.rows - first);
      const features = new Float32Array(count * width);
      for (let column = 0; column < width; column++)
        for (let row = 0; row < count; row++) features[row * width + column] = values[column]![first + row]!;
      const said = await session.run({ [ports.features]: new Tensor('float32', features, [count, width]) });
      const other = said[classesOwn ? ports.probabilities : ports.value]!.data as Float32Array;
      const decided = classesOwn && (said[ports.decision]!.data as BigInt64Array);
      for (let row = 0; row < count; row++) {
        let most = 0;
        for (let code = 0; code < classes; code++)
          most = Math.max(most, Math.abs(other[row * classes + code]! - own[(first + row) * classes + code]!) / size);
        maxDifference = Math.max(maxDifference, most);
        if (decided ? Number(decided[row]) !== classesOwn[first + row] : !(most <= apart)) changedDecisions += 1;
      }
    }
  } finally {
    await session.release();
  }
  return { rows: rows.rows, maxDifference, changedDecisions };
}

function deviation(values: Float64Array): number {
  let [mean, squares] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const away = values[at]! - mean;
    mean += away / (at + 1);
    squares += away * (values[at]! - mean);
  }
  // Where all is told the same, by the size of what is told.
  return Math.sqrt(squares / values.length) || Math.abs(mean) || 1;
}
