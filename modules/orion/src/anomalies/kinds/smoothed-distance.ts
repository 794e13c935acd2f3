import { z } from 'zod';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import { Conditioned } from '../conditioned.ts';
import type { Detector, DetectorKind, Scorer } from '../types.ts';
import { covarianceOf, inverse, square } from './quadratic-form.ts';
import { sharesInto } from './shares.ts';

const settingsSchema = z.strictObject({
  /** Rows that the moving average reaches back over. */
  rows: z.number().int().min(1).max(10_000).default(20),
  /** How far the covariance is drawn to the identity. */
  shrinkage: z.number().min(0).max(1).default(0.005),
  /** Share of the rows learnt from that score at most 1. */
  limit: z.number().min(0.5).max(1).default(0.99),
});

/** Multivariate exponentially weighted moving average: small shifts of several sensors together, which single rows hide. */
export const smoothedDistance: DetectorKind = {
  name: 'mewma',
  summary:
    'Mahalanobis distance of the exponentially weighted moving average of all sensors (MEWMA, Lowry et al. 1992), with the covariance of the average itself in normal running, so that slow readings raise no alarm; blame by reconstruction',
  settings: settingsSchema,
  usualThreshold: 5.4,
  async fit(data, given, _seed, work) {
    work.signal.throwIfAborted();
    const { rows, shrinkage, limit } = settingsOf({ name: 'mewma', settings: settingsSchema }, given);
    const conditioned = Conditioned.learn(data, 'mewma');
    const size = conditioned.used.length;
    const smooth = smoothRows(conditioned.rows(data), size, rows);
    // The first averages are of few rows, and stray further than later ones.
    const settled = smooth.subarray(Math.min(rows, Math.floor(data.rows / 4)) * size);
    const centre = new Float64Array(size);
    for (let at = 0; at < settled.length; at++) centre[at % size]! += (settled[at]! * size) / settled.length;
    for (let at = 0; at < smooth.length; at++) smooth[at]! -= centre[at % size]!;
    const covariance = covarianceOf(settled, size);
    let mean = 0;
    for (let i = 0; i < size; i++) mean += covariance[i * size + i]! / size;
    for (let at = 0; at < covariance.length; at++)
      covariance[at] = (1 - shrinkage) * covariance[at]! + (at % (size + 1) === 0 ? shrinkage * mean + 1e-9 : 0);
    const matrix = inverse(covariance, size);
    const product = new Float64Array(size);
    const squares = new Float64Array(settled.length / size);
    for (let row = 0; row < squares.length; row++)
      squares[row] = square(matrix, settled.subarray(row * size, (row + 1) * size), product);
    const factor = 1 / Math.max(quantileSorted(squares.sort(), limit), 1e-9);
    return detectorOf({ names: data.names, conditioned, rows, centre, matrix: matrix.map((one) => one * factor) });
  },
  open: (state) =>
    detectorOf({
      names: state.names as string[],
      conditioned: Conditioned.open(state.conditioned as State),
      rows: state.rows as number,
      centre: state.centre as Float64Array,
      matrix: state.matrix as Float64Array,
    }),
};

interface Model {
  readonly names: readonly string[];
  readonly conditioned: Conditioned;
  readonly rows: number;
  readonly centre: Float64Array;
  readonly matrix: Float64Array;
}

/** Averages in place; the first of them over the rows so far. */
function smoothRows(values: Float64Array, size: number, rows: number): Float64Array {
  for (let at = size; at < values.length; at++) {
    const weight = Math.max(1 / (Math.floor(at / size) + 1), 1 / rows);
    values[at] = values[at - size]! + weight * (values[at]! - values[at - size]!);
  }
  return values;
}

function detectorOf(model: Model): Detector {
  const { names, conditioned } = model;
  return {
    sensors: names,
    state: () => ({ ...model, conditioned: conditioned.state() }),
    start: (state) => new AverageScorer(model, state),
  };
}

class AverageScorer implements Scorer {
  readonly #model: Model;
  readonly #row: Float64Array;
  readonly #average: Float64Array;
  readonly #away: Float64Array;
  readonly #product: Float64Array;
  #seen = 0;

  constructor(model: Model, state?: State) {
    const size = model.conditioned.used.length;
    this.#model = model;
    this.#row = new Float64Array(size);
    this.#average = new Float64Array(size);
    this.#away = new Float64Array(size);
    this.#product = new Float64Array(size);
    if (!state) return;
    this.#average.set(state.average as Float64Array);
    this.#seen = state.seen as number;
  }

  push(_time: number, given: Float64Array, blame: Float64Array): number {
    const { conditioned, rows, centre, matrix } = this.#model;
    blame.fill(0);
    if (conditioned.row(given, this.#row) === 0) return 0;
    this.#seen++;
    const weight = Math.max(1 / this.#seen, 1 / rows);
    const size = centre.length;
    for (let i = 0; i < size; i++) {
      // A sensor that is not known stays where its average is.
      if (!Number.isNaN(given[conditioned.used[i]!]!))
        this.#average[i]! += weight * (this.#row[i]! - this.#average[i]!);
      this.#away[i] = this.#average[i]! - centre[i]!;
    }
    const distance = Math.sqrt(square(matrix, this.#away, this.#product));
    for (let i = 0; i < size; i++) this.#product[i] = this.#product[i]! ** 2 / Math.max(matrix[i * size + i]!, 1e-12);
    sharesInto(this.#product, conditioned.used, blame);
    // The average of n rows strays as if n were fewer than the 2 rows - 1 that it amounts to later.
    return distance * Math.min(1, Math.sqrt(this.#seen / (2 * rows - 1)));
  }

  state(): State {
    return { average: this.#average.slice(), seen: this.#seen };
  }
}
