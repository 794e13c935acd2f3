import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { groupPattern } from '../datasets/group-pattern.ts';
import type { Estimate, Kept } from '../kinds/inspection.ts';
import { bayerPatterns } from '../model-file/bayer-patterns.ts';
import { namedSourceSchema, openNamed } from './named-sources.ts';
import { describeSets, type SetFacts } from './set-facts.ts';
import type { TrainedSummary } from './trained-summary.ts';

const parametersSchema = z.strictObject({
  kind: z.string(),
  seed: z.number().int(),
  falseRejects: z.number().gt(0).max(1000),
  settings: z.unknown(),
  group: z.string().optional(),
  bayer: z.enum(bayerPatterns).optional(),
  good: namedSourceSchema,
  defects: namedSourceSchema.optional(),
  masks: namedSourceSchema.optional(),
});
export type TrainParameters = z.output<typeof parametersSchema>;

export type TrainSummary = TrainedSummary & SetFacts;

/** What `train` writes, by the method's own names. */
export const trainedFile = 'model.onnx';
export const trainedCard = 'model.card.json';

/**
 * As the verb runs it: what training will take is told before it begins (and goes no further where that throws), and one that was
 * cut goes on where it stood. A proof does everything itself.
 */
export const trainMethodTelling = (told?: (estimate: Estimate) => void): FileMethod => ({
  id: 'manuvision.train',
  version: '3',
  description:
    'Learns an inspection from pictures; threshold by order statistics of cross-fitted scores (Wilks, 1941; Clopper and Pearson, 1934), exported file checked against the training path.',
  async run(parameters, inputs, { folder, cache, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [
      { inspectionKind },
      { readDataSet },
      { goodParts, labelledParts },
      { trainInspection },
      { resumably },
      files,
      { settingsOf },
    ] = await Promise.all([
      import('../kinds/registry.ts'),
      import('../datasets/read-data-set.ts'),
      import('../training/parts-of.ts'),
      import('../training/train-inspection.ts'),
      import('../training/kept-folder.ts'),
      import('../model-file/write-model-file.ts'),
      import('../kinds/settings-of.ts'),
    ]);
    const { manuvisionErrors } = await import('../errors.ts');
    const kind = await inspectionKind(given.kind);
    const sources = await openNamed(given, ['good', 'defects', 'masks'], inputs);
    try {
      const reading = given.bayer ? { reading: { bayer: given.bayer } } : {};
      const asked = { half: 'train' as const, ...groupPattern(given.group), ...reading };
      const part = (from: number, to: number) => ({
        signal,
        progress: (share: number, text?: string) => progress(from + (to - from) * share, text),
      });
      const good = await readDataSet(sources.good!, { ...asked, role: 'good' }, part(0, 0.05));
      if (good.pictures.length === 0)
        throw manuvisionErrors.MANUVISION_NO_GOOD_PICTURES({ folder: given.good.path, dropped: good.leftOut.length });
      const { masks } = sources;
      const defects =
        sources.defects &&
        (await readDataSet(
          sources.defects,
          { ...asked, role: 'defects', ...(masks ? { masks } : {}) },
          part(0.05, 0.1),
        ));
      if (defects?.pictures.length === 0)
        throw manuvisionErrors.MANUVISION_NO_DEFECT_PICTURES({
          ...{ folder: given.defects!.path, dropped: defects.leftOut.length },
        });
      const parts = { good: goodParts(good), defects: defects ? labelledParts(defects) : [] };
      told?.(await kind.estimate(parts, settingsOf(kind, given.settings), { cache, ...part(0.1, 0.1) }));
      const training = { kind, parts, settings: given.settings, seed: given.seed, falseRejects: given.falseRejects };
      const run = (kept?: Kept) => trainInspection({ ...training, ...reading }, { cache, kept, ...part(0.1, 1) });
      const trained = told ? await resumably(cache, training, run) : await run();
      await files.writeModelFile(trained.model, join(folder, trainedFile));
      await writeFile(join(folder, trainedCard), files.cardText(trained.model.card));
      const { promise, misses, suspects, parity, model } = trained;
      const output: TrainSummary = {
        ...describeSets(good, defects),
        ...{ kind: kind.name, threshold: model.card.threshold, falseRejects: promise, misses, suspects, parity },
      };
      return { output, files: [trainedFile, trainedCard] };
    } finally {
      for (const source of Object.values(sources)) await source?.close();
    }
  },
});

export const trainMethod: FileMethod = trainMethodTelling();
