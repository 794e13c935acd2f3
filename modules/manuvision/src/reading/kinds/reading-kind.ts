import { z } from 'zod';
import { manuvisionErrors } from '../../errors.ts';
import type { FoundBox, Inspection, InspectionKind, Judgement, TrainingParts } from '../../kinds/inspection.ts';
import { estimateByJudging } from '../../kinds/probe.ts';
import { judgeWithin, type RegionSetting, regionSchema, wholePicture } from '../../kinds/region-setting.ts';
import type { ModelFile } from '../../model-file/model-file.ts';
import type { Reader, Reading, TextLine } from '../reader.ts';

interface ReadingKind<T extends { readonly region: RegionSetting }> {
  readonly name: string;
  readonly methodVersion: string;
  readonly settings: z.ZodType<T>;
  /** The networks that read; they go into the model's one file. */
  networks(): Promise<Pick<ModelFile, 'network' | 'attachments'>>;
  open(model: ModelFile, settings: T): Promise<Reader>;
  /** Whether what was read is what a good part shows. */
  fits(reading: Reading, settings: T): Judgement['verdict'];
}

/**
 * An inspection that reads: OK where something was read that fits, NG where it does not fit, refused where nothing can be
 * read. There is nothing to learn: its networks were taught before, and pictures of good parts are only looked at for being
 * readable files.
 */
export function readingKind<T extends { readonly region: RegionSetting }>(kind: ReadingKind<T>): InspectionKind {
  const made: InspectionKind = {
    ...{ name: kind.name, settings: kind.settings, learns: false },
    async train({ good, defects }: TrainingParts, settings, seed, { signal, progress }) {
      const given = kind.settings.parse(settings ?? {});
      for (const [index, part] of good.entries()) {
        signal.throwIfAborted();
        await part.read();
        signal.throwIfAborted();
        progress((index + 1) / good.length);
      }
      return {
        ...(await kind.networks()),
        card: {
          ...{ format: 1, kind: kind.name, methodVersion: kind.methodVersion, seed, threshold: null },
          trainedOn: { good: good.length, defects: defects.length },
          settings: given,
        },
      };
    },
    async open(model): Promise<Inspection> {
      const file = 'the model';
      const { methodVersion: version } = model.card;
      if (version !== kind.methodVersion)
        throw manuvisionErrors.MANUVISION_MODEL_METHOD({
          ...{ file, kind: kind.name, version, known: kind.methodVersion },
        });
      const parsed = kind.settings.safeParse(model.card.settings);
      if (!parsed.success) throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({ file, reason: 'its card is not valid' });
      const reader = await kind.open(model, parsed.data);
      return {
        judge: (picture) =>
          judgeWithin(parsed.data.region, picture, async (cut) => {
            const reading = await reader.read(cut);
            return {
              ...{ score: null, verdict: kind.fits(reading, parsed.data), class: null, heatmap: null },
              ...{ value: reading.value, confidence: reading.confidence },
              boxes: (reading.lines ?? []).map(boxAround),
            };
          }),
        close: () => reader.close(),
      };
    },
    estimate: (parts, settings, work) => estimateByJudging(made, parts, settings, work),
  };
  return made;
}

function boxAround({ box, confidence }: TextLine): FoundBox {
  const across = box.map(([x]) => x);
  const down = box.map(([, y]) => y);
  const [x, y] = [Math.max(0, Math.floor(Math.min(...across))), Math.max(0, Math.floor(Math.min(...down)))];
  const [width, height] = [Math.ceil(Math.max(...across)) - x, Math.ceil(Math.max(...down)) - y];
  return { x, y, width, height, className: 'text', score: confidence };
}

/** The part of the picture that is read, in shares of its width and height; of a dial, the middle of it is the dial's. */
export const readRegionSchema = regionSchema.default(wholePicture);

/** The least and the most that a good part shows. */
export const limitsSchema = z.strictObject({ low: z.number().optional(), high: z.number().optional() });

/** OK within the limits, NG outside; refused where no number was read. */
export function withinLimits({ value }: Reading, { low, high }: z.output<typeof limitsSchema>): Judgement['verdict'] {
  const number = value === null ? Number.NaN : Number(value);
  if (Number.isNaN(number)) return 'refused';
  return number >= (low ?? -Infinity) && number <= (high ?? Infinity) ? 'ok' : 'ng';
}
