import { orionErrors } from '../errors.ts';
import type { Work } from '../learners/learner.ts';
import { families, learnerKind } from '../learners/registry.ts';
import { tableNotes } from '../tables/notes.ts';
import { takeData } from '../tables/take-data.ts';
import type { TableData } from '../tables/types.ts';
import { drawnFolds, type Fold, shareOf, timeOrderedFolds } from './folds.ts';
import { type Candidate, type SearchReport, search } from './search.ts';
import { tableLoss } from './table-loss.ts';

export interface TableSearch {
  readonly data: TableData;
  readonly budgetSeconds: number;
  /** 4 unless said otherwise; where rows have a time, each is told by what lies before it. */
  readonly folds?: number;
  /** Rows left out between what is learnt from and what is judged; 0 unless said otherwise. */
  readonly gap?: number;
  readonly seed: number;
  readonly work: Work;
  readonly now: () => number;
}

export interface TableChoice {
  readonly report: SearchReport;
  /** What a loss is: root mean square error in the target's unit, or mean negative logarithm of the probability of the class (nats). */
  readonly loss: 'rmse' | 'log-loss';
  readonly folds: 'in the order of time' | 'drawn';
}

/**
 * Chooses kind and settings of a table model under a budget of time, by successive halving over folds in the order of time (drawn where rows
 * have none). Rejects with ORION_DATA_UNFIT where nothing can be learnt.
 */
export async function chooseTableModel(request: TableSearch): Promise<TableChoice> {
  const { data, seed, work, budgetSeconds, now } = request;
  const { time } = data.table;
  const folds = foldsOf(request).filter(({ train }) => isLearnable(data, train));
  if (folds.length === 0)
    throw orionErrors.ORION_DATA_UNFIT({
      learner: 'auto',
      reason: tableNotes['too-few-rows']({ rows: data.table.rows }),
    });
  const { yardsticks, candidates } = await candidatesFor(data);
  const report = await search({
    ...{ candidates, yardsticks, budgetSeconds, now, folds: folds.length },
    signal: work.signal,
    progress: work.progress,
    async evaluate({ kind, settings }, fold, share) {
      const { train, test } = folds[fold]!;
      const rows = shareOf(train, share, time !== undefined);
      // Where the share has one class left, all of the fold is not much more.
      const learnt = takeData(data, isLearnable(data, rows) ? rows : train);
      const quiet = { ...work, progress: () => undefined };
      const model = await (await learnerKind('tables', kind)).fit(learnt, settings, seed, quiet);
      const judged = takeData(data, test);
      return tableLoss(judged, model.predict(judged.table));
    },
  });
  return {
    report,
    loss: data.task === 'regression' ? 'rmse' : 'log-loss',
    folds: time ? 'in the order of time' : 'drawn',
  };
}

function foldsOf({ data, folds = 4, gap = 0, seed }: TableSearch): Fold[] {
  const { rows, time } = data.table;
  if (time) return timeOrderedFolds(time, folds, gap);
  return drawnFolds(rows, data.task === 'classification' ? data.target : null, folds, seed);
}

/** At least two classes, or two rows of numbers. */
function isLearnable({ task, target }: TableData, rows: Int32Array): boolean {
  if (task === 'regression') return rows.length > 1;
  const first = target[rows[0]!];
  return rows.some((row) => target[row] !== first);
}

const yardstickKinds: readonly string[] = ['constant', 'ridge', 'logistic'];

/** The first settings of each kind come before the second of any, so that a short time sees every kind. */
async function candidatesFor(data: TableData): Promise<{ yardsticks: Candidate[]; candidates: Candidate[] }> {
  const names = Object.keys(families.tables) as (keyof typeof families.tables)[];
  const kinds = await Promise.all(names.map((name) => learnerKind('tables', name)));
  const fitting = kinds.filter(({ tasks }) => tasks.includes(data.task));
  const yardsticks = fitting.flatMap(({ name }) =>
    yardstickKinds.includes(name) ? [{ kind: name, settings: {} }] : [],
  );
  const lists = fitting.map(({ name, candidates }) =>
    (candidates?.(data) ?? []).map((settings): Candidate => ({ kind: name, settings: settings as object })),
  );
  const longest = Math.max(...lists.map(({ length }) => length));
  const candidates = Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();
  return { yardsticks, candidates };
}
