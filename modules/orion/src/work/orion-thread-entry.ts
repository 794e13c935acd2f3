/** The thread that learns and freezes; see `orion-threads.ts`. */
import { writeFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { isMillwrightError } from '@millwright/kernel';
import { describeColumns, readParquet, writeParquet } from '../datasets/parquet.ts';
import { resample } from '../datasets/resample.ts';
import { trialDriver } from '../experiments/drivers/registry.ts';
import { saveState } from '../learners/state.ts';
import { readTable } from '../table/read-table.ts';
import type { Table } from '../table/table.ts';
import type { Answer, LocalData, Question } from './messages.ts';

const port = parentPort!;
let abort = new AbortController();
/** The data of the last question: trials of one experiment read them once. */
let last: { readonly hash: string; readonly table: Table } | undefined;

const say = (answer: Answer, transfer: ArrayBuffer[] = []) => port.postMessage(answer, transfer);

async function tableOf({ hash, path }: LocalData): Promise<Table> {
  if (last?.hash !== hash) last = { hash, table: await readParquet(path) };
  return last.table;
}

async function freeze(table: Table, out: string) {
  await writeFile(out, writeParquet(table));
  const { time } = table;
  const ends = { from: time?.[0] ?? null, to: time?.[table.rows - 1] ?? null };
  return { rows: table.rows, columns: describeColumns(table), ...ends };
}

async function answer(question: Question, signal: AbortSignal): Promise<unknown> {
  switch (question.do) {
    case 'resample': {
      const { readings, facts, grid } = question.request;
      return resample(readings, facts, grid);
    }
    case 'freeze-columns': {
      const { time, columns, out } = question.request;
      const named = columns.map((column) => ({ kind: 'number' as const, ...column }));
      return freeze({ rows: time.length, columns: named, time }, out);
    }
    case 'freeze-file': {
      const { source, out, options } = question.request;
      const { rows, columns, time } = await readTable(source, {
        ...{ fileName: options.fileName, signal },
        ...(options.columns && { columns: options.columns }),
        ...(options.timezone !== undefined && { timezone: options.timezone }),
        ...(options.timeColumn !== undefined && { timeColumn: options.timeColumn }),
      });
      return freeze({ rows, columns, ...(time && { time }) }, out);
    }
    case 'candidates': {
      const { data, plan } = question.request;
      return (await trialDriver(plan.family)).candidates(await tableOf(data), plan.task, plan.kind);
    }
    case 'check': {
      const { data, plan } = question.request;
      await (await trialDriver(plan.family)).check(await tableOf(data), plan);
      return null;
    }
    case 'trial': {
      const { data, plan } = question.request;
      const driver = await trialDriver(plan.family);
      const work = { signal, progress: (progress: number, message?: string) => say({ progress, message }) };
      const { state, ...figures } = await driver.run(await tableOf(data), plan, {
        ...work,
        curve: (curve) => say({ curve }),
      });
      return { ...figures, state: saveState(state) };
    }
  }
}

port.on('message', (question: Question | { readonly do: 'cancel' }) => {
  if (question.do === 'cancel') return abort.abort();
  abort = new AbortController();
  answer(question, abort.signal).then(
    (value) => say({ value }),
    (error: unknown) => {
      const { code, status, details } = isMillwrightError(error) ? error : {};
      const message = error instanceof Error ? error.message : String(error);
      say({ failure: { message, ...(code !== undefined && { code, status, details }) } });
    },
  );
});
