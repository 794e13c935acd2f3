import type { ClassSettings } from '../classify/class-settings.ts';
import { classesKind, classesModel } from '../classify/classes-kind.ts';
import { type LearntClasses, learnClasses } from '../classify/learn-classes.ts';
import type { Work } from '../kinds/inspection.ts';
import { bestMatching } from './best-matching.ts';
import type { CoarsePicture } from './coarse-labels.ts';
import type { FineClasses } from './learn-fine-classes.ts';

export interface FineTrial {
  readonly learnt: LearntClasses;
  readonly found: FineClasses;
  readonly trained: readonly CoarsePicture[];
  /** Pictures that nothing was learnt from. */
  readonly rest: readonly CoarsePicture[];
  readonly settings: ClassSettings;
  readonly seed: number;
}

/** Tells the rest by sub-class, and by a classifier that was given the finer classes; both against what the names say. */
export async function measureFine(trial: FineTrial, work: Work) {
  const { learnt, found, trained, rest, settings, seed } = trial;
  const half = (from: number) => ({ ...work, progress: (share: number) => work.progress(from + share / 3) });
  const told = await tell(learnt, rest, settings.side, half(0));
  const supervised = await learnClasses(trained, settings, seed, half(1 / 3));
  const known = await tell(supervised, rest, settings.side, half(2 / 3));
  const finer = [...new Set(rest.map(({ className }) => className))].sort();
  const names = found.subClasses.map(({ name }) => name);
  const counts = names.map((name) =>
    finer.map((className) => rest.filter((one, at) => told[at] === name && one.className === className).length),
  );
  const matched = bestMatching(counts);
  const coarseOf = new Map(found.subClasses.map(({ name, coarse }) => [name, coarse]));
  const share = (right: (one: CoarsePicture, at: number) => boolean) => rest.filter(right).length / rest.length;
  return {
    pictures: rest.length,
    fineAccuracy: share(({ className }, at) => finer[matched[names.indexOf(told[at]!)]!] === className),
    supervisedCeiling: share(({ className }, at) => known[at] === className),
    coarseAccuracy: share(({ coarse }, at) => coarseOf.get(told[at]!) === coarse),
    matching: Object.fromEntries(names.map((name, at) => [name, finer[matched[at]!] ?? null])),
  };
}

async function tell(
  learnt: LearntClasses,
  pictures: readonly CoarsePicture[],
  side: number,
  work: Work,
): Promise<string[]> {
  const inspection = await classesKind.open(classesModel(learnt, side, 0, { good: 0, defects: 0 }), work);
  const told: string[] = [];
  try {
    for (const [at, { read }] of pictures.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / pictures.length);
      told.push((await inspection.judge(await read())).class!);
    }
  } finally {
    await inspection.close();
  }
  return told;
}
