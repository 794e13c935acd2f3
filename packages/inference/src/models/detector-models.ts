import type { ModelCard } from '../card/card.ts';
import { blazefaceCard, blazefaceModel } from './blazeface/blazeface-model.ts';
import type { BundledModel } from './bundled-model.ts';
import { centernetCard, centernetModel } from './centernet/centernet-model.ts';
import { nanodetCard, nanodetFloatCard, nanodetFloatModel, nanodetModel } from './nanodet/nanodet-model.ts';

/** The detectors that come with the product, by name. */
export const detectorModels: Readonly<Record<string, { readonly network: BundledModel; readonly card: ModelCard }>> = {
  blazeface: { network: blazefaceModel, card: blazefaceCard },
  nanodet: { network: nanodetModel, card: nanodetCard },
  'nanodet-float32': { network: nanodetFloatModel, card: nanodetFloatCard },
  centernet: { network: centernetModel, card: centernetCard },
};
