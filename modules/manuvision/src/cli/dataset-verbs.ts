import { isMillwrightError, type Verb, type VerbContext } from '@millwright/kernel';
import { withoutMasks } from '../datasets/picture-names.ts';
import type { DatasetAnswer, PictureAnswer } from '../datasets/service/schemas.ts';
import { bayerPatterns } from '../model-file/bayer-patterns.ts';
import { pictureFiles } from '../reading/picture-files.ts';
import { findSiteId } from './find-named.ts';
import { base, findDataset, listed } from './find-part.ts';
import { choiceOption } from './options.ts';

interface Added {
  readonly added: number;
  readonly refused: readonly { readonly file: string; readonly code: string; readonly message: string }[];
}

const line = ({ id, name, bayer, counts }: DatasetAnswer) =>
  [
    ...[id, name, `${counts.good} good`, ...counts.classes.map((one) => `${one.count} ${one.name}`)],
    ...(bayer ? [`mosaic ${bayer}`] : []),
  ].join('  ');

const bayerOption = {
  name: 'bayer',
  summary: 'Its pictures without colours are a sensor’s mosaic, whose upper left four pixels have these colours.',
  placeholder: [...bayerPatterns, 'none'].join('|'),
} as const;
const bayerFrom = (given: string | boolean | undefined) => {
  const chosen = choiceOption('--bayer', given, [...bayerPatterns, 'none'] as const);
  return { bayer: chosen === 'none' ? null : chosen };
};

/** Sends every picture; one that is refused stops nothing and is named. */
async function addPictures({ arguments: given, options, call, progress, signal }: VerbContext): Promise<Added> {
  const { id } = await findDataset(call, given.DATASET!);
  const files = withoutMasks(await pictureFiles(given.FOLDER!));
  const refused: Added['refused'][number][] = [];
  for (const [at, { path, name }] of files.entries()) {
    signal.throwIfAborted();
    progress(at / files.length, name);
    const query = {
      ...{ fileName: name, label: options.defect === undefined ? 'good' : 'defect' },
      ...{ class: options.defect, group: options.group },
    };
    try {
      await call<PictureAnswer>('POST', `${base}/datasets/${id}/pictures`, { query, file: path });
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      refused.push({ file: name, code: error.code, message: error.message });
    }
  }
  return { added: files.length - refused.length, refused };
}

export const datasetVerbs: readonly Verb[] = [
  {
    name: 'datasets',
    summary: 'List the data sets on the server.',
    run: ({ call }) => call('GET', `${base}/datasets`),
    print: listed(line, 'No data sets yet.'),
  },
  {
    name: 'datasets add',
    summary: 'Begin a data set.',
    arguments: [{ name: 'NAME', summary: 'Of the part: bottle cap.' }],
    options: [{ name: 'site', summary: 'Site it belongs to.', placeholder: 'NAME', required: true }, bayerOption],
    run: async ({ call, arguments: given, options }) => {
      const siteId = await findSiteId(call, String(options.site));
      const body = { siteId, name: given.NAME, ...(options.bayer === undefined ? {} : bayerFrom(options.bayer)) };
      return call('POST', `${base}/datasets`, { body });
    },
    print: line,
  },
  {
    name: 'datasets change',
    summary: 'Say how the pictures of a data set are read from now on.',
    arguments: [{ name: 'DATASET', summary: 'Name or id.' }],
    options: [{ ...bayerOption, required: true }],
    run: async ({ call, arguments: given, options }) => {
      const { id } = await findDataset(call, given.DATASET!);
      return call('PATCH', `${base}/datasets/${id}`, { body: bayerFrom(options.bayer) });
    },
    print: line,
  },
  {
    name: 'datasets pictures',
    summary: 'Add pictures to a data set; they show good parts unless --defect is given.',
    arguments: [
      { name: 'DATASET', summary: 'Name or id.' },
      { name: 'FOLDER', summary: 'Folder of pictures, or one file; masks among them are left out.' },
    ],
    options: [
      { name: 'defect', summary: 'They show this defect.', placeholder: 'CLASS' },
      { name: 'group', summary: 'Part or lot that all of them belong to.', placeholder: 'NAME' },
    ],
    run: addPictures,
    print: ({ added, refused }: Added) =>
      [`${added} pictures added`, ...refused.map(({ file, message }) => `  not ${file}: ${message}`)].join('\n'),
  },
];
