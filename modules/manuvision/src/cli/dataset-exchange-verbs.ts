import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import type { ImportResult } from '../datasets/exchange/schemas.ts';
import { openSource } from '../datasets/open-source.ts';
import { dataSetFormats } from '../datasets/writers/formats.ts';
import type { ExportReport } from '../datasets/writers/lay-out.ts';
import { writeSet } from '../datasets/writers/write-set.ts';
import {
  type ExportAnswer,
  exportAnswer,
  type Line,
  printExport,
  printLines,
  toLine,
  writeOptions,
} from './export-answer.ts';
import { base, findDataset } from './find-part.ts';
import { choiceOption } from './options.ts';

interface ImportAnswer extends Omit<ImportResult, 'leftOut' | 'refused'> {
  readonly leftOut: readonly Line[];
  readonly refused: readonly Line[];
}

/** Sends a ZIP as it is; a folder is packed first. */
async function importSet(context: VerbContext): Promise<ImportAnswer> {
  const { arguments: given, options, call, follow } = context;
  const { id } = await findDataset(call, given.DATASET!);
  const path = resolve(given.PICTURES!);
  return inDraftFolder(async (draft) => {
    const file = await packed(path, join(draft, 'packed.zip'), context);
    const rest = options.defect === undefined ? {} : { rest: 'defect', class: String(options.defect) };
    const query = { fileName: basename(path).slice(-300), group: options.group, ...rest };
    const { jobId } = await call<{ jobId: string }>('POST', `${base}/datasets/${id}/import`, { query, file });
    const { leftOut, refused, ...result } = await follow<ImportResult>(jobId);
    return {
      ...{ ...result, leftOut: leftOut.map(toLine) },
      refused: refused.map(({ name, error }) => ({ file: name, code: error.code, reason: error.message })),
    };
  });
}

async function packed(path: string, draft: string, { signal, progress }: VerbContext): Promise<string> {
  const source = await openSource(path);
  try {
    // One input without a name is a ZIP.
    if (source.inputs[0]?.name === '') return path;
    await writeSet(source.files, draft, { signal, progress });
    return draft;
  } finally {
    await source.close();
  }
}

async function exportSet(context: VerbContext): Promise<ExportAnswer> {
  const { arguments: given, options, call, download, signal, progress } = context;
  const { id } = await findDataset(call, given.DATASET!);
  const out = resolve(String(options.out));
  const query = { format: choiceOption('--format', options.format, dataSetFormats), version: options.version };
  const path = `${base}/datasets/${id}/export`;
  const report = await call<ExportReport>('GET', path, { query });
  const asked = new URLSearchParams(
    Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][],
  );
  await inDraftFolder(async (draft) => {
    const file = join(draft, 'set.zip');
    await download(`${path}.zip?${asked}`, file);
    const source = await openSource(file);
    try {
      await writeSet(source.files, out, { signal, progress });
    } finally {
      await source.close();
    }
  });
  return exportAnswer(report, out);
}

async function inDraftFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-set-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export const datasetExchangeVerbs: readonly Verb[] = [
  {
    name: 'datasets import',
    summary:
      'Add pictures with their labels to a data set: class folders, mask pairs, MVTec AD, COCO, YOLO, Pascal VOC.',
    arguments: [
      { name: 'DATASET', summary: 'Name or id.' },
      { name: 'PICTURES', summary: 'Folder or ZIP.' },
    ],
    options: [
      {
        name: 'defect',
        summary: 'Pictures of which nothing is said show this defect; left out, good parts.',
        placeholder: 'CLASS',
      },
      {
        name: 'group',
        summary: 'Pattern whose first group is the part or lot in a picture’s name; these are never parted.',
        placeholder: 'PATTERN',
      },
    ],
    run: importSet,
    print: ({ added, good, classes, regions, duplicates, leftOut, refused }: ImportAnswer) =>
      [
        `added      ${added}: ${[`${good} good`, ...Object.entries(classes).map(([name, n]) => `${n} ${name}`)].join(', ')}`,
        `regions    ${regions}`,
        ...(duplicates > 0 ? [`there      ${duplicates} were in the data set already`] : []),
        ...printLines('left out   ', leftOut),
        ...printLines('refused    ', refused),
      ].join('\n'),
  },
  {
    name: 'datasets export',
    summary: 'Write the pictures of a data set with their labels in a format.',
    arguments: [{ name: 'DATASET', summary: 'Name or id.' }],
    options: [
      ...writeOptions,
      { name: 'version', summary: 'Of the data set; left out, what counts now.', placeholder: 'HASH' },
    ],
    run: exportSet,
    print: (answer: ExportAnswer) => printExport(answer),
  },
];
