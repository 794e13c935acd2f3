import type { Note } from '@millwright/kernel';
import { orionErrors } from '../../errors.ts';
import type { Work } from '../../learners/learner.ts';
import { learnerKind } from '../../learners/registry.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { tableErrors } from '../errors.ts';
import { tableFile, tableNetwork } from '../model-file/encode-table-model.ts';
import type { TableCard } from '../model-file/table-card.ts';
import { tableParity } from '../model-file/table-parity.ts';
import { tableNotes } from '../notes.ts';
import { takeData } from '../take-data.ts';
import type { TableData, TableKind } from '../types.ts';
import { type Figures, positiveOf } from './figures.ts';
import { findLeaks } from './find-leaks.ts';
import { type HeldRows, holdRows } from './hold-rows.ts';
import { judgeKind } from './judge-kind.ts';
import { trainingNotes } from './notes.ts';
import type { PreparedTable } from './table-data.ts';

export interface TableTraining {
  readonly prepared: PreparedTable;
  readonly target: string;
  /** Name of the column that the rows' time came from. */
  readonly timeColumn: string | undefined;
  readonly method: string;
  readonly settings: unknown;
  readonly seed: number;
}

/** What was said of the rows that were held out, and what came. */
export interface HeldOut {
  /** The target, or the place of the class. */
  readonly came: Float64Array | Int32Array;
  /** As `TableModel.predict` gives it. */
  readonly said: Float64Array;
  /** Milliseconds since 1970. */
  readonly time: Float64Array | undefined;
}

const leastRows = 10;

/** Which kinds every other is measured beside. */
const yardstickNames = { regression: ['constant', 'ridge'], classification: ['constant', 'logistic'] } as const;

/**
 * Learns a model of a table, measures it on rows that were held out beside yardsticks, learns it again from all rows, and gives its
 * ONNX file. Throws ORION_DATA_UNFIT, ORION_SETTINGS_INVALID, ORION_LEARNER_UNKNOWN and ORION_PARITY_BROKEN.
 */
export async function trainTable(
  { prepared, target, timeColumn, method, settings: given, seed }: TableTraining,
  work: Work,
): Promise<{ file: Uint8Array; card: TableCard; heldOut: HeldOut }> {
  const { data } = prepared;
  const kind = await learnerKind('tables', method);
  const settings = settingsOf(kind, given);
  checkLearnable(data, kind);
  const { rows, time } = data.table;
  const split = holdRows(data, seed);
  const part = (from: number, to: number, message: string): Work => ({
    ...work,
    progress: (share) => work.progress(from + (to - from) * share, message),
  });
  work.progress(0, `learning from ${split.learnt.length} rows`);
  const judged = await judgeKind(kind, settings, data, split, seed, work);
  const yardsticks: { method: string; figures: Figures }[] = [];
  for (const name of yardstickNames[data.task]) {
    if (name === method) continue;
    const yardstick = await learnerKind('tables', name);
    const found = await judgeKind(yardstick, {}, data, split, seed, work).catch(unfitAsNone);
    if (found) yardsticks.push({ method: name, figures: found.figures });
  }
  const model = await kind.fit(data, settings, seed, part(0.6, 0.95, `learning from all ${rows} rows`));
  const decision =
    data.task === 'classification' && judged.threshold !== null
      ? { positive: positiveOf(data), threshold: judged.threshold }
      : null;
  const network = tableNetwork(model, decision);
  const parity = await tableParity(network, model, data.table, decision, work.signal);
  if (parity.changedDecisions > 0) throw tableErrors.ORION_PARITY_BROKEN({ ...parity });
  const notes = [
    ...prepared.notes,
    ...notesOn(data, split, target),
    ...yardsticks
      .filter(({ figures }) => !isBetter(judged.figures, figures))
      .map((one) => trainingNotes['not-better']({ method, yardstick: one.method })),
  ];
  const card: TableCard = {
    ...{ format: 1, method, settings, seed, task: data.task, target },
    ...{ columns: [...model.columns] as TableCard['columns'], classes: [...model.classes] },
    decision: decision && { positive: model.classes[decision.positive]!, threshold: decision.threshold },
    rows,
    time: time && timeColumn !== undefined ? spanOf(time, timeColumn) : null,
    heldOut: {
      ...{ rows: split.held.length, by: time ? 'time' : 'draw' },
      ...{
        figures: { ...judged.figures },
        yardsticks: yardsticks.map((one) => ({ ...one, figures: { ...one.figures } })),
      },
    },
    ...{ parity, notes },
  };
  const { table, target: came } = takeData(data, split.held);
  return { file: tableFile(network, model, card), card, heldOut: { came, said: judged.said, time: table.time } };
}

