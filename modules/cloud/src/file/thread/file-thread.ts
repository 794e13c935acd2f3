import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { MillwrightError } from '@millwright/kernel';
import type { Rejection } from '../../connectors/connector.ts';
import { type FileInput, nameOf, openBytes } from '../byte-source.ts';
import type { FileMapping } from '../file-mapping.ts';
import {
  type FileInspection,
  type InspectFileOptions,
  inspectFile,
  type PreviewRow,
  previewFile,
} from '../inspect-file.ts';
import { type FileReading, type FileSummary, type ReadFileOptions, readFile } from '../read-file.ts';
import type { ReadingBatch } from '../reading-batch.ts';
import { WORKBOOK_LIMIT } from '../workbook.ts';

/** What a thread is given. An `options` that the caller left out is taken as empty. */
export type FileTask =
  | { readonly task: 'inspect'; readonly input: ThreadInput; readonly options: InspectFileOptions }
  | {
      readonly task: 'preview';
      readonly input: ThreadInput;
      readonly mapping: FileMapping;
      readonly options: InspectFileOptions;
    }
  | {
      readonly task: 'read';
      readonly input: ThreadInput;
      readonly mapping: FileMapping;
      readonly options: Pick<ReadFileOptions, 'fileName' | 'batchSize' | 'workbookLimit'>;
    };
type ThreadInput = string | Uint8Array;

/** What it answers: parts of a reading, each asked for; and at the end the result or why there is none. */
export type FileAnswer =
  | {
      readonly kind: 'part';
      readonly batch?: ReadingBatch;
      readonly rejections: readonly Rejection[];
      readonly summary: FileSummary;
    }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: FailedTask };

interface FailedTask {
  readonly code?: string;
  readonly status?: number;
  readonly message: string;
  readonly details?: Record<string, unknown>;
}

/** Up to here a look at a table takes some milliseconds, which is less than a thread takes to start. */
const inlineBytes = 64 * 1024;

/** `inspectFile`, on a thread of its own unless the file is small: a megabyte takes 100 ms, a workbook seconds. */
export async function inspectOnThread(input: FileInput, options: InspectFileOptions = {}): Promise<FileInspection> {
  const given = await threadInput(input, options.fileName);
  if (await isSmall(given)) return inspectFile(given, options);
  return (await run({ task: 'inspect', input: given, options })) as FileInspection;
}

/** `previewFile` in the same way. */
export async function previewOnThread(
  input: FileInput,
  mapping: FileMapping,
  options: InspectFileOptions = {},
): Promise<PreviewRow[]> {
  const given = await threadInput(input, options.fileName);
  if (await isSmall(given)) return previewFile(given, mapping, options);
  return (await run({ task: 'preview', input: given, mapping, options })) as PreviewRow[];
}

/** `readFile`, a workbook on a thread of its own; a text is read a piece at a time and holds nothing up. */
export function readOnThread(input: FileInput, mapping: FileMapping, options: ReadFileOptions = {}): FileReading {
  if (mapping.format !== 'xlsx') return readFile(input, mapping, options);
  let summary: FileSummary = { rows: 0, rowsRejected: 0, cellsRejected: 0, gaps: 0, readings: 0, points: [] };
  async function* batches(): AsyncGenerator<ReadingBatch> {
    const { fileName, batchSize, workbookLimit } = options;
    const given = await threadInput(input, fileName);
    const thread = start({ task: 'read', input: given, mapping, options: { fileName, batchSize, workbookLimit } });
    // The same array in every batch, as a reading without a thread has it.
    const keys: string[] = [];
    try {
      for (;;) {
        options.signal?.throwIfAborted();
        const answer = await thread.next();
        if (answer.kind !== 'part') return;
        summary = answer.summary;
        if (answer.rejections.length > 0) await options.onReject?.(answer.rejections);
        if (!answer.batch) continue;
        keys.push(...answer.batch.keys.slice(keys.length));
        yield { ...answer.batch, keys };
      }
    } finally {
      await thread.end();
    }
  }
  return {
    [Symbol.asyncIterator]: batches,
    get summary() {
      return summary;
    },
  };
}

/** A path as it is; a stream as its bytes, as far as a workbook may be long, which is more than is looked at of a text. */
async function threadInput(input: FileInput, fileName: string | undefined): Promise<ThreadInput> {
  if (typeof input === 'string' || input instanceof Uint8Array) return input;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of openBytes(input, nameOf(input, fileName))) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > WORKBOOK_LIMIT) break;
  }
  return Buffer.concat(chunks);
}

async function isSmall(input: ThreadInput): Promise<boolean> {
  if (typeof input !== 'string') return input.length <= inlineBytes;
  // A file that is not there is for the reader to speak of.
  const size = await stat(input).then(
    (found) => found.size,
    () => 0,
  );
  return size <= inlineBytes;
}

async function run(task: FileTask): Promise<unknown> {
  const thread = start(task);
  try {
    const answer = await thread.next();
    return answer.kind === 'done' ? answer.value : undefined;
  } finally {
    await thread.end();
  }
}

interface FileThread {
  /** Asks for the next answer. Rejects with the error that the task ended with. */
  next(): Promise<FileAnswer>;
  end(): Promise<void>;
}

function start(task: FileTask): FileThread {
  const worker = new Worker(new URL('./file-worker.ts', import.meta.url), {
    ...{ workerData: task, name: 'file' },
    // A young generation of the usual size would cost a server 50 MB for a second's look at a file.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  // A thread that fails between two questions must not end the server; the next question hears of it.
  let failure: Error | undefined;
  worker.on('error', (error) => {
    failure = error as Error;
  });
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        const settle = (action: () => void) => {
          worker.off('message', onMessage).off('error', onError).off('exit', onExit);
          action();
        };
        const onMessage = (answer: FileAnswer) =>
          settle(() => (answer.kind === 'failed' ? reject(errorOf(answer.error)) : resolve(answer)));
        const onError = (error: unknown) => settle(() => reject(error));
        const onExit = (code: number) => settle(() => reject(new Error(`the thread of a file ended with ${code}`)));
        worker.on('message', onMessage).on('error', onError).on('exit', onExit);
        worker.postMessage('next');
      }),
    end: async () => void (await worker.terminate()),
  };
}

const errorOf = ({ code, status, message, details }: FailedTask): Error =>
  code === undefined ? new Error(message) : new MillwrightError(code, status ?? 500, message, details ?? {});
