import { drawnFolds } from '../../automl/folds.ts';
import type { TableData } from '../types.ts';

export interface HeldRows {
  readonly learnt: Int32Array;
  readonly held: Int32Array;
}

/** About a fifth of the rows held out: the last in time where there is a time, else drawn with their share of every class. */
export function holdRows({ table, task, target }: TableData, seed: number): HeldRows {
  const { rows, time } = table;
  if (time) {
    const order = Int32Array.from(time.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
    let from = Math.ceil(rows * 0.8);
    // Rows of one time are never parted.
    while (from < rows && time[order[from]!] === time[order[from - 1]!]) from += 1;
    return { learnt: order.slice(0, from).sort(), held: order.slice(from).sort() };
  }
  const [fold] = drawnFolds(rows, task === 'classification' ? target : null, 5, seed);
  return fold ? { learnt: fold.train, held: fold.test } : { learnt: new Int32Array(), held: new Int32Array() };
}
