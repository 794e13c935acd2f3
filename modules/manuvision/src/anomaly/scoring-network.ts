import { OnnxGraph } from '@millwright/inference';
import type { Rows } from '../learning/rows.ts';
import type { Standard } from '../learning/standardise.ts';

/** What good parts look like. */
export interface GoodParts {
  readonly placeStandard: Standard;
  /** Standardised descriptions of places that good parts have. */
  readonly bank: Rows;
  readonly wholeStandard: Standard;
  /** As `whitening` gives it. */
  readonly whitening: Float32Array;
}

/** Mean and deviation of the two distances over good parts that were not learnt from. */
export interface Calibration {
  readonly places: { readonly mean: number; readonly deviation: number };
  readonly whole: { readonly mean: number; readonly deviation: number };
}

/** Side of the grid of places, and of how many the worst ones are averaged. */
export interface Places {
  readonly grid: number;
  readonly worst: number;
}

/**
 * From descriptions to distances, as a network behind `patchNetwork`: inputs `places` and `whole`. Without a calibration its
 * outputs are the two distances `local` and `global`, float32 [batch]; with one `score`, float32 [batch], and `map`, float32
 * [batch, grid, grid].
 *
 * A place is as far off as its nearest neighbour in the memory bank is, by the root mean square of the standardised
 * differences; `local` is the mean of the worst places, which is steadier than the worst one. `global` is the Mahalanobis
 * distance of the picture as a whole. Both are counted in deviations of good parts; the score is the larger of them.
 */
export function scoringNetwork(good: GoodParts, { grid, worst }: Places, opset: number, calibration?: Calibration) {
  const graph = new OnnxGraph('score', opset);
  const { length, count } = good.bank;
  const places = graph.input('places', 'float32', ['batch', grid * grid, length]);
  const off = standardised(graph, places, [1, 1, length], good.placeStandard);
  const products = graph.node('MatMul', [off, graph.floats([length, count], doubledColumns(good.bank))]);
  const parts = graph.node('Add', [products, graph.floats([1, 1, count], squares(good.bank))]);
  const [least] = graph.split('TopK', [parts, graph.integers([1])], 2, { axis: -1, largest: 0 });
  const own = squaredLength(graph, off, length);
  const distances = root(graph, graph.node('Add', [least!, own]), length);
  const flat = graph.node('Reshape', [distances, graph.integers([0, grid * grid])]);
  const [highest] = graph.split('TopK', [flat, graph.integers([worst])], 2, { axis: -1, largest: 1 });
  const local = graph.node('MatMul', [highest!, graph.floats([worst, 1], Array(worst).fill(1 / worst))]);

  const wholeLength = good.wholeStandard.mean.length;
  const whole = graph.input('whole', 'float32', ['batch', wholeLength]);
  const wholeOff = standardised(graph, whole, [1, wholeLength], good.wholeStandard);
  const white = graph.node('Gemm', [wholeOff, graph.floats([wholeLength, wholeLength], good.whitening)], { transB: 1 });
  const global = root(graph, squaredLength(graph, white, wholeLength), wholeLength);

  const one = graph.integers([-1]);
  if (!calibration) {
    graph.output('local', graph.node('Reshape', [local, one]), 'float32', ['batch']);
    graph.output('global', graph.node('Reshape', [global, one]), 'float32', ['batch']);
    return graph;
  }
  const counted = (value: string, { mean, deviation }: Calibration['places']) =>
    graph.node('Div', [graph.node('Sub', [value, graph.floats([], [mean])]), graph.floats([], [deviation])]);
  const score = graph.node('Max', [counted(local, calibration.places), counted(global, calibration.whole)]);
  graph.output('score', graph.node('Reshape', [score, one]), 'float32', ['batch']);
  const map = graph.node('Reshape', [counted(flat, calibration.places), graph.integers([0, grid, grid])]);
  graph.output('map', map, 'float32', ['batch', grid, grid]);
  return graph;
}

function standardised(graph: OnnxGraph, value: string, dims: number[], { mean, deviation }: Standard): string {
  return graph.node('Div', [graph.node('Sub', [value, graph.floats(dims, mean)]), graph.floats(dims, deviation)]);
}

const squaredLength = (graph: OnnxGraph, value: string, length: number): string =>
  graph.node('MatMul', [graph.node('Mul', [value, value]), graph.floats([length, 1], Array(length).fill(1))]);

/** Root of the mean; rounding may leave a little less than 0. */
const root = (graph: OnnxGraph, squared: string, length: number): string =>
  graph.node('Sqrt', [graph.node('Mul', [graph.node('Relu', [squared]), graph.floats([], [1 / length])])]);

/** -2 b, a column for each row of the bank: |a - b|^2 = |a|^2 - 2 a b + |b|^2. */
function doubledColumns({ count, length, data }: Rows): Float32Array {
  const columns = new Float32Array(data.length);
  for (let row = 0; row < count; row++)
    for (let at = 0; at < length; at++) columns[at * count + row] = -2 * data[row * length + at]!;
  return columns;
}

const squares = ({ count, length, data }: Rows): Float32Array =>
  Float32Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let at = row * length; at < (row + 1) * length; at++) sum += data[at]! ** 2;
    return sum;
  });
