import { basename, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { concludeFiles } from '@millwright/ledger/files';
import type { DetectSummary } from '../anomalies/detect-table.ts';
import { type DetectParameters, detectMethod, scoresFile } from './detect-method.ts';
import { namesOption, numberOption } from './options.ts';

interface Answer extends DetectSummary {
  readonly file: string;
  readonly evidence: string;
}

export const detectVerb: Verb = {
  name: 'detect',
  summary:
    'Find anomalies in a table: one column on-line, or sensors together, with the columns to blame; needs no server.',
  arguments: [{ name: 'FILE', summary: 'CSV (also .gz) or XLSX, a row for each reading.' }],
  options: [
    {
      name: 'train',
      summary: 'Rows at the beginning that are normal running (two fifths; none for one column).',
      placeholder: 'N',
    },
    { name: 'columns', summary: 'Columns to watch; left out, all that hold numbers.', placeholder: 'COL,…' },
    { name: 'ignore', summary: 'Columns to leave out, such as labels.', placeholder: 'COL,…' },
    { name: 'time', summary: 'Column of the times; found by itself when left out.', placeholder: 'COL' },
    {
      name: 'promise',
      summary: 'At most so many false alarms, such as 1/week: sets the threshold from the rows learnt from.',
      placeholder: 'N/PERIOD',
    },
    { name: 'online', summary: 'One column, one reading after another, nothing learnt ahead.', type: 'boolean' },
    { name: 'method', summary: 'auto (usual), or a method by name.', placeholder: 'auto|NAME' },
    { name: 'settings', summary: 'Settings of the method as JSON, or @FILE.', placeholder: 'JSON' },
    { name: 'timezone', summary: 'Where the file’s clock stands (UTC).', placeholder: 'ZONE' },
    { name: 'seed', summary: 'Of what is drawn at random (1).', placeholder: 'N' },
    {
      name: 'out',
      summary: 'File for time and score of every row; left out, beside the evidence.',
      placeholder: 'CSV',
    },
    {
      name: 'evidence',
      summary: 'File for the evidence; left out, in the current folder, named after FILE.',
      placeholder: 'FILE',
    },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const file = resolve(given.FILE!);
    const name = basename(file);
    const evidence = resolve(String(options.evidence ?? `${name}.detect.evidence.json`));
    const out = resolve(String(options.out ?? `${evidence.replace(/(\.evidence)?\.json$/, '')}.scores.csv`));
    const text = (option: string) => (options[option] === undefined ? {} : { [option]: String(options[option]) });
    const names = (option: string) =>
      options[option] === undefined ? {} : { [option]: [...namesOption(String(options[option]))] };
    const settings =
      options.settings === undefined ? {} : { settings: await jsonArgument(String(options.settings), '--settings') };
    const train =
      options.train === undefined
        ? {}
        : { train: numberOption('--train', options.train, 0, { least: 0, most: 1e9, whole: true }) };
    const parameters: DetectParameters = {
      ...{ fileName: name, timezone: String(options.timezone ?? 'UTC'), online: options.online === true },
      ...{ method: String(options.method ?? 'auto') },
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31, whole: true }),
      ...{ ...train, ...names('columns'), ...names('ignore'), ...text('time'), ...text('promise'), ...settings },
    };
    const { output } = await concludeFiles({
      ...{ method: detectMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [file],
      files: { [scoresFile]: out },
    });
    return { ...(output as DetectSummary), file: out, evidence } satisfies Answer;
  },
  print: ({ method, columns, train, scores, threshold, promise, alarms, notes, file, evidence }: Answer) =>
    [
      `method      ${method} on ${columns.join(', ')}`,
      `rows        ${scores.length}, of which ${train} were learnt from`,
      `threshold   ${threshold.toPrecision(4)}`,
      ...(promise
        ? [
            `promise     ${promise.perWeek.toPrecision(3)} false alarms a week; expected ${promise.expected.toPrecision(3)}, 95 % interval ${promise.low.toPrecision(3)} to ${promise.high.toPrecision(3)}, from ${promise.weeks.toPrecision(3)} weeks`,
          ]
        : []),
      `alarms      ${alarms.length}`,
      ...alarms.map(
        ({ from, to, peak, blame }) =>
          `  ${from} to ${to}  peak ${peak.toPrecision(3)}  ${blame.map(({ column, share }) => `${column} ${Math.round(100 * share)} %`).join(', ')}`,
      ),
      ...notes.map(({ text }) => `note        ${text}`),
      `scores      ${file}`,
      `evidence    ${evidence}`,
    ].join('\n'),
};
