import type { Picture, Region } from '@millwright/imaging';
import { z } from 'zod';
import { anomalySettingsSchema } from '../anomaly/anomaly-settings.ts';
import { manuvisionErrors } from '../errors.ts';
import type { LabelledPicture, PartPicture, Work } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { type BankOrigins, originsIn } from './bank-origins.ts';
import { type ExplainedLayer, type ExplainedTile, openExplained } from './explained-network.ts';
import { labelledPlaces } from './labelled-places.ts';
import { isNear, overlap, type Patch, patchArea, patchOf } from './patch.ts';
import { labelsOn, placerOf } from './placed-picture.ts';

/** What speaks against a part, beside the patches that it is nearest to. */
export interface Explanation {
  /** The worst first. */
  readonly places: readonly ExplainedPlace[];
  /** Pictures of defects that were compared, of those that there are. */
  readonly defects: { readonly seen: number; readonly of: number };
}

export interface ExplainedPlace extends Patch {
  /** How far off it is, in deviations of good parts at that place. */
  readonly heat: number;
  /** The nearest patches of good parts, each of another picture, wherever they lie. */
  readonly good: readonly NearPatch[];
  /** The nearest patches at the same place of good parts. */
  readonly here: readonly NearPatch[];
  /** The nearest known defects, each of another picture. */
  readonly defects: readonly NearDefect[];
}

export interface NearDefect extends NearPatch {
  readonly className: string;
  /** A person rejected it at the line; else it is of the data set. */
  readonly atLine: boolean;
}

export interface NearPatch extends Patch {
  /** Name of the picture. */
  readonly picture: string;
  /** Root mean square of the standardised differences, in the layer that sees most of the place. */
  readonly distance: number;
}

export interface ExplainRequest {
  readonly model: ModelFile;
  /** What errors call the model. */
  readonly name: string;
  readonly picture: Picture;
  /** Pictures of good parts that crops are cut from, by the names that the model knows. */
  readonly good: readonly PartPicture[];
  readonly defects: readonly LabelledPicture[];
  /** Parts that people rejected at the line, the newest first. */
  readonly confirmed: readonly LabelledPicture[];
}

export const explainedKinds: readonly string[] = ['anomaly', 'defects'];

const mostPlaces = 3;
const mostNear = 3;
/** A further place is shown where it is at least so hot beside the worst one. */
const hotEnough = 0.5;
/** Known defects that are compared, of those at the line at most half as many: each takes as long as judging it. */
const mostDefects = 40;
/** A place of a picture without what is shown of it. */
interface Place {
  readonly picture: string;
  /** In shares of the picture. */
  readonly area: Region;
}

type KnownPlace = Place & Omit<NearDefect, keyof Patch>;

/**
 * Why a picture is scored as it is: its worst places, apart from each other, and for each the nearest patches of good parts and of
 * known defects. A place is compared in the layer in which it is furthest off, by the distance that the network itself takes
 * (Roth et al., PatchCore, 2022): a place that one layer finds usual is told by another one.
 *
 * Throws MANUVISION_MODEL_KIND, and MANUVISION_BANK_UNKNOWN where the model does not say what it remembers.
 */
