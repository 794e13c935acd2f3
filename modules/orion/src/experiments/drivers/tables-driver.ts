import { z } from 'zod';
import { drawnFolds, type Fold as FoldRows, timeOrderedFolds } from '../../automl/folds.ts';
import { tableLoss } from '../../automl/table-loss.ts';
import { orionErrors } from '../../errors.ts';
import { learnerKind } from '../../learners/registry.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { columnOf, type Table, takeRows } from '../../table/table.ts';
import { tableNotes } from '../../tables/notes.ts';
import { takeData } from '../../tables/take-data.ts';
import type { TableData, TableModel } from '../../tables/types.ts';
import type { Fold, TrialDriver, TrialPlan } from './trial-driver.ts';

const taskSchema = z.strictObject({
  target: z.string().min(1).describe('column that is to be told'),
  task: z.enum(['regression', 'classification']),
  leaveOut: z.array(z.string()).default([]).describe('columns that are not learnt from'),
  gap: z.int().min(0).default(0).describe('rows left out between what is learnt from and what is judged'),
});
type Task = z.output<typeof taskSchema>;

/** Trials of tables: each row is told from its other columns; folds in the order of time, drawn by the seed where rows have none. */
export const tablesTrials: TrialDriver = {
  task: taskSchema,
  objective: (task) => ({ metric: task.task === 'classification' ? 'log-loss' : 'rmse', lessIsBetter: true }),
  async check(table, plan) {
    const kind = await learnerKind('tables', plan.kind);
    settingsOf(kind, plan.settings);
    const data = dataOf(table, plan.task as Task);
    if (!kind.tasks.includes(data.task))
      throw orionErrors.ORION_DATA_UNFIT({
        learner: plan.kind,
        reason: `it learns ${kind.tasks.join(', ')}, not ${data.task}`,
      });
    foldsOf(data, plan);
  },
  async candidates(table, task, kind) {
    const found = (await learnerKind('tables', kind)).candidates?.(dataOf(table, task as Task)) ?? [];
    return found.length > 0 ? (found as Record<string, unknown>[]) : [{}];
  },
  async run(table, plan, work) {
    const kind = await learnerKind('tables', plan.kind);
    const data = dataOf(table, plan.task as Task);
    const folds = foldsOf(data, plan);
    const parts = folds.length + 1;
    const workAt = (part: number) => ({
      ...work,
      progress: (fraction: number, message?: string) => work.progress((part + fraction) / parts, message),
    });
    const done: Fold[] = [];
    const judged: TableData[] = [];
    const told: { model: Float64Array; yardstick: Float64Array }[] = [];
    for (const [index, { train, test }] of folds.entries()) {
      const [learnt, other] = [takeData(data, train), takeData(data, test)];
      const model: TableModel = await kind.fit(learnt, plan.settings, plan.seed, workAt(index));
      const said = { model: model.predict(other.table), yardstick: yardstickOf(learnt, test.length) };
      judged.push(other);
      told.push(said);
      const metrics = figuresOf(other, said.model, said.yardstick);
      done.push({ trained: train.length, judged: test.length, metrics });
      work.curve({ step: index + 1, metrics });
    }
    const rows = Int32Array.from(folds.flatMap(({ test }) => [...test]));
    const all = takeData(data, rows);
    const metrics = figuresOf(all, joined(told.map(({ model }) => model)), joined(told.map((one) => one.yardstick)));
    const model = await kind.fit(data, plan.settings, plan.seed, workAt(folds.length));
    return { metrics, folds: done, state: model.state() };
  },
};

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The target and the rest; rows whose target is unknown are left out. Throws ORION_COLUMN_UNKNOWN, ORION_COLUMN_NOT_NUMERIC, ORION_DATA_UNFIT. */
function dataOf(table: Table, { target, task, leaveOut }: Task): TableData {
  const column = columnOf(table, target);
  const known = table.columns.map(({ name }) => name);
  if (!column) throw orionErrors.ORION_COLUMN_UNKNOWN({ fileName: 'The data set', column: target, known });
  if (task === 'regression' && column.kind === 'category')
    throw orionErrors.ORION_COLUMN_NOT_NUMERIC({ column: target, example: column.levels[0] ?? '' });
  const kept = Int32Array.from(
    Array.from({ length: table.rows }, (_, row) => row).filter((row) =>
      column.kind === 'number' ? Number.isFinite(column.values[row]) : column.codes[row]! >= 0,
    ),
  );
  const columns = table.columns.filter(({ name }) => name !== target && !leaveOut.includes(name));
  const rest = takeRows({ ...table, columns }, kept);
  if (task === 'regression' && column.kind === 'number')
    return { task, table: rest, target: Float64Array.from(kept, (row) => column.values[row]!) };
  const texts = Array.from(kept, (row) =>
    column.kind === 'number' ? String(column.values[row]) : column.levels[column.codes[row]!]!,
  );
  const classes = [...new Set(texts)].sort();
  if (classes.length < 2)
    throw orionErrors.ORION_DATA_UNFIT({ learner: target, reason: `it holds ${classes.length} class` });
  const codes = new Map(classes.map((name, code) => [name, code]));
  return { task: 'classification', table: rest, classes, target: Int32Array.from(texts, (text) => codes.get(text)!) };
}

/** Throws ORION_DATA_UNFIT where there are too few rows for one fold. */
function foldsOf(data: TableData, plan: TrialPlan): FoldRows[] {
  const { time, rows } = data.table;
  const { gap } = plan.task as Task;
  const folds = time
    ? timeOrderedFolds(time, plan.folds, gap)
    : drawnFolds(rows, data.task === 'classification' ? data.target : null, plan.folds, plan.seed);
  if (folds.length === 0)
    throw orionErrors.ORION_DATA_UNFIT({ learner: plan.kind, reason: tableNotes['too-few-rows']({ rows }) });
  return folds;
}

/** The mean of what was learnt from, or the shares of the classes, for each of some rows. */
function yardstickOf({ task, target, ...data }: TableData, rows: number): Float64Array {
  if (task === 'regression')
    return new Float64Array(rows).fill(target.reduce((sum, one) => sum + one, 0) / target.length);
  const classes = (data as { classes: readonly string[] }).classes.length;
  const shares = new Float64Array(classes);
  for (const code of target) shares[code]! += 1 / target.length;
  return Float64Array.from({ length: rows * classes }, (_, index) => shares[index % classes]!);
}

/** `skill` is the part of the yardstick's loss that is saved. */
function figuresOf(data: TableData, told: Float64Array, yardstick: Float64Array): Record<string, number> {
  const loss = tableLoss(data, told);
  const skill = 1 - loss / Math.max(tableLoss(data, yardstick), Number.MIN_VALUE);
  if (data.task === 'regression') {
    let sum = 0;
    for (let row = 0; row < data.target.length; row++) sum += Math.abs(told[row]! - data.target[row]!);
    return { rmse: loss, mae: sum / data.target.length, skill };
  }
  const classes = data.classes.length;
  let right = 0;
  for (let row = 0; row < data.target.length; row++) {
    let best = 0;
    for (let code = 1; code < classes; code++)
      if (told[row * classes + code]! > told[row * classes + best]!) best = code;
    right += best === data.target[row] ? 1 : 0;
  }
  return { 'log-loss': loss, accuracy: right / data.target.length, skill };
}
