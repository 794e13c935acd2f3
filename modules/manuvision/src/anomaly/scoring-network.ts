import { OnnxGraph } from '@millwright/inference';
import type { Rows } from '../learning/rows.ts';
import type { Standard } from '../learning/standardise.ts';
import { total } from './patch-network.ts';

/** What good parts look like, layer by layer, in the order of the descriptions. */
export interface GoodParts {
  /** Of places: `bank` holds standardised descriptions that good parts have. */
  readonly places: readonly { readonly standard: Standard; readonly bank: Rows }[];
  /** Of pictures as a whole; `whitening` as the function of this name gives it. */
  readonly whole: readonly { readonly standard: Standard; readonly whitening: Float32Array }[];
}

/** Mean and deviation of a distance over good parts that were not learnt from. */
export interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** How far off good parts are that were not learnt from. */
export interface Calibration {
  /** Of each place of the grid, layer by layer: edges of a part are further off than its middle, and may be. */
  readonly places: readonly PlaceSpread[];
  /** Of each layer: first those of the whole, then the worst places of those of places, in deviations of their place. */
  readonly layers: readonly Spread[];
}

export interface PlaceSpread {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** Side of the grid of places, and of how many the worst ones are averaged. */
export interface Places {
  readonly grid: number;
  readonly worst: number;
}

/**
 * Of the score, so much is of places, the rest of the picture as a whole: a part that is ground or lit unevenly shows in the
 * whole alone, since each of its places has its like on a good one.
 */
const placeShare = 0.5;

/** How much each layer counts: first those of the whole, then those of places. */
export const layerWeights = (whole: number, places: number): number[] => [
  ...Array<number>(whole).fill((1 - placeShare) / whole),
  ...Array<number>(places).fill(placeShare / places),
];

/**
 * From descriptions to distances, as a network behind `patchNetwork`: inputs `places` and `whole`. Without a calibration its
 * outputs are `wholeDistances`, float32 [batch, layers], and `placeDistances`, float32 [batch, layers, grid * grid]; with one
 * `score`, float32 [batch], and `map`, float32 [batch, grid, grid], and for explanations what `explainedOutputs` names, which the
 * whole network keeps within.
 *
 * A place is as far off in a layer as its nearest neighbour in the memory bank is, by the root mean square of the standardised
 * differences, counted in deviations of what good parts have at that place; the distance of the layer is the mean of its worst
 * places, which is steadier than the worst one. The picture as a whole is as far off in a layer as its Mahalanobis distance
 * says. Layers see things of different sizes, so each is counted by itself in deviations of good parts, and the score is their
 * mean, in which the layers of places together count `placeShare`. The map is the mean over the layers of places.
 */
export function scoringNetwork(
  good: GoodParts,
  { grid, worst }: Places,
  opset: number,
  calibration?: Calibration,
): OnnxGraph {
  const graph = new OnnxGraph('score', opset);
  const lengths = {
    places: good.places.map(({ bank }) => bank.length),
    whole: good.whole.map(({ standard }) => standard.mean.length),
  };
  const places = graph.input('places', 'float32', ['batch', grid * grid, total(lengths.places)]);
  const whole = graph.input('whole', 'float32', ['batch', total(lengths.whole)]);
  const wholeParts = layersOf(graph, whole, lengths.whole, 1);
  const placeParts = layersOf(graph, places, lengths.places, 2);
  const globals = good.whole.map((layer, at) => mahalanobis(graph, wholeParts[at]!, layer));
  const maps = good.places.map((layer, at) => {
    const names = explainedOutputs(at);
    return nearest(graph, placeParts[at]!, layer, grid, (name, value, length) => {
      if (!calibration) return value;
      graph.output(names[name], value, 'float32', ['batch', grid * grid, length]);
      return names[name];
    });
  });
  if (!calibration) {
    const apart = maps.map((map) => graph.node('Reshape', [map, graph.integers([0, 1, grid * grid])]));
    graph.output('wholeDistances', graph.node('Concat', globals, { axis: 1 }), 'float32', ['batch', globals.length]);
    graph.output('placeDistances', graph.node('Concat', apart, { axis: 1 }), 'float32', [
      ...['batch', maps.length, grid * grid],
    ]);
    return graph;
  }
  const counted = (value: string, spread: { mean: ArrayLike<number>; deviation: ArrayLike<number> }) =>
    graph.node('Div', [
      graph.node('Sub', [value, graph.floats([1, spread.mean.length], spread.mean)]),
      graph.floats([1, spread.deviation.length], spread.deviation),
    ]);
  const off = maps.map((map, at) => counted(map, calibration.places[at]!));
  const distances = graph.node('Concat', [...globals, ...off.map((map) => meanOfLargest(graph, map, worst))], {
    axis: 1,
  });
  const layers = counted(distances, {
    mean: calibration.layers.map(({ mean }) => mean),
    deviation: calibration.layers.map(({ deviation }) => deviation),
  });
  const count = globals.length + maps.length;
  const score = graph.node('MatMul', [layers, graph.floats([count, 1], layerWeights(globals.length, maps.length))]);
  graph.output('score', graph.node('Reshape', [score, graph.integers([-1])]), 'float32', ['batch']);
  const own = off.map((map, at) => {
    const { mean, deviation } = calibration.layers[globals.length + at]!;
    const { map: name } = explainedOutputs(at);
    graph.output(name, counted(map, { mean: [mean], deviation: [deviation] }), 'float32', ['batch', grid * grid]);
    return name;
  });
  const sum = own.reduce((a, b) => graph.node('Add', [a, b]));
  const map = graph.node('Div', [sum, graph.floats([], [maps.length])]);
  graph.output('map', graph.node('Reshape', [map, graph.integers([0, grid, grid])]), 'float32', ['batch', grid, grid]);
  return graph;
}

/**
 * Of a layer of places: `descriptions`, standardised, float32 [batch, grid * grid, length]; `products` with every row of the memory
 * bank, |b|^2 - 2 a b, float32 [batch, grid * grid, rows]; and `map`, its part of the map, float32 [batch, grid * grid].
 */
export const explainedOutputs = (layer: number) => ({
  ...{ descriptions: `descriptions ${layer}`, products: `products ${layer}`, map: `map ${layer}` },
});

/** The parts of the last axis, one layer after the other. */
function layersOf(graph: OnnxGraph, value: string, lengths: readonly number[], axis: number): string[] {
  let end = 0;
  return lengths.map((length) => {
    const start = end;
    end += length;
    const bounds = [[start], [end], [axis]].map((numbers) => graph.integers(numbers));
    return graph.node('Slice', [value, ...bounds]);
  });
}

/** [batch, 1] */
function mahalanobis(graph: OnnxGraph, value: string, { standard, whitening }: GoodParts['whole'][number]): string {
  const length = standard.mean.length;
  const off = standardised(graph, value, [1, length], standard);
  const white = graph.node('Gemm', [off, graph.floats([length, length], whitening)], { transB: 1 });
  return root(graph, squaredLength(graph, white, length), length);
}

/** [batch, places]; `named` may give what it is made of another name. */
function nearest(
  graph: OnnxGraph,
  value: string,
  { standard, bank }: GoodParts['places'][number],
  grid: number,
  named: (name: 'descriptions' | 'products', value: string, length: number) => string,
): string {
  const { length, count } = bank;
  const off = named('descriptions', standardised(graph, value, [1, 1, length], standard), length);
  const products = graph.node('MatMul', [off, graph.floats([length, count], doubledColumns(bank))]);
  const parts = named('products', graph.node('Add', [products, graph.floats([1, 1, count], squares(bank))]), count);
  const [least] = graph.split('TopK', [parts, graph.integers([1])], 2, { axis: -1, largest: 0 });
  const distances = root(graph, graph.node('Add', [least!, squaredLength(graph, off, length)]), length);
  return graph.node('Reshape', [distances, graph.integers([0, grid * grid])]);
}

/** [batch, 1] of [batch, any] */
function meanOfLargest(graph: OnnxGraph, value: string, count: number): string {
  const [largest] = graph.split('TopK', [value, graph.integers([count])], 2, { axis: -1, largest: 1 });
  return graph.node('MatMul', [largest!, graph.floats([count, 1], Array(count).fill(1 / count))]);
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
