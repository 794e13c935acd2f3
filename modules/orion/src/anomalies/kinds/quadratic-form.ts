import type { State } from '../../learners/learner.ts';
import { cholesky, choleskySolve } from '../../numerics/cholesky.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import { Conditioned } from '../conditioned.ts';
import type { Detector, Scorer } from '../types.ts';
import { sharesInto } from './shares.ts';

/**
 * A detector whose score is the root of x' M x for a row x brought to scale. Blame is by reconstruction: how much the score falls
 * when one sensor alone is put where the others expect it (Alcala and Qin 2009), which names the right sensor where one is off.
 */
export interface QuadraticForm {
  readonly names: readonly string[];
  readonly conditioned: Conditioned;
  /** Symmetric, row by row. */
  readonly matrix: Float64Array;
}

/** The form with a factor such that a share of the rows it was learnt from score at most 1. */
export function limitedForm(form: QuadraticForm, rows: Float64Array, limit: number): QuadraticForm {
  const size = form.conditioned.used.length;
  const squares = new Float64Array(rows.length / size);
  const product = new Float64Array(size);
  for (let row = 0; row < squares.length; row++)
    squares[row] = square(form.matrix, rows.subarray(row * size, (row + 1) * size), product);
  const factor = 1 / Math.max(quantileSorted(squares.sort(), limit), 1e-9);
  return { ...form, matrix: form.matrix.map((value) => value * factor) };
}

/** x' M x; `product` becomes M x. */
export function square(matrix: Float64Array, row: Float64Array, product: Float64Array): number {
  const size = row.length;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    let inner = 0;
    for (let j = 0; j < size; j++) inner += matrix[i * size + j]! * row[j]!;
    product[i] = inner;
    sum += inner * row[i]!;
  }
  return Math.max(sum, 0);
}

export function formDetector(form: QuadraticForm): Detector {
  const { names, conditioned, matrix } = form;
  const size = conditioned.used.length;
  return {
    sensors: names,
    state: () => ({ names, conditioned: conditioned.state(), matrix }),
    start(): Scorer {
      const [row, product] = [new Float64Array(size), new Float64Array(size)];
      return {
        push(_time, given, blame) {
          if (conditioned.row(given, row) === 0) {
            blame.fill(0);
            return 0;
          }
          const score = Math.sqrt(square(matrix, row, product));
          for (let i = 0; i < size; i++) product[i] = product[i]! ** 2 / Math.max(matrix[i * size + i]!, 1e-12);
          sharesInto(product, conditioned.used, blame);
          return score;
        },
        state: () => ({}),
      };
    },
  };
}

export const openForm = (state: State): Detector =>
  formDetector({
    names: state.names as string[],
    conditioned: Conditioned.open(state.conditioned as State),
    matrix: state.matrix as Float64Array,
  });

/** Covariance of rows that were brought to scale. */
export function covarianceOf(rows: Float64Array, size: number): Float64Array {
  const covariance = new Float64Array(size * size);
  const count = rows.length / size;
  for (let at = 0; at < rows.length; at += size)
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) covariance[i * size + j]! += (rows[at + i]! * rows[at + j]!) / count;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i]!;
  return covariance;
}

/** The inverse of a positive definite matrix; what is not quite so is made so by a small addition to its diagonal. */
export function inverse(matrix: Float64Array, size: number): Float64Array {
  let ridge = 0;
  for (;;) {
    const lower = matrix.map((value, at) => (at % (size + 1) === 0 ? value + ridge : value));
    if (cholesky(lower, size)) {
      const identity = new Float64Array(size * size);
      for (let i = 0; i < size; i++) identity[i * size + i] = 1;
      choleskySolve(lower, size, identity, size);
      return identity;
    }
    ridge = Math.max(10 * ridge, 1e-9);
  }
}
