import { type Picture, type Region, resizedRgb } from '@millwright/imaging';
import { cutNetwork, joinNetworks, networkParts } from '@millwright/inference';
import { explainedOutputs } from '../anomaly/scoring-network.ts';
import { sharesOf, tilesOf } from '../anomaly/tiles.ts';
import { workingSize } from '../defects/working-size.ts';
import { openNetwork } from '../features/open-network.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import type { BankOrigins } from './bank-origins.ts';

/** A tile of a picture as the network describes it, place by place in rows. */
export interface ExplainedTile {
  /** In shares of the picture. */
  readonly area: Region;
  /** How far off each place is. */
  readonly heat: Float32Array;
  readonly layers: readonly ExplainedLayer[];
}

export interface ExplainedLayer {
  readonly heat: Float32Array;
  /** Standardised, `length` numbers a place. */
  readonly descriptions: Float32Array;
  readonly length: number;
  /** |b|^2 - 2 a b for the rows of the memory bank, `rows` numbers a place. */
  readonly products: Float32Array;
  readonly rows: number;
}

/** The network of a model, which gives out what its map is made of. */
export async function openExplained(model: ModelFile, { view, within, layers }: BankOrigins) {
  const names = layers.map((_, at) => {
    const { descriptions, products, map } = explainedOutputs(at);
    // In a network that stands for itself they are among the outer names, which are not changed by joining.
    return [descriptions, products, map].map((name) => `${within}${name}`);
  });
  const outputs = ['map', ...names.flat()];
  const parts = cutNetwork(networkParts(model.network, model.card.kind), outputs, model.card.kind);
  const network = await openNetwork(joinNetworks([{ prefix: 'explained', parts }], outputs), model.card.kind);
  return {
    /** Tile by tile, as the inspection sees it. */
    async tiles(picture: Picture): Promise<ExplainedTile[]> {
      const seen = view.longSide === null ? picture : atWorkingSize(picture, view.longSide);
      const tiles: ExplainedTile[] = [];
      for (const tile of tilesOf(seen, view)) {
        const results = await network.run(tile.bytes, tile.width, tile.height);
        tiles.push({
          ...{ area: sharesOf(tile.area, seen), heat: results.map!.data },
          layers: names.map(([descriptions, products, map]) => ({
            ...{ heat: results[map!]!.data, descriptions: results[descriptions!]!.data },
            ...{ length: results[descriptions!]!.dims.at(-1)!, products: results[products!]!.data },
            rows: results[products!]!.dims.at(-1)!,
          })),
        });
      }
      return tiles;
    },
    close: () => network.close(),
  };
}

function atWorkingSize(picture: Picture, longSide: number): Picture {
  const size = workingSize(picture, longSide);
  return { ...size, channels: 3, depth: 8, data: resizedRgb(picture, size.width, size.height) };
}
