import type { OnnxGraph } from '@millwright/inference';
import { derivativeKernels } from './derivative-kernels.ts';

/** A layer that the classical part of a network gives out. */
export interface MapLayer {
  /** Value within the graph: batch x channels x rows x columns. */
  readonly value: string;
  readonly channels: number;
  /** Pixels of the picture from one place to the next. */
  readonly stride: number;
}

/** Levels of the pyramid, each half as large as the one before. */
const levels = 4;
export const classicalChannels = 9;

/**
 * What classical inspection looks at, as nodes of a network, so that the exported file computes it as training did. At each of
 * four scales (a pyramid of halves): brightness, gradient, the two eigenvalues of the Hessian (ridges and blobs; Lindeberg,
 * 1998) and of the structure tensor (edges and corners; Förstner and Gülch, 1987), the local deviation, and two colour
 * differences. All but the colours turn with the picture.
 *
 * @param images name of the input: uint8 [batch, height, width, 3]
 */
export function classicalMaps(graph: OnnxGraph, images: string): MapLayer[] {
  const float = 1;
  const moved = graph.node('Cast', [graph.node('Transpose', [images], { perm: [0, 3, 1, 2] })], { to: float });
  // Brightness (ITU-R BT.601), red against green, blue against yellow; each within 0 to 1 or -1 to 1.
  const colours = graph.floats(
    [3, 3, 1, 1],
    [0.299, 0.587, 0.114, 1, -1, 0, -0.5, -0.5, 1].map((weight) => weight / 255),
  );
  let level = graph.node('Conv', [moved, colours]);
  const layers: MapLayer[] = [];
  for (let step = 0; step < levels; step++) {
    if (step > 0) level = graph.node('AveragePool', [level], { kernel_shape: [2, 2], strides: [2, 2] });
    layers.push({ value: mapsOf(graph, level), channels: classicalChannels, stride: 2 ** step });
  }
  return layers;
}

function mapsOf(graph: OnnxGraph, level: string): string {
  const [grey, red, blue] = parts(graph, level, 3) as [string, string, string];
  const { side, values, count } = derivativeKernels(1);
  const kernels = graph.floats([count, 1, side, side], values);
  const [smooth, gx, gy, gxx, gxy, gyy] = parts(graph, convolved(graph, grey, kernels, side), count) as [
    ...[string, string, string, string, string, string],
  ];
  const product = (a: string, b: string) => graph.node('Mul', [a, b]);
  const sum = (a: string, b: string) => graph.node('Add', [a, b]);
  const [tensorXx, tensorXy, tensorYy] = [product(gx, gx), product(gx, gy), product(gy, gy)].map((value) =>
    window(graph, value),
  ) as [string, string, string];
  const mean = window(graph, grey);
  const spread = root(graph, graph.node('Sub', [window(graph, product(grey, grey)), product(mean, mean)]));
  const gradient = root(graph, sum(product(gx, gx), product(gy, gy)));
  const hessian = eigenvalues(graph, gxx, gxy, gyy);
  const structure = eigenvalues(graph, tensorXx, tensorXy, tensorYy).map((value) => root(graph, value));
  return graph.node('Concat', [smooth, gradient, ...hessian, ...structure, spread, red, blue], { axis: 1 });
}

/** Larger and smaller eigenvalue of [[a, b], [b, c]]. */
function eigenvalues(graph: OnnxGraph, a: string, b: string, c: string): [string, string] {
  const half = graph.floats([1], [0.5]);
  const middle = graph.node('Mul', [graph.node('Add', [a, c]), half]);
  const apart = graph.node('Mul', [graph.node('Sub', [a, c]), half]);
  const radius = root(graph, graph.node('Add', [graph.node('Mul', [apart, apart]), graph.node('Mul', [b, b])]));
  return [graph.node('Add', [middle, radius]), graph.node('Sub', [middle, radius])];
}

/** Rounding may leave a little less than 0. */
const root = (graph: OnnxGraph, value: string): string => graph.node('Sqrt', [graph.node('Relu', [value])]);

/** Channel by channel; Gather, since Split is written differently from one version of ONNX to the next. */
const parts = (graph: OnnxGraph, value: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => graph.node('Gather', [value, graph.integers([at])], { axis: 1 }));

const windowSide = 7;
const window = (graph: OnnxGraph, value: string): string =>
  graph.node('AveragePool', [padded(graph, value, (windowSide - 1) / 2)], {
    ...{ kernel_shape: [windowSide, windowSide], strides: [1, 1] },
  });

const convolved = (graph: OnnxGraph, value: string, kernels: string, side: number): string =>
  graph.node('Conv', [padded(graph, value, (side - 1) / 2), kernels]);

/** The edge is repeated outwards: darkness around a picture would look like an edge. */
const padded = (graph: OnnxGraph, value: string, by: number): string =>
  graph.node('Pad', [value, graph.integers([0, 0, by, by, 0, 0, by, by])], { mode: 'edge' });
