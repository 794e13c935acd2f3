import { extname, resolve } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import { exportFormats } from '../export/column.ts';
import { matrixvisionCliErrors } from './errors.ts';
import { findCamera } from './find-camera.ts';

const paths = {
  events: '/api/matrixvision/events/export',
  crossings: '/api/matrixvision/crossings/export',
  counts: '/api/matrixvision/crossings/counts/export',
  tracks: '/api/matrixvision/tracks/export',
} as const;
type Table = keyof typeof paths;

export const exportVerb: Verb = {
  name: 'export',
  summary: 'Write events, crossings, counts or tracks to a CSV or Parquet file.',
  arguments: [{ name: 'TABLE', summary: 'events, crossings, counts or tracks.' }],
  options: [
    { name: 'out', summary: 'The file; .csv or .parquet says the format.', placeholder: 'FILE', required: true },
    { name: 'format', summary: 'Where the name of the file does not say it.', placeholder: 'csv|parquet' },
    { name: 'camera', summary: 'Name or id; events may be of all.', placeholder: 'CAMERA' },
    { name: 'from', summary: 'Start; counts and tracks need it.', placeholder: 'ISO' },
    { name: 'to', summary: 'End; counts and tracks need it, tracks at most a day later.', placeholder: 'ISO' },
    { name: 'rule', summary: 'Events and crossings of one rule, by its id.', placeholder: 'RULE' },
    { name: 'label', summary: 'Tracks of one label.', placeholder: 'person' },
    { name: 'minutes', summary: 'Minutes of one row of counts; 15 unless said otherwise.', placeholder: 'N' },
  ],
  run: async ({ call, download, arguments: given, options }) => {
    const table = tableOf(given.TABLE!);
    const file = resolve(String(options.out));
    const format = formatOf(options.format, file);
    const { camera: named, from, to, rule, label, minutes } = options;
    if (typeof named !== 'string' && table !== 'events') throw invalid('--camera', 'missing', 'the name of a camera');
    const camera = typeof named === 'string' ? (await findCamera(call, named)).id : undefined;
    const query = Object.entries({ format, camera, from, to, rule, label, bucketMinutes: minutes }).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const { bytes, sha256 } = await download(`${paths[table]}?${new URLSearchParams(query)}`, file);
    return { table, format, file, bytes, sha256 };
  },
  print: ({ file, bytes }: { file: string; bytes: number }) => `${file}  ${bytes} bytes`,
};

function tableOf(name: string): Table {
  const tables = Object.keys(paths) as Table[];
  const table = tables.find((each) => each === name);
  if (table) return table;
  throw invalid('TABLE', name, tables.join(', '));
}

function formatOf(option: VerbContext['options'][string], file: string): string {
  const format = exportFormats.find((each) => each === (option ?? extname(file).slice(1).toLowerCase()));
  if (format) return format;
  throw invalid('--format', String(option ?? 'not said by the name of the file'), exportFormats.join(' or '));
}

const invalid = (option: string, value: string, wanted: string) =>
  matrixvisionCliErrors.MATRIXVISION_OPTION_INVALID({ option, value, wanted });
