import { type Picture, type Plane, resizedRgb } from '@millwright/imaging';
import { z } from 'zod';
import { manuvisionErrors } from '../errors.ts';
import { originsAttachment } from '../explanations/bank-origins.ts';
import { openNetwork } from '../features/open-network.ts';
import type { Inspection, InspectionKind, Judgement, Shown } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { defectSettingsSchema } from './defect-settings.ts';
import { estimateDefects } from './estimate-defects.ts';
import { findRegions } from './find-regions.ts';
import { learnDefects } from './learn-defects.ts';
import { usualLongSide, workingSize } from './working-size.ts';

export const defectsVersion = '2';

/** Limit where there were too few good parts to hold any out: a defect is as likely as none. */
const usualThreshold = 0;

/** What opening needs of the card's settings. */
const cardSettingsSchema = z.object({
  longSide: z.number().int().min(32),
  regionAt: z.number(),
  classes: z.array(z.string()).min(2),
});

/**
 * Learns defects from a few labelled pictures of each class, with masks, boxes or neither, and good parts where there are some. The
 * network takes `images`, uint8 [1, height, width, 3], and gives `probabilities`, float32 [1, classes, rows, columns], the first
 * class being no defect, and `score`, float32 [1].
 */
export const defectsKind: InspectionKind = {
  ...{ name: 'defects', settings: defectSettingsSchema, learns: true },
  async train({ good, defects }, settings, seed, work): Promise<ModelFile> {
    const given = defectSettingsSchema.parse(settings ?? {});
    if (defects.length === 0)
      throw manuvisionErrors.MANUVISION_NO_DEFECT_PICTURES({ folder: 'the data set', dropped: 0 });
    const longSide = given.longSide ?? (await usualLongSide({ good, defects }));
    const { network, classes, heldOut, heldOutDefects, backbone, weight, origins } = await learnDefects(
      { good, defects },
      { ...given, longSide },
      seed,
      work,
    );
    const highest = heldOut.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    return {
      network,
      card: {
        ...{ format: 1, kind: defectsKind.name, methodVersion: defectsVersion, seed },
        trainedOn: { good: good.length, defects: defects.length },
        threshold: heldOut.length > 0 ? highest : usualThreshold,
        ...{ heldOut, heldOutDefects },
        settings: { ...given, longSide, classes, backbone, weight },
      },
      attachments: origins ? originsAttachment(origins) : {},
    };
  },
  open: openDefects,
  estimate: estimateDefects,
  shown: ({ card }) => {
    const { longSide } = cardSettingsSchema.parse(card.settings);
    return (picture) => [shownAt(picture, longSide)];
  },
};

function shownAt(picture: Picture, longSide: number): Shown {
  const size = workingSize(picture, longSide);
  return { ...size, bytes: resizedRgb(picture, size.width, size.height) };
}

async function openDefects({ network, card }: ModelFile): Promise<Inspection> {
  const { longSide, regionAt, classes } = cardSettingsSchema.parse(card.settings);
  const opened = await openNetwork(network, card.kind);
  const threshold = card.threshold ?? usualThreshold;
  return {
    defectHeat: regionAt,
    async judge(picture): Promise<Judgement> {
      const { bytes, width, height } = shownAt(picture, longSide);
      const results = await opened.run(bytes, width, height);
      const { dims, data } = results.probabilities!;
      const [rows, columns] = [dims[2]!, dims[3]!];
      const score = results.score!.data[0]!;
      const rejected = score > threshold;
      const heatmap: Plane = {
        ...{ width: columns, height: rows },
        data: data.subarray(0, rows * columns).map((good) => 1 - good),
      };
      const boxes = rejected ? findRegions({ rows, columns, data }, classes, regionAt, picture) : [];
      const best = rejected ? likeliest(data, rows * columns, classes.length) : null;
      return {
        ...{ score, verdict: rejected ? 'ng' : 'ok', class: best && classes[best.of]!, value: null },
        ...{ confidence: best?.probability ?? null, boxes, heatmap },
      };
    },
    close: () => opened.close(),
  };
}

/** The class that is surest at any place. */
function likeliest(data: Float32Array, places: number, classes: number): { of: number; probability: number } {
  let best = { of: 1, probability: 0 };
  for (let of = 1; of < classes; of++)
    for (let place = 0; place < places; place++) {
      const probability = data[of * places + place]!;
      if (probability > best.probability) best = { of, probability };
    }
  return best;
}
