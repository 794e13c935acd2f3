import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { Evaluation } from '../metrics/evaluate.ts';
import { namedSourceSchema, openNamed } from './named-sources.ts';
import { describeSets, type SetFacts } from './set-facts.ts';

const parametersSchema = z.strictObject({
  good: namedSourceSchema,
  defects: namedSourceSchema,
  masks: namedSourceSchema.optional(),
});
export type EvaluateParameters = z.output<typeof parametersSchema>;

export type EvaluateSummary = { readonly kind: string } & Evaluation & SetFacts;

export const evaluateMethod: FileMethod = {
  id: 'manuvision.evaluate',
  version: '2',
  description:
    'Judges labelled pictures: AUROC of pictures and pixels (Mann and Whitney, 1947), AUPRO to a false positive rate of 0.3 (Bergmann et al., 2019), overlap with the masks (IoU), F1, misses at the threshold of the promise.',
  async run(parameters, [modelPath, ...inputs], { cache, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [{ openModel }, { readDataSet }, { evaluate }, { manuvisionErrors }] = await Promise.all([
      import('../training/open-model.ts'),
      import('../datasets/read-data-set.ts'),
      import('../metrics/evaluate.ts'),
      import('../errors.ts'),
    ]);
    const part = (from: number, to: number) => ({
      signal,
      progress: (share: number, text?: string) => progress(from + (to - from) * share, text),
    });
    const { model, inspection } = await openModel(modelPath!, { cache, ...part(0, 0) });
    const sources = await openNamed(given, ['good', 'defects', 'masks'], inputs);
    try {
      const { reading: known } = model.card;
      const reading = { half: 'test' as const, ...(known ? { reading: known } : {}) };
      const good = await readDataSet(sources.good!, { ...reading, role: 'good' }, part(0, 0.1));
      if (good.pictures.length === 0)
        throw manuvisionErrors.MANUVISION_NO_GOOD_PICTURES({ folder: given.good.path, dropped: good.leftOut.length });
      const { masks } = sources;
      const role = { role: 'defects' as const, ...(masks ? { masks } : {}) };
      const defects = await readDataSet(sources.defects!, { ...reading, ...role }, part(0.1, 0.2));
      if (defects.pictures.length === 0)
        throw manuvisionErrors.MANUVISION_NO_DEFECT_PICTURES({
          ...{ folder: given.defects.path, dropped: defects.leftOut.length },
        });
      const evaluation = await evaluate(inspection, model.card.threshold, good, defects, part(0.2, 1));
      const output: EvaluateSummary = { kind: model.card.kind, ...describeSets(good, defects), ...evaluation };
      return { output, files: [] };
    } finally {
      await inspection.close();
      for (const source of Object.values(sources)) await source?.close();
    }
  },
};
