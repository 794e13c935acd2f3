import { seededRandom } from '@millwright/imaging';

/** Rows that are learnt from and rows that are held out, each ascending: the last in time where there is a time, else drawn. */
export function holdOut(
  rows: number,
  share: number,
  time: Float64Array | undefined,
  seed: number,
): { learnt: Int32Array; held: Int32Array } {
  const count = Math.min(rows - 1, Math.round(rows * share));
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  if (time) order.sort((a, b) => time[a]! - time[b]! || a - b);
  else {
    const random = seededRandom(seed);
    for (let last = rows - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
  }
  return { learnt: order.slice(0, rows - count).sort(), held: order.slice(rows - count).sort() };
}
