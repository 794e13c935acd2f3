import type { BundledModel } from '../bundled-model.ts';
import { buildMovenet } from './build-movenet.ts';
import reference from './reference.json' with { type: 'json' };

export const movenetModel: BundledModel = {
  name: 'movenet',
  version: '1',
  source: '@vladmandic/human/models/movenet-lightning.json',
  build: buildMovenet,
  reference,
};
