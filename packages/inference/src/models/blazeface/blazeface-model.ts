import { type CardSource, cardSchema } from '../../card/card.ts';
import type { BundledModel } from '../bundled-model.ts';
import { buildBlazeface } from './build-blazeface.ts';
import reference from './reference.json' with { type: 'json' };

export const blazefaceModel: BundledModel = {
  name: 'blazeface',
  version: '1',
  source: '@vladmandic/human/models/blazeface.json',
  build: buildBlazeface,
  reference,
};

export const blazefaceCard = cardSchema.parse({
  name: 'blazeface',
  version: '1',
  description: 'BlazeFace of MediaPipe, faces near and far',
  licence: 'Apache-2.0',
  source: 'npm package @vladmandic/human, models/blazeface.json',
  file: 'blazeface.onnx',
  input: { name: 'images', layout: 'nhwc', type: 'uint8', size: { width: 256, height: 256 }, fit: 'letterbox' },
  classes: ['face'],
  output: {
    ...{ family: 'ssd', form: 'scores', boxes: 'boxes', scores: 'scores' },
    ...{ coordinates: 'centre', unit: 'pixel', activation: 'sigmoid' },
  },
  threshold: 0.4,
  suppression: { iou: 0.3, limit: 100 },
} satisfies CardSource);
