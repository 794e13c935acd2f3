import { resolve } from 'node:path';
import { listArgument, type Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import {
  type HealthScoreParameters,
  type HealthScoreSummary,
  type HealthTrainParameters,
  type HealthTrainSummary,
  healthModelFile,
  healthScoreMethod,
  healthTable,
  healthTrainMethod,
} from './health-methods.ts';
import { numberOption } from './options.ts';

type Trained = HealthTrainSummary & { readonly model: string; readonly evidence: string };

const timeOption = { name: 'time', summary: 'Column with the time; left out, found by itself.', placeholder: 'COLUMN' };

export const healthTrainVerb: Verb = {
  name: 'health train',
  summary: 'Learn what normal running of a machine looks like, as a health index from 0 to 100; needs no server.',
  arguments: [
    { name: 'FILE', summary: 'Table of normal running with a row for each moment, a column for each sensor.' },
  ],
  options: [
    { name: 'out', summary: 'File for the model.', placeholder: 'MODEL', required: true },
    timeOption,
    {
      name: 'conditions',
      summary: 'Columns that say under which condition it runs: load, speed, product, weather.',
      placeholder: 'A,B',
    },
    { name: 'limit', summary: 'Index at which it should be seen to; left out, 50.', placeholder: 'N' },
    { name: 'seed', summary: 'Left out, 1.', placeholder: 'N' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const model = resolve(String(options.out));
    const evidence = resolve(String(options.evidence ?? `${model}.evidence.json`));
    const parameters: HealthTrainParameters = {
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31 - 1, whole: true }),
      settings: {
        limit: numberOption('--limit', options.limit, 50, { least: 1, most: 99 }),
        ...(options.conditions === undefined ? {} : { conditions: listArgument(String(options.conditions)) }),
      },
      ...(options.time === undefined ? {} : { time: String(options.time) }),
    };
    const { output } = await concludeFiles({
      ...{ method: healthTrainMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [resolve(given.FILE!)],
      files: { [healthModelFile]: model },
    });
    return { ...(output as HealthTrainSummary), model, evidence } satisfies Trained;
  },
  print: ({ rows, sensors, conditions, model, evidence }: Trained) =>
    [
      `learnt         ${rows} rows of ${sensors.length - conditions.length} sensors under ${conditions.length} conditions`,
      `model          ${model}`,
      `evidence       ${evidence}`,
    ].join('\n'),
};

type Scored = HealthScoreSummary & { readonly table: string; readonly evidence: string };

export const healthScoreVerb: Verb = {
  name: 'health score',
  summary: 'Follow the health of a machine: index, sensors to blame, trend, and what it may be; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'What `health train` wrote.' },
    { name: 'FILE', summary: 'Table with the same columns.' },
  ],
  options: [
    timeOption,
    { name: 'out', summary: 'File for the index of each row; left out, beside the model.', placeholder: 'CSV' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const model = resolve(given.MODEL!);
    const table = resolve(String(options.out ?? `${model}.score.csv`));
    const evidence = resolve(String(options.evidence ?? `${model}.score.evidence.json`));
    const parameters: HealthScoreParameters = options.time === undefined ? {} : { time: String(options.time) };
    const { output } = await concludeFiles({
      ...{ method: healthScoreMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [model, resolve(given.FILE!)],
      files: { [healthTable]: table },
    });
    return { ...(output as HealthScoreSummary), table, evidence } satisfies Scored;
  },
  print: ({ index, lowest, limit, parts, trend, hints, rows, scored, table, evidence }: Scored) =>
    [
      index === null
        ? `health         unknown: the machine stood still in all of ${rows} rows`
        : `health         ${index.toFixed(0)} of 100 after ${scored} rows; lowest ${lowest!.index.toFixed(0)} at ${lowest!.time}`,
      ...parts
        .slice(0, 5)
        .map(
          ({ sensor, share, deviation }) =>
            `to blame       ${(100 * share).toFixed(0).padStart(3)} %  ${sensor}${deviation === null ? '' : `, ${deviation > 0 ? '+' : ''}${deviation.toFixed(1)} spreads`}`,
        ),
      ...(trend?.daysToLimit
        ? [
            `trend          index ${limit} in ${trend.daysToLimit.estimate.toFixed(1)} days (${trend.daysToLimit.low.toFixed(1)} to ${trend.daysToLimit.high?.toFixed(1) ?? 'never'})`,
          ]
        : []),
      ...hints
        .slice(0, 3)
        .map(
          ({ mode, share, reasons }) =>
            `may be         ${(100 * share).toFixed(0).padStart(3)} %  ${mode}: ${reasons.map(({ text }) => text).join('; ')}`,
        ),
      `table          ${table}`,
      `evidence       ${evidence}`,
    ].join('\n'),
};
