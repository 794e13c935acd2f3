import { type Backbone, joinNetworks, networkParts, OnnxGraph } from '@millwright/inference';
import type { AnomalySettings } from './anomaly-settings.ts';
import { spreadOf } from './over-picture.ts';
import { prepareNetwork, spreadsOver } from './prepare-network.ts';

/** Pixels from one place to the next. Finer places see grain rather than the part, and cost four times as much. */
const placeStride = 16;
/** Finer layers say nothing of a place by themselves: they are left out where there are others. */
const finestOfPlaces = 16;

/** What describes a picture, before anything is learnt. */
export interface PatchNetwork {
  /** ONNX: input `images`, uint8 [batch, height, width, 3]; outputs `places` and `whole`. */
  readonly network: Uint8Array;
  readonly opset: number;
  /** Of the frozen network, those that places are described by. */
  readonly layers: readonly string[];
  /** `places` is float32 [batch, grid * grid, sum of placeLengths]: one layer after the other. */
  readonly grid: number;
  readonly placeLengths: readonly number[];
  /** `whole` is float32 [batch, sum of wholeLengths]: how light, and contrast, are spread over the picture. */
  readonly wholeLengths: readonly number[];
}

/**
 * Preparation, frozen network and the description of each place as one network. A place is described by the layers of strides
 * from 16 on, each with its neighbours and drawn out to a common grid (Defard et al., PaDiM, 2021; Roth et al., PatchCore,
 * 2022), and against its own picture (instance normalisation, Ulyanov et al., 2016): a place tells how it
 * differs from the rest of this part's surface, `whole` how that is lit and how rough it is.
 */
export function patchNetwork(backbone: Backbone, settings: AnomalySettings): PatchNetwork {
  const frozen = networkParts(backbone.network, backbone.name);
  const opset = frozen.opsets.get('') ?? 17;
  const grid = settings.side / placeStride;
  const graph = new OnnxGraph('describe', opset);
  const coarse = backbone.layers.filter(({ stride }) => stride >= finestOfPlaces);
  const used = coarse.length > 0 ? coarse : backbone.layers;
  const placeLengths = used.map(({ channels }) => channels);
  const placeLength = total(placeLengths);
  const onGrid = used.map(({ name, channels, stride }) => {
    const layer = graph.input(name, 'float32', ['batch', channels, `rows of ${name}`, `columns of ${name}`]);
    const value = againstPicture(graph, layer);
    if (stride === placeStride) return value;
    if (stride < placeStride) {
      const step = placeStride / stride;
      return graph.node('AveragePool', [value], { kernel_shape: [step, step], strides: [step, step] });
    }
    const scale = stride / placeStride;
    return graph.node('Resize', [value, graph.floats([0], []), graph.floats([4], [1, 1, scale, scale])], {
      ...{ mode: 'linear', coordinate_transformation_mode: 'half_pixel' },
    });
  });
  const joined = graph.node('Concat', onGrid, { axis: 1 });
  const flat = graph.node('Reshape', [joined, graph.integers([0, placeLength, grid * grid])]);
  graph.output('places', graph.node('Transpose', [flat], { perm: [0, 2, 1] }), 'float32', [
    ...['batch', grid * grid, placeLength],
  ]);
  const spreads = spreadsOver.map(({ name, cells }) => graph.input(name, 'float32', ['batch', cells ** 2]));
  const wholeLengths = spreadsOver.map(({ cells }) => cells ** 2);
  graph.output('whole', graph.node('Concat', spreads, { axis: 1 }), 'float32', ['batch', total(wholeLengths)]);
  const prepared = networkParts(prepareNetwork(settings, opset).encode(), 'prepare');
  const network = joinNetworks(
    [
      { prefix: 'prepare', parts: prepared },
      { prefix: 'frozen', parts: frozen, names: new Map([['images', 'prepared']]) },
      { prefix: 'describe', parts: networkParts(graph.encode(), 'describe') },
    ],
    ['places', 'whole'],
  );
  return { network, opset, grid, layers: used.map(({ name }) => name), placeLengths, wholeLengths };
}

export const total = (lengths: readonly number[]): number => lengths.reduce((sum, length) => sum + length, 0);

/** Of the mean deviation of all channels, so much is added to each: a channel that says nothing is not blown up to noise. */
const quiet = 0.1;

/** Each channel of the mean of 3 x 3 places, in deviations of it over its picture. */
function againstPicture(graph: OnnxGraph, layer: string): string {
  const value = graph.node('AveragePool', [layer], { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 0 });
  const { rest, deviation } = spreadOf(graph, value);
  const channels = graph.node('Reshape', [deviation, graph.integers([0, 1, -1, 1])]);
  const usual = graph.node('Mul', [graph.node('GlobalAveragePool', [channels]), graph.floats([], [quiet])]);
  // Of a picture that is the same everywhere nothing differs.
  const least = graph.node('Max', [graph.node('Add', [deviation, usual]), graph.floats([], [1e-6])]);
  return graph.node('Div', [rest, least]);
}
