import { z } from 'zod';
import { orionErrors } from '../../errors.ts';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { cholesky, choleskySolve } from '../../numerics/cholesky.ts';
import { Conditioned } from '../conditioned.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';
import { covarianceOf, inverse, square } from './quadratic-form.ts';
import { sharesInto } from './shares.ts';
import { trainingFactor } from './training-limit.ts';

const settingsSchema = z.strictObject({
  /** Rows before, from which the next is told. */
  lags: z.number().int().min(1).max(50).default(3),
  /** Weight of the ridge, against rows that are counted once each. */
  ridge: z.number().min(0).max(1e6).default(1),
});

export const autoregression: DetectorKind = {
  name: 'var',
  summary:
    'What no row before tells: residuals of a vector autoregression with a ridge (Lütkepohl 2005; Hoerl and Kennard 1970), by their own covariance',
  settings: settingsSchema,
  usualThreshold: 2,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    const { lags, ridge } = settingsOf({ name: 'var', settings: settingsSchema }, given);
    const conditioned = Conditioned.learn(data, 'var');
    const size = conditioned.used.length;
    const inputs = size * lags;
    if (data.rows < lags + 8)
      throw orionErrors.ORION_DATA_UNFIT({ learner: 'var', reason: `it needs ${lags + 8} rows, and has ${data.rows}` });
    const rows = conditioned.rows(data);
    const gram = new Float64Array(inputs * inputs);
    const weights = new Float64Array(inputs * size);
    for (let row = lags; row < data.rows; row++) {
      const from = (row - lags) * size;
      for (let i = 0; i < inputs; i++) {
        const value = rows[from + i]!;
        if (value === 0) continue;
        for (let j = 0; j <= i; j++) gram[i * inputs + j]! += value * rows[from + j]!;
        for (let j = 0; j < size; j++) weights[i * size + j]! += value * rows[row * size + j]!;
      }
    }
    for (let extra = Math.max(ridge, 1e-6); ; extra *= 10) {
      const lower = gram.slice();
      for (let i = 0; i < inputs; i++) lower[i * inputs + i]! += extra;
      if (!cholesky(lower, inputs)) continue;
      choleskySolve(lower, inputs, weights, size);
      break;
    }
    const residuals = new Float64Array((data.rows - lags) * size);
    for (let row = lags; row < data.rows; row++)
      residual(rows, (row - lags) * size, weights, inputs, size, rows, row * size, residuals, (row - lags) * size);
    const covariance = covarianceOf(residuals, size);
    for (let i = 0; i < size; i++) covariance[i * size + i]! += 1e-6;
    const model = { names: data.names, conditioned, lags, weights, matrix: inverse(covariance, size) };
    const factor = trainingFactor(detectorOf(model).start(), data, lags) ** 2;
    return detectorOf({ ...model, matrix: model.matrix.map((one) => one * factor) });
  },
  open: (state) =>
    detectorOf({
      names: state.names as string[],
      conditioned: Conditioned.open(state.conditioned as State),
      lags: state.lags as number,
      weights: state.weights as Float64Array,
      matrix: state.matrix as Float64Array,
    }),
};

interface Model {
  readonly names: readonly string[];
  readonly conditioned: Conditioned;
  readonly lags: number;
  readonly weights: Float64Array;
  readonly matrix: Float64Array;
}

/** Writes the row less what the rows before tell of it. */
function residual(
  before: Float64Array,
  from: number,
  weights: Float64Array,
  inputs: number,
  size: number,
  rows: Float64Array,
  at: number,
  out: Float64Array,
  to: number,
): void {
  for (let j = 0; j < size; j++) {
    let told = 0;
    for (let i = 0; i < inputs; i++) told += before[from + i]! * weights[i * size + j]!;
    out[to + j] = rows[at + j]! - told;
  }
}

function detectorOf(model: Model): Detector {
  return {
    sensors: model.names,
    state: () => ({ ...model, conditioned: model.conditioned.state() }),
    start: (state) => new ResidualScorer(model, state),
  };
}

class ResidualScorer implements Scorer {
  readonly #model: Model;
  readonly #before: Float64Array;
  readonly #row: Float64Array;
  readonly #residual: Float64Array;
  readonly #product: Float64Array;
  #seen = 0;

  constructor(model: Model, state?: State) {
    const size = model.conditioned.used.length;
    this.#model = model;
    this.#before = new Float64Array(size * model.lags);
    this.#row = new Float64Array(size);
    this.#residual = new Float64Array(size);
    this.#product = new Float64Array(size);
    if (!state) return;
    this.#before.set(state.before as Float64Array);
    this.#seen = state.seen as number;
  }

  push(_time: number, given: Float64Array, blame: Float64Array): number {
    const { conditioned, lags, weights, matrix } = this.#model;
    const size = this.#row.length;
    blame.fill(0);
    const known = conditioned.row(given, this.#row);
    let score = 0;
    if (known > 0 && this.#seen >= lags) {
      residual(this.#before, 0, weights, size * lags, size, this.#row, 0, this.#residual, 0);
      // A sensor that is not known has nothing left over.
      for (let i = 0; i < size; i++) if (Number.isNaN(given[conditioned.used[i]!]!)) this.#residual[i] = 0;
      score = Math.sqrt(square(matrix, this.#residual, this.#product));
      for (let i = 0; i < size; i++) this.#product[i] = this.#product[i]! ** 2 / Math.max(matrix[i * size + i]!, 1e-12);
      sharesInto(this.#product, conditioned.used, blame);
    }
    this.#before.copyWithin(0, size);
    this.#before.set(this.#row, size * (lags - 1));
    this.#seen++;
    return score;
  }

  state(): State {
    return { before: this.#before.slice(), seen: this.#seen };
  }
}
