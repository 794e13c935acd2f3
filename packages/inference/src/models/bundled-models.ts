import { blazefaceModel } from './blazeface/blazeface-model.ts';
import type { BundledModel } from './bundled-model.ts';
import { centernetModel } from './centernet/centernet-model.ts';
import { movenetModel } from './movenet/movenet-model.ts';
import { nanodetFloatModel, nanodetModel } from './nanodet/nanodet-model.ts';

/** Every network that comes with the product. */
export const bundledModels: readonly BundledModel[] = [
  ...[nanodetModel, nanodetFloatModel, centernetModel, movenetModel, blazefaceModel],
];
