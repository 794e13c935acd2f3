import { type Picture, resizedRgb } from '@millwright/imaging';
import { openBackbone } from '@millwright/inference';
import type { Kept } from '../kinds/inspection.ts';
import { type FeatureNetwork, featureNetwork } from './feature-network.ts';
import { keptNetwork } from './kept-network.ts';
import { openNetwork } from './open-network.ts';
import { squareView } from './views.ts';

/** The features of whole pictures, for telling classes apart. */
export interface PictureDescriber {
  readonly features: FeatureNetwork;
  readonly backbone: { readonly name: string; readonly version: string; readonly layers: readonly string[] };
  /** Side of the square that pictures are scaled to. */
  readonly side: number;
  /** The picture as the network takes it. */
  bytesOf(picture: Picture): Uint8Array;
  describe(picture: Picture, view?: number): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface DescriberOptions {
  readonly cache: string;
  readonly side: number;
  /** Name of a bundled backbone, or the path of a card. */
  readonly backbone: string;
  readonly layers?: readonly string[] | undefined;
  readonly kept?: Kept | undefined;
}

export async function openDescriber({
  cache,
  side,
  backbone,
  layers,
  kept,
}: DescriberOptions): Promise<PictureDescriber> {
  const frozen = await openBackbone({ name: backbone, cache, ...(layers ? { layers } : {}) });
  const features = featureNetwork(frozen, 'whole');
  const { name, version } = frozen;
  const used = frozen.layers.map((layer) => layer.name);
  await frozen.close();
  const network = keptNetwork(await openNetwork(features.network, name), features.network, kept);
  const bytesOf = (picture: Picture) => resizedRgb(picture, side, side);
  return {
    ...{ bytesOf, features, side, backbone: { name, version, layers: used } },
    async describe(picture, view = 0) {
      const bytes = squareView(bytesOf(picture), side, view);
      const { description } = await network.run(bytes, side, side);
      return description!.data;
    },
    close: () => network.close(),
  };
}
