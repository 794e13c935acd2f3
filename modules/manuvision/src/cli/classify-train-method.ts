import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { Accuracy } from '../classify/confusion.ts';
import type { ClassParity } from '../classify/learn-classes.ts';
import type { Validation } from '../learning/choose-classifier.ts';
import { namedSourceSchema, openNamed } from './named-sources.ts';

const parametersSchema = z.strictObject({
  data: namedSourceSchema,
  /** Pictures of each class to learn from; null: all. */
  shots: z.number().int().min(1).nullable(),
  seed: z.number().int(),
  settings: z.unknown(),
});
export type ClassifyTrainParameters = z.output<typeof parametersSchema>;

export interface ClassifyTrainSummary {
  readonly images: number;
  /** Pictures learnt from. */
  readonly trainedOn: number;
  readonly classes: Readonly<Record<string, number>>;
  /** On the pictures that were not learnt from; null where all were. */
  readonly rest: Accuracy | null;
  /** By cross-validation among those learnt from; null where a class has one picture only. */
  readonly validation: Validation | null;
  readonly parity: ClassParity;
  readonly leftOut: readonly { readonly file: string; readonly reason: string }[];
}

export const classifierFile = 'model.onnx';
export const classifierCard = 'model.card.json';

export const classifyTrainMethod: FileMethod = {
  id: 'manuvision.classify-train',
  version: '2',
  description:
    'Learns to tell classes of pictures apart: multinomial logistic regression on frozen and classical features, penalty by cross-validation (Stone, 1974), calibrated by one temperature (Guo et al., 2017).',
  async run(parameters, inputs, { folder, cache, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [{ classifiedPictures }, { drawShots }, { learnClasses }, { classSettingsSchema }, kinds, files, confusion] =
      await Promise.all([
        import('../classify/classified-pictures.ts'),
        import('../classify/draw-shots.ts'),
        import('../classify/learn-classes.ts'),
        import('../classify/class-settings.ts'),
        import('../classify/classes-kind.ts'),
        import('../model-file/write-model-file.ts'),
        import('../classify/confusion.ts'),
      ]);
    const { data } = await openNamed({ data: given.data }, ['data'], inputs);
    try {
      const part = (from: number, to: number) => ({
        ...{ cache, signal },
        progress: (share: number, text?: string) => progress(from + (to - from) * share, text),
      });
      const { pictures, leftOut } = await classifiedPictures(data!, part(0, 0.05));
      const { shots, rest } =
        given.shots === null ? { shots: pictures, rest: [] } : drawShots(pictures, given.shots, given.seed);
      const settings = classSettingsSchema.parse(given.settings ?? {});
      const learnt = await learnClasses(shots, settings, given.seed, part(0.05, rest.length > 0 ? 0.5 : 1));
      const model = kinds.classesModel(learnt, settings.side, given.seed, { good: 0, defects: shots.length });
      await files.writeModelFile(model, join(folder, classifierFile));
      await writeFile(join(folder, classifierCard), files.cardText(model.card));
      const work = part(0.5, 1);
      const inspection = await kinds.classesKind.open(model, work);
      const judged = [];
      try {
        for (const [at, { name, className, read }] of rest.entries()) {
          signal.throwIfAborted();
          work.progress(at / rest.length, name);
          const { class: told, confidence } = await inspection.judge(await read());
          judged.push({ truth: className, told: told!, confidence: confidence! });
        }
      } finally {
        await inspection.close();
      }
      const classes = Object.fromEntries(
        learnt.classes.map((name) => [name, shots.filter(({ className }) => className === name).length]),
      );
      const output: ClassifyTrainSummary = {
        ...{ images: pictures.length, trainedOn: shots.length, classes, rest: confusion.accuracyOf(judged) },
        ...{ validation: learnt.chosen.validation, parity: learnt.parity, leftOut },
      };
      return { output, files: [classifierFile, classifierCard] };
    } finally {
      await data?.close();
    }
  },
};
