import { drawnFolds, timeOrderedFolds } from '../../automl/folds.ts';
import type { Work } from '../../learners/learner.ts';
import { takeData } from '../take-data.ts';
import type { ClassificationData, TableData, TableKind } from '../types.ts';
import {
  bestThreshold,
  classificationFigures,
  decide,
  type Figures,
  positiveOf,
  regressionFigures,
} from './figures.ts';
import type { HeldRows } from './hold-rows.ts';

export interface Judged {
  readonly figures: Figures;
  /** Of two classes: above this probability of `positive` a row is called so. */
  readonly threshold: number | null;
  readonly said: Float64Array;
}

/** Beyond this, one part of the rows is enough to set a threshold by. */
const manyRows = 20_000;

/**
 * How well a kind tells rows that were held out. A threshold is set before, by the highest F1 on parts of the other rows that were
 * each told by the rest.
 */
export async function judgeKind(
  kind: TableKind,
  settings: unknown,
  data: TableData,
  { learnt, held }: HeldRows,
  seed: number,
  work: Work,
): Promise<Judged> {
  const quiet = { ...work, progress: () => undefined };
  const own = takeData(data, learnt);
  const threshold =
    own.task === 'classification' && own.classes.length === 2
      ? await thresholdOf(kind, settings, own, seed, quiet)
      : null;
  const model = await kind.fit(own, settings, seed, quiet);
  const asked = takeData(data, held);
  const said = model.predict(asked.table);
  if (asked.task === 'regression') return { figures: regressionFigures(asked.target, said), threshold, said };
  const positive = positiveOf(data as ClassificationData);
  const decided = decide(said, asked.classes.length, positive, threshold ?? 0.5);
  return {
    figures: classificationFigures(asked.target, said, decided, asked.classes.length, positive),
    threshold,
    said,
  };
}

async function thresholdOf(
  kind: TableKind,
  settings: unknown,
  data: ClassificationData,
  seed: number,
  work: Work,
): Promise<number> {
  const { rows, time } = data.table;
  const folds = time ? timeOrderedFolds(time, 4) : drawnFolds(rows, data.target, 4, seed);
  const used = (rows > manyRows ? folds.slice(-1) : folds).filter(({ train }) => {
    const first = data.target[train[0]!];
    return train.some((row) => data.target[row] !== first);
  });
  const positive = positiveOf(data);
  const [isOwn, score]: [number[], number[]] = [[], []];
  for (const { train, test } of used) {
    const model = await kind.fit(takeData(data, train), settings, seed, work);
    const asked = takeData(data, test);
    const said = model.predict(asked.table);
    for (let row = 0; row < test.length; row++) {
      isOwn.push(asked.target[row] === positive ? 1 : 0);
      score.push(said[2 * row + positive]!);
    }
  }
  return isOwn.includes(1) ? bestThreshold(Uint8Array.from(isOwn), Float64Array.from(score)) : 0.5;
}
