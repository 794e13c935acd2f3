import { seededRandom, shuffled } from '@millwright/imaging';

/** Rows to learn from and rows to be judged on, by their index. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Folds in the order of time: the last half of the rows is cut into `count` blocks, and each is told by what lies before it, `gap` rows
 * left out between (what a target of later reaches into). No fold sees a row of its own time or later.
 * @param time milliseconds since 1970; ties are never divided
 */
export function timeOrderedFolds(time: Float64Array, count: number, gap = 0): Fold[] {
  const order = Int32Array.from(time.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
  const first = Math.ceil(order.length / 2);
  const edges = Array.from({ length: count + 1 }, (_, index) =>
    afterTie(order, time, Math.round(first + ((order.length - first) * index) / count)),
  );
  const folds: Fold[] = [];
  for (let index = 0; index < count; index++) {
    const [from, to] = [edges[index]!, edges[index + 1]!];
    const train = order.subarray(0, Math.max(0, from - gap));
    if (to > from && train.length > 0) folds.push({ train, test: order.subarray(from, to) });
  }
  return folds;
}

/** The first place from `at` on whose time is another than that before it. */
function afterTie(order: Int32Array, time: Float64Array, at: number): number {
  let place = at;
  while (place > 0 && place < order.length && time[order[place]!] === time[order[place - 1]!]) place += 1;
  return place;
}

/** Folds of rows without times, drawn by the seed so that each has its share of every class. `classes` is null for a regression. */
export function drawnFolds(rows: number, classes: Int32Array | null, count: number, seed: number): Fold[] {
  const random = seededRandom(seed);
  const byClass = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = classes?.[row] ?? 0;
    const found = byClass.get(key);
    if (found) found.push(row);
    else byClass.set(key, [row]);
  }
  const foldOf = new Int32Array(rows);
  let next = 0;
  for (const key of [...byClass.keys()].sort((a, b) => a - b))
    for (const row of shuffled(byClass.get(key)!, random)) foldOf[row] = next++ % count;
  const all = Int32Array.from(foldOf.keys());
  return Array.from({ length: count }, (_, fold) => ({
    train: all.filter((row) => foldOf[row] !== fold),
    test: all.filter((row) => foldOf[row] === fold),
  })).filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/** The newest share of a fold's rows to learn from; of drawn folds, whose order says nothing, every so many-th. */
export function shareOf(train: Int32Array, share: number, ordered: boolean): Int32Array {
  const size = Math.max(1, Math.round(train.length * share));
  if (size >= train.length) return train;
  if (ordered) return train.subarray(train.length - size);
  return Int32Array.from({ length: size }, (_, index) => train[Math.floor((index * train.length) / size)]!);
}