export async function explain(request: ExplainRequest, work: Work): Promise<Explanation> {
  const { model, name } = request;
  const { kind } = model.card;
  if (!explainedKinds.includes(kind))
    throw manuvisionErrors.MANUVISION_MODEL_KIND({ file: name, kind, wanted: explainedKinds.join(', ') });
  const origins = originsIn(model);
  if (!origins) throw manuvisionErrors.MANUVISION_BANK_UNKNOWN({ file: name });
  const { align } = z.object({ align: anomalySettingsSchema.shape.align }).parse(model.card.settings);
  const place = placerOf(align, model.attachments);
  const placed = place(request.picture);
  const recent = request.confirmed.slice(0, mostDefects / 2);
  const known = [...recent, ...evenly(request.defects, mostDefects - recent.length)];
  const network = await openExplained(model, origins);
  try {
    const worst = worstPlaces(await network.tiles(placed.picture), origins.view.grid);
    const near = worst.map((): KnownPlace[] => []);
    for (const [at, part] of known.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / known.length, part.name);
      const seen = place(await part.read());
      const labels = await labelsOn(seen, part);
      const labelled = labelledPlaces(await network.tiles(seen.picture), origins.view.grid, labels);
      for (const [of, own] of worst.entries()) {
        const found = labelled.map(({ tile, place }) => ({
          ...{ picture: part.name, className: part.className, atLine: at < recent.length },
          area: patchArea(tile.area, place, origins.view.grid),
          distance: between(own, tile.layers[own.layer]!, place),
        }));
        const nearest = found.sort((a, b) => a.distance - b.distance)[0];
        if (nearest) near[of]!.push(nearest);
      }
    }
    const byName = (parts: readonly PartPicture[]) => new Map(parts.map((part) => [part.name, part]));
    const [ofGood, ofDefects] = [byName(request.good), byName(known)];
    const shown = async <T extends Place & { distance: number }>(
      patches: readonly T[],
      parts: ReadonlyMap<string, PartPicture>,
    ) => {
      const all: (Omit<T, 'area'> & Patch)[] = [];
      for (const { area, ...patch } of patches) {
        const picture = await parts.get(patch.picture)?.read();
        all.push({ ...patch, ...(await patchOf(picture && place(picture), area)) });
      }
      return all;
    };
    const places: ExplainedPlace[] = [];
    for (const [of, own] of worst.entries()) {
      const rows = bankRows(own, origins);
      near[of]!.sort((a, b) => a.distance - b.distance);
      places.push({
        ...{ ...(await patchOf(placed, own.area)), heat: own.heat },
        good: await shown(ofDifferentPictures(rows), ofGood),
        here: await shown(ofDifferentPictures(rows.filter(({ area }) => isNear(area, own.area))), ofGood),
        defects: await shown(near[of]!.slice(0, mostNear), ofDefects),
      });
    }
    return { places, defects: { seen: known.length, of: request.confirmed.length + request.defects.length } };
  } finally {
    await network.close();
  }
}

interface WorstPlace {
  readonly area: Region;
  readonly heat: number;
  /** In which it is furthest off. */
  readonly layer: number;
  readonly own: ExplainedLayer;
  readonly place: number;
}

function worstPlaces(tiles: readonly ExplainedTile[], grid: number): WorstPlace[] {
  const all = tiles.flatMap((tile) => [...tile.heat].map((heat, place) => ({ tile, place, heat })));
  all.sort((a, b) => b.heat - a.heat);
  const worst: WorstPlace[] = [];
  for (const { tile, place, heat } of all) {
    if (worst.length === mostPlaces || (worst[0] && heat < hotEnough * worst[0].heat)) break;
    const area = patchArea(tile.area, place, grid);
    if (worst.some((other) => overlap(other.area, area))) continue;
    const heats = tile.layers.map((layer) => layer.heat[place]!);
    const layer = heats.indexOf(Math.max(...heats));
    worst.push({ area, heat, layer, own: tile.layers[layer]!, place });
  }
  return worst;
}

/** All rows of the memory bank, the nearest first. */
function bankRows({ own, place, layer }: WorstPlace, { view, pictures, tiles, layers }: BankOrigins) {
  const { descriptions, length, products, rows } = own;
  const description = descriptions.subarray(place * length, (place + 1) * length);
  const square = description.reduce((sum, value) => sum + value * value, 0);
  const squared = products.subarray(place * rows, (place + 1) * rows);
  const found = layers[layer]!.map((from, row) => {
    const { picture, ...area } = tiles[Math.floor(from / view.grid ** 2)]!;
    return {
      picture: pictures[picture]!,
      area: patchArea(area, from % view.grid ** 2, view.grid),
      // As the network does it: rounding may leave a little less than 0.
      distance: Math.sqrt(Math.max(squared[row]! + square, 0) / length),
    };
  });
  return found.sort((a, b) => a.distance - b.distance);
}

function between({ own, place }: WorstPlace, other: ExplainedLayer, otherPlace: number): number {
  let sum = 0;
  for (let at = 0; at < own.length; at++)
    sum += (own.descriptions[place * own.length + at]! - other.descriptions[otherPlace * own.length + at]!) ** 2;
  return Math.sqrt(sum / own.length);
}

function ofDifferentPictures<T extends Place>(sorted: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const one of sorted) {
    if (found.size === mostNear) break;
    if (!found.has(one.picture)) found.set(one.picture, one);
  }
  return [...found.values()];
}

/** So many of them, spread over the whole in the order of their names. */
function evenly<T extends { readonly name: string }>(all: readonly T[], most: number): T[] {
  const sorted = [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (sorted.length <= most) return sorted;
  return Array.from({ length: most }, (_, at) => sorted[Math.floor((at * sorted.length) / most)]!);
}
