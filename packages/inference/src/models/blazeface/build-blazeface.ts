import { OnnxGraph } from '../../onnx/onnx-graph.ts';
import { convertGraph } from '../../tfjs/convert.ts';
import type { GraphModel } from '../../tfjs/graph-model.ts';
import type { Value } from '../../tfjs/value.ts';
import { pixelsIn } from '../pixels-in.ts';

const side = 256;
const prefix = 'StatefulPartitionedCall/functional_1';

/** The two feature maps: rows and columns, boxes per cell, and the nodes of scores and coordinates. */
const maps = [
  { cells: 16, boxes: 2, scores: `${prefix}/conv2d_33/BiasAdd`, coordinates: `${prefix}/conv2d_35/BiasAdd` },
  { cells: 8, boxes: 6, scores: `${prefix}/conv2d_34/BiasAdd`, coordinates: `${prefix}/conv2d_36/BiasAdd` },
];
/** Per box: centre, size, and six points of the face that are not used here. */
const numbers = 16;

/** Centre of each cell in pixels, once per box; nothing is added to the sizes. */
export const anchorRows: readonly number[] = maps.flatMap(({ cells, boxes }) =>
  Array.from({ length: cells * cells * boxes }, (_, place) => {
    const cell = Math.floor(place / boxes);
    const stride = side / cells;
    return [((cell % cells) + 0.5) * stride, (Math.floor(cell / cells) + 0.5) * stride, 0, 0];
  }).flat(),
);

/**
 * BlazeFace (Bazarevsky et al., 2019; MediaPipe, Apache-2.0). The anchors are worked in, so that it gives boxes as centre and size in
 * pixels of the input and a score before its sigmoid.
 */
export function buildBlazeface(model: GraphModel): OnnxGraph {
  const graph = new OnnxGraph('blazeface');
  const pixels = pixelsIn(graph, ['batch', side, side], [side, side]);
  const scaled = graph.node('Sub', [
    graph.node('Div', [pixels.name, graph.floats([], [127.5])]),
    graph.floats([], [1]),
  ]);
  const inputs = new Map([['input', { ...pixels, name: scaled }]]);
  const values = convertGraph(model, graph, inputs, [
    ...maps.map(({ scores }) => scores),
    ...maps.map(({ coordinates }) => coordinates),
  ]);
  const rows = (value: Value, length: number): string => {
    const channelsLast = graph.node('Transpose', [value.name], { perm: [0, 2, 3, 1] });
    return graph.node('Reshape', [channelsLast, graph.integers([0, -1, length])]);
  };
  const scores = graph.node('Concat', [rows(values[0]!, 1), rows(values[1]!, 1)], { axis: 1 });
  const coordinates = graph.node('Concat', [rows(values[2]!, numbers), rows(values[3]!, numbers)], { axis: 1 });
  const offsets = graph.node('Slice', [coordinates, graph.integers([0]), graph.integers([4]), graph.integers([2])]);
  const boxes = graph.node('Add', [offsets, graph.floats([1, anchorRows.length / 4, 4], anchorRows)]);
  graph.output('boxes', boxes, 'float32', ['batch', anchorRows.length / 4, 4]);
  graph.output('scores', scores, 'float32', ['batch', anchorRows.length / 4, 1]);
  return graph;
}