function checkLearnable({ table, task, target }: TableData, { name: learner }: TableKind): void {
  if (table.columns.length === 0) throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['no-columns']() });
  if (table.rows < leastRows)
    throw orionErrors.ORION_DATA_UNFIT({ learner, reason: tableNotes['too-few-rows']({ rows: table.rows }) });
  if (task === 'classification' && new Set(target).size > mostClasses)
    throw orionErrors.ORION_DATA_UNFIT({
      learner,
      reason: tableNotes['too-many-classes']({ classes: new Set(target).size }),
    });
}

const mostClasses = 100;

/** A yardstick that cannot be had is none. */
function unfitAsNone(error: unknown): undefined {
  if ((error as { code?: string }).code === 'ORION_DATA_UNFIT') return undefined;
  throw error;
}

function notesOn(data: TableData, split: HeldRows, target: string): Note[] {
  const notes = findLeaks(data, split, target);
  const { rows, columns } = data.table;
  for (const column of columns) {
    const values = column.kind === 'number' ? column.values : column.codes;
    let gaps = 0;
    for (let row = 0; row < rows; row++)
      if (!(values[row]! >= 0 || values[row]! < (column.kind === 'number' ? 0 : -1))) gaps += 1;
    if (gaps > 0.9 * rows)
      notes.push(trainingNotes['mostly-missing']({ column: column.name, share: { share: gaps / rows } }));
  }
  if (data.task === 'classification')
    for (const [code, name] of data.classes.entries()) {
      let own = 0;
      for (let row = 0; row < rows; row++) if (data.target[row] === code) own += 1;
      if (own < 10) notes.push(trainingNotes['rare-class']({ class: name, rows: own }));
    }
  const same = duplicates(data);
  if (same > 0 && !data.table.time) notes.push(trainingNotes['duplicate-rows']({ rows: same }));
  return notes;
}

/** Rows whose columns and target are those of an earlier row. Tables with few columns of few values repeat by nature and count too. */
function duplicates({ table, target }: TableData): number {
  const seen = new Set<string>();
  const numbers = table.columns.map((column) => (column.kind === 'number' ? column.values : column.codes));
  const limit = Math.min(table.rows, 100_000);
  for (let row = 0; row < limit; row++) {
    let key = String(target[row]);
    for (const values of numbers) key += `,${values[row]}`;
    seen.add(key);
  }
  return limit - seen.size;
}

/** By average precision where there are two sides of it, else by the error. */
function isBetter(own: Figures, other: Figures): boolean {
  if ('rmse' in own && 'rmse' in other) return own.rmse < other.rmse;
  if ('logLoss' in own && 'logLoss' in other)
    return own.prAuc !== null && other.prAuc !== null ? own.prAuc > other.prAuc : own.logLoss < other.logLoss;
  return true;
}

/** From when to when the rows are. */
export function spanOf(time: Float64Array, column: string): NonNullable<TableCard['time']> {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < time.length; row++) {
    from = Math.min(from, time[row]!);
    to = Math.max(to, time[row]!);
  }
  return { column, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
