import { OnnxGraph } from '../../onnx/onnx-graph.ts';
import { convertGraph } from '../../tfjs/convert.ts';
import type { GraphModel } from '../../tfjs/graph-model.ts';
import { selectChannels } from '../../tfjs/select-channels.ts';
import { pixelsIn } from '../pixels-in.ts';

/**
 * MobileNetV3-CenterNet (https://github.com/610265158/mobilenetv3_centernet) for pictures of any size in multiples of 32.
 * It ends at the heatmap before its sigmoid and the distances to the four sides in pixels: the picking of peaks that the
 * original does in the graph (a sigmoid and a top 100 over a million numbers) is cheaper in the decoder.
 * A tenth of its time goes into the heatmaps of 80 classes; those that nobody asks for are left out.
 */
export function buildCenternet(model: GraphModel, classes?: readonly number[]): OnnxGraph {
  const head = 'tower_0/CenternetHead/centernet_cls_output/BiasAdd';
  const cut = classes ? selectChannels(model, head, classes) : model;
  const graph = new OnnxGraph('centernet');
  const images = pixelsIn(graph, ['batch', 'height', 'width'], [512, 512]);
  const [heatmap, size] = convertGraph(cut, graph, new Map([['tower_0/images', images]]), [head, 'tower_0/mul']);
  graph.output('heatmap', heatmap!.name, 'float32', ['batch', classes?.length ?? 80, 'rows', 'columns']);
  graph.output('size', size!.name, 'float32', ['batch', 4, 'rows', 'columns']);
  return graph;
}
