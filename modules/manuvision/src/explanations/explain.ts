import type { Picture, Region } from '@millwright/imaging';
import { z } from 'zod';
import { alignedParts, alignerOf } from '../anomaly/align-parts.ts';
import { anomalySettingsSchema } from '../anomaly/anomaly-settings.ts';
import { sharesOf } from '../anomaly/tiles.ts';
import { manuvisionErrors } from '../errors.ts';
import type { LabelledPicture, PartPicture, Work } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { type BankOrigins, originsIn } from './bank-origins.ts';
import { type ExplainedLayer, type ExplainedTile, openExplained } from './explained-network.ts';
import { labelledPlaces } from './labelled-places.ts';
import { isNear, overlap, type Patch, patchArea, patchOf } from './patch.ts';

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
  readonly defects: readonly (NearPatch & { readonly className: string })[];
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
}

export const explainedKinds: readonly string[] = ['anomaly', 'defects'];

const mostPlaces = 3;
const mostNear = 3;
/** A further place is shown where it is at least so hot beside the worst one. */
const hotEnough = 0.5;
/** Known defects that are compared: each takes as long as judging it. */
const mostDefects = 40;
/** A place of a picture without what is shown of it. */
interface Place {
  readonly picture: string;
  /** In shares of the picture. */
  readonly area: Region;
}

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
  const bring = alignerOf(align, model.attachments);
  const placed = (parts: readonly PartPicture[]) => alignedParts(parts, align, model.attachments);
  // What was drawn lies on the picture as it came: of one that was moved the place that is furthest off stands for the defect.
  const known: readonly LabelledPicture[] = bring
    ? request.defects.map(({ readMask: _, boxes: __, ...part }) => ({
        ...part,
        read: async () => bring(await part.read()).picture,
      }))
    : request.defects;
  const picture = bring?.(request.picture).picture ?? request.picture;
  const network = await openExplained(model, origins);
  try {
    const worst = worstPlaces(await network.tiles(picture), origins.view.grid);
    const defects = evenly(known, mostDefects);
    const near = worst.map((): (Place & { className: string; distance: number })[] => []);
    for (const [at, part] of defects.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / defects.length, part.name);
      const shown = await part.read();
      const labelled = labelledPlaces(await network.tiles(shown), origins.view.grid, {
        boxes: (part.boxes ?? []).map((box) => sharesOf(box, shown)),
        mask: await part.readMask?.(),
      });
      for (const [of, own] of worst.entries()) {
        const found = labelled.map(({ tile, place }) => ({
          ...{ picture: part.name, className: part.className },
          area: patchArea(tile.area, place, origins.view.grid),
          distance: between(own, tile.layers[own.layer]!, place),
        }));
        const nearest = found.sort((a, b) => a.distance - b.distance)[0];
        if (nearest) near[of]!.push(nearest);
      }
    }
    const byName = (parts: readonly PartPicture[]) => new Map(parts.map((part) => [part.name, part]));
    const [ofGood, ofDefects] = [byName(placed(request.good)), byName(known)];
    const shown = async <T extends Place & { distance: number }>(
      patches: readonly T[],
      parts: ReadonlyMap<string, PartPicture>,
    ) => {
      const all: (Omit<T, 'area'> & Patch)[] = [];
      for (const { area, ...patch } of patches)
        all.push({ ...patch, ...(await patchOf(await parts.get(patch.picture)?.read(), area)) });
      return all;
    };
    const places: ExplainedPlace[] = [];
    for (const [of, own] of worst.entries()) {
      const rows = bankRows(own, origins);
      near[of]!.sort((a, b) => a.distance - b.distance);
      places.push({
        ...{ ...(await patchOf(picture, own.area)), heat: own.heat },
        good: await shown(ofDifferentPictures(rows), ofGood),
        here: await shown(ofDifferentPictures(rows.filter(({ area }) => isNear(area, own.area))), ofGood),
        defects: await shown(near[of]!.slice(0, mostNear), ofDefects),
      });
    }
    return { places, defects: { seen: defects.length, of: request.defects.length } };
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
