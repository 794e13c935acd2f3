import { z } from 'zod';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import { Conditioned } from '../conditioned.ts';
import type { Detector, DetectorKind } from '../types.ts';
import { sharesInto } from './shares.ts';
import { rowDetector } from './training-limit.ts';

const settingsSchema = z.strictObject({
  neighbours: z.number().int().min(1).max(100).default(5),
  /** Rows of normal running that are kept, evenly spread over it. */
  kept: z.number().int().min(10).max(100_000).default(2000),
});

export const nearestNeighbours: DetectorKind = {
  name: 'knn',
  summary:
    'Distance to the k-th nearest row of normal running (Ramaswamy, Rastogi and Shim 2000), blame by what of it each sensor makes',
  settings: settingsSchema,
  usualThreshold: 1.5,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    const { neighbours, kept } = settingsOf({ name: 'knn', settings: settingsSchema }, given);
    const conditioned = Conditioned.learn(data, 'knn');
    const size = conditioned.used.length;
    const all = conditioned.rows(data);
    const count = Math.min(kept, data.rows);
    const rows = new Float64Array(count * size);
    for (let at = 0; at < count; at++) {
      const from = Math.floor((at * data.rows) / count) * size;
      rows.set(all.subarray(from, from + size), at * size);
    }
    const nearest = new Float64Array(neighbours);
    const reached = new Float64Array(count);
    for (let at = 0; at < count; at++)
      reached[at] = Math.sqrt(search(rows, rows.subarray(at * size, (at + 1) * size), nearest, at).square);
    const limit = quantileSorted(reached.sort(), 0.99);
    return detectorOf({ names: data.names, conditioned, rows, neighbours, factor: limit > 1e-9 ? 1 / limit : 1 });
  },
  open: (state) =>
    detectorOf({
      names: state.names as string[],
      conditioned: Conditioned.open(state.conditioned as State),
      rows: state.rows as Float64Array,
      neighbours: state.neighbours as number,
      factor: state.factor as number,
    }),
};

interface Model {
  readonly names: readonly string[];
  readonly conditioned: Conditioned;
  readonly rows: Float64Array;
  readonly neighbours: number;
  readonly factor: number;
}

/** Squared distance to the k-th nearest row, and which that is; `nearest` is where the k smallest are kept. A row is not its own neighbour. */
function search(
  rows: Float64Array,
  row: Float64Array,
  nearest: Float64Array,
  self = -1,
): { square: number; place: number } {
  const [size, last] = [row.length, nearest.length - 1];
  nearest.fill(Number.MAX_VALUE);
  let place = 0;
  for (let at = 0; at < rows.length; at += size) {
    if (at === self * size) continue;
    let square = 0;
    for (let i = 0; i < size && square < nearest[last]!; i++) {
      const difference = rows[at + i]! - row[i]!;
      square += difference * difference;
    }
    if (square >= nearest[last]!) continue;
    let to = last;
    while (to > 0 && nearest[to - 1]! > square) {
      nearest[to] = nearest[to - 1]!;
      to--;
    }
    nearest[to] = square;
    if (to === 0) place = at;
  }
  // Fewer rows than neighbours: the furthest of those that there are.
  let found = last;
  while (found > 0 && nearest[found] === Number.MAX_VALUE) found--;
  return { square: nearest[found] === Number.MAX_VALUE ? 0 : nearest[found]!, place };
}

function detectorOf(model: Model): Detector {
  const { names, conditioned, rows, neighbours, factor } = model;
  const size = conditioned.used.length;
  return rowDetector(
    names,
    () => ({ ...model, conditioned: conditioned.state() }),
    () => {
      const [row, parts] = [new Float64Array(size), new Float64Array(size)];
      const nearest = new Float64Array(neighbours);
      return (_time, given, blame) => {
        blame.fill(0);
        if (conditioned.row(given, row) === 0) return 0;
        const { square, place } = search(rows, row, nearest);
        for (let i = 0; i < size; i++) parts[i] = (row[i]! - rows[place + i]!) ** 2;
        sharesInto(parts, conditioned.used, blame);
        return factor * Math.sqrt(square);
      };
    },
  );
}
