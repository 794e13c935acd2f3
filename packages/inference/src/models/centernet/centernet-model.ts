import { type CardSource, cardSchema } from '../../card/card.ts';
import type { BundledModel } from '../bundled-model.ts';
import { buildCenternet } from './build-centernet.ts';
import reference from './reference.json' with { type: 'json' };

export const centernetModel: BundledModel = {
  name: 'centernet',
  version: '1',
  source: '@vladmandic/human/models/centernet.json',
  isCut: true,
  build: buildCenternet,
  reference,
};

/** Without `file`: that is where the cache has put it. */
export const centernetCard = cardSchema.parse({
  name: 'centernet',
  version: '1',
  description: 'MobileNetV3-CenterNet, 80 classes of COCO',
  licence: 'MIT',
  source: 'npm package @vladmandic/human, models/centernet.json',
  file: 'centernet.onnx',
  input: { name: 'images', layout: 'nhwc', type: 'uint8', size: { multiple: 32, longSide: 512 }, fit: 'letterbox' },
  classes: 'coco80',
  output: {
    ...{ family: 'centernet', heatmap: 'heatmap', size: 'size', stride: 4, activation: 'sigmoid' },
    ...{ extent: 'left-top-right-bottom', unit: 'pixel' },
  },
  // Between the scores of errors and those of things lies a valley from 0.4 to 0.5; measured in bench/detectors.
  threshold: 0.4,
} satisfies CardSource);
