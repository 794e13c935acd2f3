import { OnnxGraph } from '../../onnx/onnx-graph.ts';
import { convertGraph } from '../../tfjs/convert.ts';
import type { GraphModel } from '../../tfjs/graph-model.ts';
import { pixelsIn } from '../pixels-in.ts';

/** Side of the square input, and of the grid that the results lie on. */
export const movenetSide = 192;
export const movenetGrid = movenetSide / 4;
const prefix = 'StatefulPartitionedCall';

/**
 * MoveNet Lightning (https://tfhub.dev/google/movenet/singlepose/lightning/4, Apache-2.0) for several pictures at once. It ends
 * at its four heads: the original's way from these to keypoints holds one picture only, and the decoder does it as fast.
 */
export function buildMovenet(model: GraphModel): OnnxGraph {
  const graph = new OnnxGraph('movenet-lightning');
  const side = movenetSide;
  const images = pixelsIn(graph, ['batch', side, side], [side, side]);
  const heads = { centre: 1, regression: 34, heatmap: 17, offset: 34 };
  const values = convertGraph(model, graph, new Map([[`${prefix}/stack`, images]]), [
    ...[`${prefix}/truediv_2`, `${prefix}/kpt_regress_0/conv2d_6/BiasAdd`, `${prefix}/Sigmoid`],
    `${prefix}/kpt_offset_0/conv2d_7/BiasAdd`,
  ]);
  for (const [index, [name, channels]] of Object.entries(heads).entries())
    graph.output(name, values[index]!.name, 'float32', ['batch', channels, movenetGrid, movenetGrid]);
  return graph;
}
