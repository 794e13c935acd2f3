import { resolve } from 'node:path';
import { listArgument, type Verb } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { concludeFiles } from '@millwright/ledger/files';
import type { KeptChoice } from '../automl/search-schema.ts';
import { orionErrors } from '../errors.ts';
import type { TableCard } from '../tables/model-file/table-card.ts';
import { choiceOption, durationOption, numberOption } from './options.ts';
import {
  pieceMethod,
  searchPageFile,
  type TrainParameters,
  tableCardFile,
  tableModelFile,
  trainingThreads,
  trainMethod,
} from './train-method.ts';

const usualBudget = 60;
/** Of the whole work, the part that looking for a method takes. */
const searchPart = 0.8;

type Answer = Omit<TableCard, 'columns'> & {
  readonly columns: readonly string[];
  /** Where method and settings were looked for. */
  readonly chosen?: {
    /** By what part of the best yardstick’s loss it lost less, over the folds. */
    readonly gain: number;
    readonly tried: number;
    /** Whether every candidate had its turn within the budget. */
    readonly complete: boolean;
    /** Page with what was tried. */
    readonly page: string;
  };
  readonly seconds: number;
  readonly model: string;
  readonly evidence: string;
};

export const trainVerb: Verb = {
  name: 'train',
  summary: 'Learn a model of a table, measured on rows that it has not seen; needs no server.',
  arguments: [{ name: 'FILE', summary: 'Table with a header, CSV or XLSX; may be gzip.' }],
  options: [
    { name: 'target', summary: 'Column that is to be told.', placeholder: 'COLUMN', required: true },
    { name: 'task', summary: 'A number, or a class.', placeholder: 'regression|classification', required: true },
    {
      name: 'time',
      summary: 'Column with the time: the last rows are held out; left out, rows are drawn.',
      placeholder: 'COLUMN',
    },
    {
      name: 'leave-out',
      summary: 'Columns that are not known when it is asked, or are parts of the answer.',
      placeholder: 'A,B',
    },
    { name: 'method', summary: 'How to learn; left out or auto, the best of all is looked for.', placeholder: 'NAME' },
    {
      name: 'budget',
      summary: `How long to look for it; left out, ${usualBudget} s.`,
      placeholder: '60s',
    },
    { name: 'settings', summary: 'Settings of the method as JSON, or @FILE.', placeholder: 'JSON' },
    {
      name: 'in-pieces',
      summary: `Hold one byte of each value only (${pieceMethod}); left out, for files beyond the memory.`,
      type: 'boolean',
    },
    { name: 'seed', summary: 'The same table and seed give the same model; left out, 1.', placeholder: 'N' },
    { name: 'out', summary: 'File for the model.', placeholder: 'MODEL.onnx', required: true },
    { name: 'evidence', summary: 'File for the evidence; left out, beside the model.', placeholder: 'FILE' },
  ],
  async run({ arguments: given, options, signal, progress, folder, note }) {
    const started = performance.now();
    const model = resolve(String(options.out));
    const base = model.replace(/\.onnx$/i, '');
    const evidence = resolve(String(options.evidence ?? `${base}.evidence.json`));
    const path = resolve(given.FILE!);
    const asksPieces = options['in-pieces'] === true;
    const asked = {
      target: String(options.target),
      task: choiceOption('--task', options.task, ['regression', 'classification']),
      ...(options.time === undefined ? {} : { time: String(options.time) }),
      leaveOut: listArgument(options['leave-out']) ?? [],
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31 - 1, whole: true }),
    };
    const isOpen = options.method === undefined || options.method === 'auto';
    const named = isOpen ? undefined : String(options.method);
    if (asksPieces && (named ?? pieceMethod) !== pieceMethod)
      throw orionErrors.ORION_OPTION_INVALID({ option: '--method', value: String(named), wanted: pieceMethod });
    const settings = options.settings === undefined ? {} : await jsonArgument(String(options.settings), '--settings');
    if (named === undefined && !asksPieces && options.settings !== undefined)
      throw orionErrors.ORION_OPTION_INVALID({
        ...{ option: '--settings', value: String(options.settings) },
        wanted: 'given with the --method that they belong to',
      });
    const budgetSeconds = durationOption('--budget', options.budget, usualBudget);
    const part = (from: number, to: number) => (share: number, message?: string) =>
      progress(from + (to - from) * share, message);
    let chosen: KeptChoice | undefined;
    if (named === undefined && !asksPieces) {
      const { chooseForFile } = await import('../automl/choose-for-file.ts');
      const work = { signal, threads: trainingThreads(), progress: part(0, searchPart) };
      chosen = await chooseForFile({ ...asked, path, budgetSeconds }, work).catch((error: { code?: string }) => {
        if (error.code !== 'ORION_TABLE_TOO_LARGE') throw error;
        note(`The table is beyond the memory: ${pieceMethod} learns from it in pieces.`);
        return undefined;
      });
    }
    const parameters: TrainParameters = {
      ...asked,
      method: named ?? chosen?.report.best.kind ?? pieceMethod,
      settings: chosen ? chosen.report.best.settings : settings,
      ...(chosen ? { chosen } : {}),
      ...(asksPieces || (named ?? chosen) === undefined ? { inPieces: true } : {}),
    };
    const page = `${base}.search.html`;
    const { output } = await concludeFiles({
      ...{ method: trainMethod, parameters, evidence, cache: folder, signal },
      progress: chosen ? part(searchPart, 1) : progress,
      inputs: [path],
      files: { [tableModelFile]: model, [tableCardFile]: `${base}.card.json`, [searchPageFile]: page },
    });
    const { columns, ...card } = output as TableCard;
    const seconds = (performance.now() - started) / 1000;
    const tried = chosen && {
      chosen: {
        ...{ gain: chosen.report.gain, tried: chosen.report.trials.length, complete: chosen.report.complete, page },
      },
    };
    return { ...card, columns: columns.map(({ name }) => name), ...tried, seconds, model, evidence } satisfies Answer;
  },
  print: ({
    method,
    task,
    target,
    rows,
    columns,
    heldOut,
    decision,
    parity,
    notes,
    chosen,
    seconds,
    model,
    evidence,
  }: Answer) =>
    [
      `learnt         ${target} (${task}) by ${method} from ${rows} rows of ${columns.length} columns`,
      ...(chosen
        ? [
            `chosen         of ${chosen.tried} trials${chosen.complete ? '' : ' until time was up'}, losing ${rounded(100 * chosen.gain)} % less than the best yardstick; ${chosen.page}`,
          ]
        : []),
      `held out       ${heldOut.rows} rows, ${heldOut.by === 'time' ? 'the last in time' : 'drawn'}`,
      `               ${told(heldOut.figures)}`,
      ...heldOut.yardsticks.map((one) => `${one.method.padEnd(14)} ${told(one.figures)}`),
      ...(decision
        ? [`decision       ${decision.positive} above a probability of ${rounded(decision.threshold)}`]
        : []),
      `parity         ${parity.rows} rows, largest difference ${rounded(parity.maxDifference)}, ${parity.changedDecisions} changed decisions`,
      ...notes.map(({ text }) => `note           ${text}`),
      `took           ${seconds.toFixed(1)} s`,
      `model          ${model}`,
      `evidence       ${evidence}`,
    ].join('\n'),
};

const rounded = (value: number): string => String(Number(value.toPrecision(4)));
const names: Readonly<Record<string, string>> = {
  ...{ rmse: 'RMSE', mae: 'MAE', r2: 'R2', cvRmse: 'CV(RMSE)', logLoss: 'log loss', accuracy: 'accuracy' },
  ...{ rocAuc: 'ROC-AUC', prAuc: 'PR-AUC', f1: 'F1', precision: 'precision', recall: 'recall' },
};
const told = (figures: Readonly<Record<string, number | null>>): string =>
  Object.entries(figures)
    .map(([name, value]) => `${names[name]} ${value === null ? '-' : rounded(value)}`)
    .join(', ');
