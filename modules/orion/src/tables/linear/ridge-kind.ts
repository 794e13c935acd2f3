import { setImmediate } from 'node:timers/promises';
import { orionErrors } from '../../errors.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { cholesky, choleskySolve } from '../../numerics/cholesky.ts';
import { tableNotes } from '../notes.ts';
import type { TableKind } from '../types.ts';
import { eachBlock, termsOf } from './design.ts';
import { LinearModel } from './linear-model.ts';
import { linearSettings, startLinear } from './start-linear.ts';

export const ridgeKind: TableKind = {
  name: 'ridge',
  summary: 'A weighted sum of the columns, least squares with an L2 penalty (Hoerl and Kennard, 1970), solved exactly.',
  tasks: ['regression'],
  settings: linearSettings,
  async fit(data, given, _seed, { signal, progress }) {
    const settings = settingsOf({ name: 'ridge', settings: linearSettings }, given);
    await setImmediate();
    signal.throwIfAborted();
    const { facts, design, values } = startLinear(data, ridgeKind, settings);
    const { target, table } = data;
    const weights = data.weights;
    const n = termsOf(design);
    // The last term is the constant, without a penalty.
    const size = n + 1;
    const normal = new Float64Array(size * size);
    const right = new Float64Array(size);
    eachBlock(design, values, table.rows, (block, first, rows) => {
      signal.throwIfAborted();
      progress(first / table.rows);
      for (let row = 0; row < rows; row++) {
        const weight = weights ? weights[first + row]! : 1;
        const start = row * n;
        const wanted = weight * target[first + row]!;
        for (let a = 0; a < n; a++) {
          const value = block[start + a]!;
          if (value === 0) continue;
          right[a]! += value * wanted;
          const weighted = weight * value;
          for (let b = 0; b <= a; b++) normal[a * size + b]! += weighted * block[start + b]!;
          normal[n * size + a]! += weighted;
        }
        right[n]! += wanted;
        normal[n * size + n]! += weight;
      }
    });
    for (let a = 0; a < size; a++) {
      // What rounding needs where columns are sums of others and the penalty is 0.
      normal[a * size + a]! += a < n ? settings.penalty + 1e-9 * normal[n * size + n]! : 0;
    }
    const found = cholesky(normal, size);
    if (found) choleskySolve(normal, size, right, 1);
    if (!found || !right.every(Number.isFinite))
      throw orionErrors.ORION_DATA_UNFIT({ learner: 'ridge', reason: tableNotes.unsolvable() });
    return new LinearModel(facts, design, right.slice(0, n), right.slice(n));
  },
  open: (state) => LinearModel.open(state),
  candidates: () => [1, 0.01, 100, 10_000].map((penalty) => ({ penalty })),
};
