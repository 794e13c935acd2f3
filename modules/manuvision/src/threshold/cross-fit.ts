import type { InspectionKind, TrainingParts, Work } from '../kinds/inspection.ts';
import type { HeldOutScore } from '../model-file/model-file.ts';
import { foldsOf } from './folds.ts';

/** Enough for a model that has learnt from nearly all, and few enough to wait for. */
const foldCount = 5;

/**
 * Scores of all good parts by models that did not learn from them: the kind is trained anew without each fold, and scores it
 * (cross-fitting). A model that learnt from four fifths knows good parts a little worse than the one that learns from all, so
 * the promise errs on the careful side. Empty where the parts cannot be split.
 */
export async function crossFit(
  kind: InspectionKind,
  { good, defects }: TrainingParts,
  settings: unknown,
  seed: number,
  work: Work,
): Promise<HeldOutScore[]> {
  const folds = foldsOf(good, foldCount, seed);
  const scores: HeldOutScore[] = [];
  for (const [at, fold] of folds.entries()) {
    const within = {
      ...work,
      progress: (share: number, text?: string) => work.progress((at + share) / folds.length, text),
    };
    const kept = new Set(fold);
    const parts = { good: good.filter((part) => !kept.has(part)), defects };
    const model = await kind.train(parts, settings, seed, {
      ...within,
      progress: (s, t) => within.progress(s * 0.8, t),
    });
    const inspection = await kind.open(model, within);
    try {
      for (const [place, part] of fold.entries()) {
        work.signal.throwIfAborted();
        within.progress(0.8 + (0.2 * place) / fold.length, part.name);
        const { score } = await inspection.judge(await part.read());
        if (score === null) return [];
        scores.push({ name: part.name, score });
      }
    } finally {
      await inspection.close();
    }
  }
  return scores.sort((a, b) => (a.name < b.name ? -1 : 1));
}
