import type { Work } from '../learners/learner.ts';
import { readTable } from '../table/read-table.ts';
import { takeData } from '../tables/take-data.ts';
import { holdRows } from '../tables/training/hold-rows.ts';
import { type TableAsked, tableData } from '../tables/training/table-data.ts';
import { chooseTableModel } from './choose-table-model.ts';
import type { KeptChoice } from './search-schema.ts';

export interface FileSearch extends TableAsked {
  readonly path: string;
  readonly time?: string | undefined;
  readonly seed: number;
  readonly budgetSeconds: number;
}

/** Chooses kind and settings for a file's table. Rows that a training holds out are not looked at. */
export async function chooseForFile(asked: FileSearch, work: Work): Promise<KeptChoice> {
  const { path, time, seed, budgetSeconds } = asked;
  const read = await readTable(path, { timeColumn: time ?? null, signal: work.signal });
  const { data } = tableData(read, asked);
  const { learnt } = holdRows(data, seed);
  const now = () => performance.now();
  const choice = await chooseTableModel({ data: takeData(data, learnt), budgetSeconds, seed, work, now });
  return { ...(choice as Omit<KeptChoice, 'budgetSeconds'>), budgetSeconds };
}
