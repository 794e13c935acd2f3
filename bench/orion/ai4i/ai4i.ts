import { join } from 'node:path';
import {
  type ClassificationFigures,
  drawnFolds,
  judgeKind,
  learnerKind,
  readTable,
  type TableData,
  tableData,
} from '@millwright/orion/analyse';
import type { Benchmark, Figure } from '../../lib/benchmark.ts';
import { mean } from '../../lib/mean-interval.ts';
import { round } from '../../lib/statistics.ts';

const folds = 5;
const target = 'Machine failure';
/** Parts of the answer. */
const leaveOut = ['TWF', 'HDF', 'PWF', 'OSF', 'RNF'];
const methods = ['constant', 'logistic', 'random-forest', 'gradient-boosting'] as const;

export const ai4i: Benchmark = {
  name: 'orion/ai4i',
  summary: 'AI4I 2020: failures told by the conditions, PR-AUC and F1 beside logistic regression',
  duration: '2 minutes',
  positional: 'data',
  options: [
    { name: 'data', default: '', summary: 'folder with ai4i2020.csv' },
    { name: 'repeats', default: '2', summary: 'divisions into five parts' },
  ],
  async run(context) {
    const folder = context.option('data');
    if (folder === '') throw new Error('--data: give the folder of the set, which has ai4i2020.csv in it');
    const read = await readTable(join(folder, 'ai4i2020.csv'), { timeColumn: null });
    const { data } = tableData(read, { target, task: 'classification', leaveOut });
    const work = { signal: new AbortController().signal, threads: 1, progress: () => undefined };
    const found = new Map<string, ClassificationFigures[]>(methods.map((method) => [method, []]));
    for (let seed = 1; seed <= context.number('repeats'); seed++)
      for (const [at, fold] of drawnFolds(
        data.table.rows,
        (data as Extract<TableData, { task: 'classification' }>).target,
        folds,
        seed,
      ).entries()) {
        for (const method of methods) {
          const kind = await learnerKind('tables', method);
          const { figures } = await judgeKind(kind, {}, data, { learnt: fold.train, held: fold.test }, seed, work);
          found.get(method)!.push(figures as ClassificationFigures);
        }
        context.note(
          `division ${seed}, part ${at + 1}: PR-AUC ${round(found.get('gradient-boosting')!.at(-1)!.prAuc!, 3)}`,
        );
      }
    const of = (method: string, figure: 'prAuc' | 'f1' | 'rocAuc'): number =>
      mean(found.get(method)!.map((one) => one[figure]!));
    const figures: Figure[] = methods.flatMap((method) => [
      { name: `${method}: PR-AUC`, value: of(method, 'prAuc') },
      { name: `${method}: F1`, value: of(method, 'f1') },
      { name: `${method}: ROC-AUC`, value: of(method, 'rocAuc') },
    ]);
    return {
      protocol: [
        `${data.table.rows} rows; ${context.option('repeats')} times divided into ${folds} parts, each with its share of failures, and each part told by what was learnt from the other four; means over the parts.`,
        `Learnt from: ${data.table.columns.map(({ name }) => name).join(', ')}. The modes of failure and what names or counts rows are left out.`,
        'The threshold of F1 is the one that is best on parts of the learnt rows that were told by their rest. Settings are the defaults of every method.',
      ],
      figures,
      compared: ['constant: every row has the share of failures; logistic: the yardstick that was asked for'],
    };
  },
};
