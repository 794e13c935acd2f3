import { connectedComponents, type Plane } from '@millwright/imaging';
import { z } from 'zod';
import { manuvisionErrors } from '../errors.ts';
import { originsAttachment } from '../explanations/bank-origins.ts';
import { openNetwork } from '../features/open-network.ts';
import type { FoundBox, Inspection, InspectionKind, Judgement } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { alignedParts, alignerOf, heatmapBack, referenceOf } from './align-parts.ts';
import { anomalySettingsSchema } from './anomaly-settings.ts';
import { estimateAnomaly } from './estimate-anomaly.ts';
import { learnAnomaly } from './learn-anomaly.ts';
import { heatmapOf, tilesOf } from './tiles.ts';

export const anomalyVersion = '3';
const defect = 'defect';

/** Limit where there were too few good parts to hold any out: so many deviations. */
const usualThreshold = 3;

/** What opening needs of the card's settings. */
const cardSettingsSchema = z.object({
  tile: anomalySettingsSchema.shape.tile,
  region: anomalySettingsSchema.shape.region,
  side: anomalySettingsSchema.shape.side,
  align: anomalySettingsSchema.shape.align,
  grid: z.number().int().min(1),
});

/**
 * Learns what good parts look like and tells what does not. The network takes `images`, uint8 [batch, height, width, 3] of any
 * size, and gives `score`, float32 [batch], in deviations of good parts that were not learnt from, and `map`, float32
 * [batch, grid, grid], the same of each place. Where the card says `tile`, larger pictures are cut into tiles, of which the
 * worst counts; where it says `align`, the part is first brought to where the attached reference picture has it.
 */
export const anomalyKind: InspectionKind = {
  ...{ name: 'anomaly', settings: anomalySettingsSchema, learns: true },
  async train({ good, defects }, settings, seed, work): Promise<ModelFile> {
    const given = anomalySettingsSchema.parse(settings ?? {});
    if (good.length === 0) throw manuvisionErrors.MANUVISION_NO_GOOD_PICTURES({ folder: 'The data set', dropped: 0 });
    const attachments = await referenceOf(good, given);
    const parts = alignedParts(good, given.align, attachments);
    const { network, heldOut, origins, ...learnt } = await learnAnomaly(parts, given, seed, work);
    const highest = heldOut.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    return {
      network,
      card: {
        ...{ format: 1, kind: anomalyKind.name, methodVersion: anomalyVersion, seed },
        trainedOn: { good: good.length, defects: defects.length },
        threshold: heldOut.length > 0 ? highest : usualThreshold,
        ...(heldOut.length > 0 ? { heldOut } : {}),
        settings: { ...given, ...learnt },
      },
      attachments: { ...attachments, ...originsAttachment(origins) },
    };
  },
  open: openAnomaly,
  estimate: estimateAnomaly,
  shown: ({ card, attachments }) => {
    const settings = cardSettingsSchema.parse(card.settings);
    const align = alignerOf(settings.align, attachments);
    return (picture) => tilesOf(align?.(picture).picture ?? picture, settings);
  },
};

async function openAnomaly({ network, card, attachments }: ModelFile): Promise<Inspection> {
  const settings = cardSettingsSchema.parse(card.settings);
  const align = alignerOf(settings.align, attachments);
  const opened = await openNetwork(network, card.kind);
  const threshold = card.threshold ?? usualThreshold;
  return {
    defectHeat: threshold,
    async judge(given): Promise<Judgement> {
      const { picture, transform } = align?.(given) ?? { picture: given, transform: undefined };
      const maps = [];
      let score = Number.NEGATIVE_INFINITY;
      for (const tile of tilesOf(picture, settings)) {
        const results = await opened.run(tile.bytes, tile.width, tile.height);
        score = Math.max(score, results.score!.data[0]!);
        maps.push({ area: tile.area, grid: settings.grid, data: results.map!.data });
      }
      const seen = heatmapOf(maps, picture.width, picture.height);
      const heatmap = transform ? heatmapBack(seen, picture, transform) : seen;
      const rejected = score > threshold;
      return {
        ...{ score, verdict: rejected ? 'ng' : 'ok', class: rejected ? defect : null, value: null, confidence: null },
        boxes: rejected ? boxesIn(heatmap, threshold, picture.width, picture.height) : [],
        heatmap,
      };
    },
    close: () => opened.close(),
  };
}

/** Where places are further off than the picture may be. None where only the picture as a whole is unlike good ones. */
function boxesIn({ width, height, data }: Plane, threshold: number, across: number, down: number): FoundBox[] {
  const mask = data.map((value) => (value > threshold ? 1 : 0));
  const { labels, components } = connectedComponents(mask, width, height);
  return components.map((component) => {
    const [x, y] = [Math.floor((component.x / width) * across), Math.floor((component.y / height) * down)];
    let score = Number.NEGATIVE_INFINITY;
    for (const [at, label] of labels.entries()) if (label === component.label) score = Math.max(score, data[at]!);
    return {
      ...{ x, y, className: defect, score },
      width: Math.max(Math.round(((component.x + component.width) / width) * across) - x, 1),
      height: Math.max(Math.round(((component.y + component.height) / height) * down) - y, 1),
    };
  });
}
