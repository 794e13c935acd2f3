import { resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { type PredictParameters, type PredictSummary, predictedTable, predictMethod } from './predict-method.ts';

type Answer = PredictSummary & { readonly seconds: number; readonly table: string; readonly evidence: string };

export const predictVerb: Verb = {
  name: 'predict',
  summary: 'Tell the rows of a table by a model that `orion train` wrote; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'What `train` wrote.' },
    { name: 'FILE', summary: 'Table with the same columns, in any order; may be gzip.' },
  ],
  options: [
    { name: 'out', summary: 'File for the table; left out, beside the model.', placeholder: 'CSV' },
    { name: 'explain', summary: 'With the share of every column in what is told (Shapley values).', type: 'boolean' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the table.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const started = performance.now();
    const model = resolve(given.MODEL!);
    const table = resolve(String(options.out ?? `${model.replace(/\.onnx$/i, '')}.predictions.csv`));
    const evidence = resolve(String(options.evidence ?? `${table.replace(/\.csv$/i, '')}.evidence.json`));
    const parameters: PredictParameters = { explain: options.explain === true };
    const { output } = await concludeFiles({
      ...{ method: predictMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [model, resolve(given.FILE!)],
      files: { [predictedTable]: table },
    });
    const seconds = (performance.now() - started) / 1000;
    return { ...(output as PredictSummary), seconds, table, evidence } satisfies Answer;
  },
  print: ({ target, rows, told, classes, importance, notes, seconds, table, evidence }: Answer) =>
    [
      `told           ${target} of ${rows} rows`,
      ...(told
        ? [`               mean ${rounded(told.mean)}, from ${rounded(told.least)} to ${rounded(told.greatest)}`]
        : []),
      ...Object.entries(classes ?? {}).map(([name, count]) => `${name.padEnd(14)} ${count} rows`),
      ...(importance ?? []).slice(0, 10).map(({ column, share }) => `share          ${column} ${rounded(share)}`),
      ...notes.map(({ text }) => `note           ${text}`),
      `took           ${seconds.toFixed(1)} s`,
      `table          ${table}`,
      `evidence       ${evidence}`,
    ].join('\n'),
};

const rounded = (value: number): string => String(Number(value.toPrecision(4)));
