import { fold } from '../../onnx/fold.ts';
import { OnnxGraph } from '../../onnx/onnx-graph.ts';
import { convertGraph } from '../../tfjs/convert.ts';
import type { GraphModel } from '../../tfjs/graph-model.ts';
import { pixelsIn } from '../pixels-in.ts';

const side = 416;
const classes = 80;
/** Sides are distributions over 0 to 10 strides. */
export const nanodetRange = 10;
const channels = classes + 4 * (nanodetRange + 1);

/** The heads of strides 8, 16 and 32: scores before their sigmoid and distributions in each cell. */
const heads = ['PartitionedCall/Add_29', 'PartitionedCall/Add_33', 'PartitionedCall/Add_37'];
const first = 'PartitionedCall/split';

/** Of ImageNet in the order blue, green, red, which NanoDet was trained with. */
const mean = [103.53, 116.28, 123.675];
const deviation = [57.375, 57.12, 58.395];

/**
 * NanoDet-g (https://github.com/RangiLyu/nanodet, Apache-2.0) for pictures of any size in multiples of 32. The order of the
 * colours and their deviation are worked into the weights of the first convolution; the mean is taken off before it, since
 * its padding means the average colour.
 */
export function buildNanodet(model: GraphModel): OnnxGraph {
  const graph = new OnnxGraph('nanodet');
  const pixels = pixelsIn(graph, ['batch', 'height', 'width'], [side, side]);
  const name = graph.node('Sub', [pixels.name, graph.floats([1, 3, 1, 1], mean.toReversed())]);
  // Turned to channels first before it comes in: that is the order the original takes.
  const input = { name, dims: [1, 3, side, side], axes: [0, 1, 2, 3] };
  const values = convertGraph(forBytes(model), graph, new Map([['input_1', input]]), heads);
  const rows = values.map((value) =>
    graph.node('Reshape', [
      graph.node('Transpose', [value.name], { perm: [0, 2, 3, 1] }),
      graph.integers([0, -1, channels]),
    ]),
  );
  graph.output('output', graph.node('Concat', rows, { axis: 1 }), 'float32', ['batch', 'cells', channels]);
  fold(graph);
  return graph;
}

/** Weights lie as rows, columns, channels in, channels out. */
function forBytes(model: GraphModel): GraphModel {
  const weights = model.constants.get(first)!;
  const [, , inward, outward] = weights.dims as [number, number, number, number];
  const data = Float32Array.from(weights.data, (_, place) => {
    const colour = Math.floor(place / outward) % inward;
    const swapped = inward - 1 - colour;
    return weights.data[place + (swapped - colour) * outward]! / deviation[swapped]!;
  });
  return { nodes: model.nodes, constants: new Map(model.constants).set(first, { dims: weights.dims, data }) };
}
