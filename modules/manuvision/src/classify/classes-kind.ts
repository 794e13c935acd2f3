import { resizedRgb } from '@millwright/imaging';
import { z } from 'zod';
import { openNetwork } from '../features/open-network.ts';
import type { Inspection, InspectionKind, LabelledPicture } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { classSettingsSchema, goodClass } from './class-settings.ts';
import { estimateClasses } from './estimate-classes.ts';
import { type LearntClasses, learnClasses } from './learn-classes.ts';

export const classesVersion = '1';

/** What a model that tells classes apart says in its card. */
const cardSettingsSchema = z.object({ side: z.number().int().min(32), classes: z.array(z.string()).min(2) });

/** Tells classes of pictures apart. Good parts, where there are some, are the class `good`. */
export const classesKind: InspectionKind = {
  ...{ name: 'classes', settings: classSettingsSchema, learns: true },
  async train({ good, defects }, settings, seed, work) {
    const given = classSettingsSchema.parse(settings ?? {});
    const labelled: LabelledPicture[] = [...good.map((part) => ({ ...part, className: goodClass })), ...defects];
    const learnt = await learnClasses(labelled, given, seed, work);
    return classesModel(learnt, given.side, seed, { good: good.length, defects: defects.length });
  },
  open: openClasses,
  estimate: estimateClasses,
  shown: ({ card }) => {
    const { side } = cardSettingsSchema.parse(card.settings);
    return (picture) => [{ bytes: resizedRgb(picture, side, side), width: side, height: side }];
  },
};

export function classesModel(
  { network, classes, backbone, chosen }: LearntClasses,
  side: number,
  seed: number,
  trainedOn: { readonly good: number; readonly defects: number },
): ModelFile {
  const { penalty, temperature, validation } = chosen;
  return {
    network,
    card: {
      ...{ format: 1, kind: classesKind.name, methodVersion: classesVersion, seed, trainedOn },
      threshold: classes.includes(goodClass) ? 0.5 : null,
      settings: { side, classes, backbone, penalty, temperature, validation },
    },
    attachments: {},
  };
}

/** Class and confidence; the score is how likely the part is not good, where there is a class of good ones. */
async function openClasses({ network, card }: ModelFile): Promise<Inspection> {
  const { side, classes } = cardSettingsSchema.parse(card.settings);
  const opened = await openNetwork(network, card.kind);
  const good = classes.indexOf(goodClass);
  return {
    async judge(picture) {
      const { probabilities } = await opened.run(resizedRgb(picture, side, side), side, side);
      const own = Array.from(probabilities!.data);
      const score = good < 0 ? null : 1 - own[good]!;
      const rejected = score !== null && card.threshold !== null && score > card.threshold;
      // A rejected part is of the likeliest class of defects, also where good is likelier than each of them.
      const best = bestOf(rejected ? own.with(good, -1) : own);
      return {
        ...{ score, verdict: rejected ? 'ng' : 'ok', class: classes[best]!, value: null, confidence: own[best]! },
        ...{ boxes: [], heatmap: null },
      };
    },
    close: () => opened.close(),
  };
}

const bestOf = (values: readonly number[]): number => values.indexOf(Math.max(...values));
