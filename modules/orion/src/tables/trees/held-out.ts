import { seededRandom } from '@millwright/imaging';

/** Of these rows, those that are learnt from and those that are held out, each ascending: the last in time where there is a time, else drawn. */
export function holdOut(
  rows: Int32Array,
  share: number,
  time: Float64Array | undefined,
  seed: number,
): { learnt: Int32Array; held: Int32Array } {
  const kept = Math.max(1, rows.length - Math.round(rows.length * share));
  const order = rows.slice();
  if (time) order.sort((a, b) => time[a]! - time[b]! || a - b);
  else {
    const random = seededRandom(seed);
    for (let last = order.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
  }
  return { learnt: order.slice(0, kept).sort(), held: order.slice(kept).sort() };
}
