import { resolve } from 'node:path';
import { listArgument, type Verb } from '@millwright/kernel';
import { concludeFiles } from '@millwright/ledger/files';
import { numberOption } from './options.ts';
import {
  type RulPredictParameters,
  type RulPredictSummary,
  remainingTable,
  rulPredictMethod,
} from './rul-predict-method.ts';
import { lifeModelFile, type RulTrainParameters, type RulTrainSummary, rulTrainMethod } from './rul-train-method.ts';

const usualKind = 'network';

const columnOptions = [
  { name: 'unit', summary: 'Column with the unit; left out, found by its name.', placeholder: 'COLUMN' },
  { name: 'cycle', summary: 'Column with the cycle or hour; left out, found by its name.', placeholder: 'COLUMN' },
];

const columnsOf = (options: Readonly<Record<string, string | boolean | undefined>>) => ({
  ...(options.unit === undefined ? {} : { unit: String(options.unit) }),
  ...(options.cycle === undefined ? {} : { cycle: String(options.cycle) }),
});

type Trained = RulTrainSummary & { readonly seconds: number; readonly model: string; readonly evidence: string };

export const rulTrainVerb: Verb = {
  name: 'rul train',
  summary: 'Learn the remaining life of machines from runs that ended in failure; needs no server.',
  arguments: [
    { name: 'FILE', summary: 'Table with a row for each unit and cycle, or the layout of C-MAPSS; may be gzip.' },
  ],
  options: [
    { name: 'out', summary: 'File for the model.', placeholder: 'MODEL', required: true },
    ...columnOptions,
    { name: 'settings', summary: 'Columns with operating settings; left out, found by name.', placeholder: 'A,B' },
    {
      name: 'cap',
      summary: 'Cycles beyond which remaining lives are not told apart; left out, 125.',
      placeholder: 'N',
    },
    { name: 'kind', summary: `How to learn; left out, ${usualKind}.`, placeholder: 'NAME' },
    { name: 'seed', summary: 'The same runs and seed give the same model; left out, 1.', placeholder: 'N' },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const started = performance.now();
    const model = resolve(String(options.out));
    const evidence = resolve(String(options.evidence ?? `${model}.evidence.json`));
    const parameters: RulTrainParameters = {
      kind: String(options.kind ?? usualKind),
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31 - 1, whole: true }),
      cap: numberOption('--cap', options.cap, 125, { least: 2, most: 1e6 }),
      ...columnsOf(options),
      ...(options.settings === undefined ? {} : { settings: listArgument(String(options.settings)) }),
    };
    const { output } = await concludeFiles({
      ...{ method: rulTrainMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [resolve(given.FILE!)],
      files: { [lifeModelFile]: model },
    });
    const seconds = (performance.now() - started) / 1000;
    return { ...(output as RulTrainSummary), seconds, model, evidence } satisfies Trained;
  },
  print: ({ kind, units, rows, cap, asked, validation, seconds, model, evidence }: Trained) =>
    [
      `learnt         ${kind}, ${units} units, ${rows} rows, lives cut at ${cap}`,
      `held out       RMSE ${validation.rmse.toFixed(2)} cycles; ${percent(validation.coverage)} % in their interval (asked for ${percent(asked)} %), ${validation.width.toFixed(0)} cycles wide`,
      `took           ${seconds.toFixed(1)} s`,
      `model          ${model}`,
      `evidence       ${evidence}`,
    ].join('\n'),
};

type Predicted = RulPredictSummary & { readonly evidence: string };

export const rulPredictVerb: Verb = {
  name: 'rul predict',
  summary: 'Tell the remaining life of each machine after its last row; needs no server.',
  arguments: [
    { name: 'MODEL', summary: 'What `rul train` wrote.' },
    { name: 'FILE', summary: 'Table with the same columns, of units that still run; may be gzip.' },
  ],
  options: [
    {
      name: 'truth',
      summary: 'File with the true remaining life of each unit, to be measured by.',
      placeholder: 'FILE',
    },
    { name: 'out', summary: 'File for the table; left out, beside the evidence.', placeholder: 'CSV' },
    ...columnOptions,
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const model = resolve(given.MODEL!);
    const evidence = resolve(String(options.evidence ?? `${model}.predict.evidence.json`));
    const parameters: RulPredictParameters = { truth: options.truth !== undefined, ...columnsOf(options) };
    const { output } = await concludeFiles({
      ...{ method: rulPredictMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [model, resolve(given.FILE!), ...(options.truth === undefined ? [] : [resolve(String(options.truth))])],
      files: { [remainingTable]: resolve(String(options.out ?? `${model}.predict.csv`)) },
    });
    return { ...(output as RulPredictSummary), evidence } satisfies Predicted;
  },
  print: ({ units, cap, asked, rmse, rmseUncapped, score, coverage, width, evidence }: Predicted) =>
    [
      ...units.map(
        ({ unit, remaining, low, high }) =>
          `${unit.padEnd(12)}  ${remaining.toFixed(0).padStart(6)}  (${low.toFixed(0)} to ${high.toFixed(0)}${high >= cap ? ' or more' : ''})`,
      ),
      ...(rmse === null
        ? []
        : [
            `RMSE           ${rmse.toFixed(2)} cycles, true lives cut at ${cap}; ${rmseUncapped!.toFixed(2)} as they are`,
            `score          ${score!.toFixed(0)} (PHM08, summed)`,
            `intervals      hold ${percent(coverage!)} %, asked for ${percent(asked)} %; ${width!.toFixed(0)} cycles wide`,
          ]),
      `evidence       ${evidence}`,
    ].join('\n'),
};

const percent = (share: number): string => (100 * share).toFixed(1);
