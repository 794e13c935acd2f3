/** The thread that tables are looked at and workbooks are read on; see `file-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MillwrightError } from '@millwright/kernel';
import type { Rejection } from '../../connectors/connector.ts';
import { inspectFile, previewFile } from '../inspect-file.ts';
import { readFile } from '../read-file.ts';
import type { FileAnswer, FileTask } from './file-thread.ts';

const port = parentPort!;
let questions = 0;
let wake: (() => void) | undefined;
// One listener for good: a question that comes while none listens would be lost.
port.on('message', () => {
  questions += 1;
  wake?.();
});
const asked = async () => {
  while (questions === 0)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  questions -= 1;
};
const answer = (what: FileAnswer, transfer: ArrayBuffer[] = []) => port.postMessage(what, transfer);

/** One part at a time, each when it is asked for: what nobody has stored yet must not pile up. */
async function read({ input, mapping, options }: FileTask & { task: 'read' }): Promise<void> {
  const rejections: Rejection[] = [];
  const reading = readFile(input, mapping, { ...options, onReject: (some) => void rejections.push(...some) });
  for await (const batch of reading) {
    await asked();
    const columns = [batch.keyIndex, batch.time, batch.value, batch.quality, batch.row];
    // A batch that is not full looks at the front of longer columns; only what it holds travels.
    const { length } = batch;
    const [keyIndex, time, value, quality, row] = columns.map((column) => column.slice(0, length)) as typeof columns;
    const part = { ...batch, keyIndex, time, value, quality, row } as typeof batch;
    const transfer = [keyIndex, time, value, quality, row].map((column) => column!.buffer as ArrayBuffer);
    answer({ kind: 'part', batch: part, rejections: rejections.splice(0), summary: { ...reading.summary } }, transfer);
  }
  await asked();
  answer({ kind: 'part', rejections: rejections.splice(0), summary: { ...reading.summary } });
  await asked();
  answer({ kind: 'done', value: undefined });
}

async function work(task: FileTask): Promise<void> {
  if (task.task === 'read') return read(task);
  const { input, options } = task;
  const value =
    task.task === 'inspect' ? await inspectFile(input, options) : await previewFile(input, task.mapping, options);
  await asked();
  answer({ kind: 'done', value });
}

try {
  await work(workerData as FileTask);
} catch (error) {
  const { code, status, message, details } = error as Partial<MillwrightError> & { message: string };
  await asked();
  answer({ kind: 'failed', error: { code, status, message, details } });
}
