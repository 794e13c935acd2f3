import { type Backbone, joinNetworks, networkParts, OnnxGraph } from '@millwright/inference';
import { classicalMaps, type MapLayer } from './classical-maps.ts';

/** What a network that describes pictures gives out. */
export type Description =
  /** `description`: float32 [batch, length], mean and deviation of every channel over the whole picture. */
  | 'whole'
  /** `description`: float32 [batch, length, rows, columns], a place every four pixels. */
  | 'places';

export interface FeatureNetwork {
  /** ONNX: input `images`, uint8 [batch, height, width, 3]; output `description`. */
  readonly network: Uint8Array;
  /** Numbers of a description. */
  readonly length: number;
  readonly opset: number;
}

/** Pixels from one place of a description to the next. */
export const placeStride = 4;

/**
 * Frozen and classical features as one network: the layers of the backbone, joined with the classical maps. What is trained
 * afterwards is joined behind it, so that training and the exported file compute the same.
 */
export function featureNetwork(backbone: Backbone, description: Description): FeatureNetwork {
  const frozen = networkParts(backbone.network, backbone.name);
  const opset = frozen.opsets.get('') ?? 17;
  const graph = new OnnxGraph('features', opset);
  const images = graph.input('images', 'uint8', ['batch', 'height', 'width', 3]);
  const layers: MapLayer[] = [
    ...classicalMaps(graph, images),
    ...backbone.layers.map(({ name, channels, stride }) => ({
      value: graph.input(name, 'float32', ['batch', channels, `rows of ${name}`, `columns of ${name}`]),
      ...{ channels, stride },
    })),
  ];
  const described = layers.map((layer) => (description === 'whole' ? pooled(graph, layer) : onGrid(graph, layer)));
  const length = layers.reduce((sum, { channels }) => sum + channels, 0) * (description === 'whole' ? 2 : 1);
  const joined = graph.node('Concat', described, { axis: 1 });
  const dims = description === 'whole' ? ['batch', length] : ['batch', length, 'rows', 'columns'];
  graph.output('description', joined, 'float32', dims);
  const network = joinNetworks(
    [
      { prefix: 'frozen', parts: frozen },
      { prefix: 'features', parts: networkParts(graph.encode(), 'features') },
    ],
    ['description'],
  );
  return { network, length, opset };
}

/** Mean and deviation of each channel. */
function pooled(graph: OnnxGraph, { value }: MapLayer): string {
  const mean = graph.node('GlobalAveragePool', [value]);
  const rest = graph.node('Sub', [value, mean]);
  const variance = graph.node('GlobalAveragePool', [graph.node('Mul', [rest, rest])]);
  return graph.node('Flatten', [graph.node('Concat', [mean, graph.node('Sqrt', [variance])], { axis: 1 })], {
    axis: 1,
  });
}

/** Finer layers are averaged, coarser ones drawn out between their places. */
function onGrid(graph: OnnxGraph, { value, stride }: MapLayer): string {
  if (stride === placeStride) return value;
  if (stride < placeStride) {
    const side = placeStride / stride;
    return graph.node('AveragePool', [value], { kernel_shape: [side, side], strides: [side, side] });
  }
  const scale = stride / placeStride;
  const scales = graph.floats([4], [1, 1, scale, scale]);
  return graph.node('Resize', [value, '', scales], {
    ...{ mode: 'linear', coordinate_transformation_mode: 'half_pixel' },
  });
}
