import { basename, resolve } from 'node:path';
import type { Verb } from '@millwright/kernel';
import { jsonArgument } from '@millwright/kernel/node';
import { concludeFiles } from '@millwright/ledger/files';
import { z } from 'zod';
import { orionErrors } from '../errors.ts';
import { type ForecastParameters, type ForecastSummary, forecastFile, forecastMethod } from './forecast-method.ts';
import { choiceOption, namesOption, numberOption, numbersOption } from './options.ts';

interface Answer extends ForecastSummary {
  readonly file: string;
  readonly evidence: string;
}

export const forecastVerb: Verb = {
  name: 'forecast',
  summary:
    'Forecast columns of a table with times, with quantiles and a back-test beside a yardstick; needs no server.',
  arguments: [{ name: 'FILE', summary: 'CSV (also .gz) or XLSX with a column of times.' }],
  options: [
    {
      name: 'target',
      summary: 'Column to forecast, several divided by commas, or ALL.',
      placeholder: 'COL',
      required: true,
    },
    { name: 'time', summary: 'Column of the times; found by itself when left out.', placeholder: 'COL' },
    { name: 'horizon', summary: 'Steps to forecast.', placeholder: 'N', required: true },
    {
      name: 'method',
      summary: 'auto (usual) chooses by forecasts of the past; or a method by name.',
      placeholder: 'auto|NAME',
    },
    { name: 'settings', summary: 'Settings of the method as JSON, or @FILE.', placeholder: 'JSON' },
    {
      name: 'season',
      summary: 'Steps after which the series repeat, several divided by commas; found when left out.',
      placeholder: 'N,…',
    },
    {
      name: 'future',
      summary: 'Table with columns of FILE that are known ahead (weather, production plan), over the horizon.',
      placeholder: 'FILE',
    },
    { name: 'timezone', summary: 'Where the file’s clock and its days stand (UTC).', placeholder: 'ZONE' },
    { name: 'calendar', summary: 'Public holidays that are known ahead.', placeholder: 'CN|KR|DE|US' },
    {
      name: 'hierarchy',
      summary:
        'Parents with their children as JSON, {"site":["meter 1","meter 2"]}, or @FILE: forecasts are made to add up; a parent that is no column is the sum.',
      placeholder: 'JSON',
    },
    { name: 'reconcile', summary: 'How they are made to add up (mint).', placeholder: 'mint|wls|ols|bottom-up' },
    { name: 'quantiles', summary: 'Between 0 and 1 (0.1,0.5,0.9).', placeholder: 'Q,…' },
    { name: 'seed', summary: 'Of what is drawn at random (1).', placeholder: 'N' },
    { name: 'out', summary: 'File for the forecasts; left out, beside the evidence.', placeholder: 'CSV' },
    {
      name: 'evidence',
      summary: 'File for the evidence; left out, in the current folder, named after FILE.',
      placeholder: 'FILE',
    },
  ],
  async run({ arguments: given, options, signal, progress, folder }) {
    const file = resolve(given.FILE!);
    const name = basename(file);
    const future = options.future === undefined ? undefined : resolve(String(options.future));
    const evidence = resolve(String(options.evidence ?? `${name}.forecast.evidence.json`));
    const out = resolve(
      String(options.out ?? `${evidence.replace(/(\.forecast)?(\.evidence)?\.json$/, '')}.forecast.csv`),
    );
    const settings =
      options.settings === undefined ? {} : { settings: await jsonArgument(String(options.settings), '--settings') };
    const seasons = numbersOption('--season', options.season, [], { least: 1, most: 1e6, whole: true });
    const parameters: ForecastParameters = {
      fileName: name,
      target: options.target === 'ALL' ? 'ALL' : [...namesOption(String(options.target))],
      horizon: numberOption('--horizon', options.horizon, 1, { least: 1, most: 100_000, whole: true }),
      method: String(options.method ?? 'auto'),
      timezone: String(options.timezone ?? 'UTC'),
      quantiles: [...numbersOption('--quantiles', options.quantiles, [0.1, 0.5, 0.9], { least: 0.001, most: 0.999 })],
      seed: numberOption('--seed', options.seed, 1, { least: 0, most: 2 ** 31, whole: true }),
      ...(options.time === undefined ? {} : { time: String(options.time) }),
      ...(options.calendar === undefined ? {} : { calendar: String(options.calendar) }),
      ...(options.season === undefined ? {} : { seasons: seasons.filter((one) => one > 1) }),
      reconcile: choiceOption('--reconcile', options.reconcile ?? 'mint', ['bottom-up', 'ols', 'wls', 'mint']),
      ...(await hierarchyOption(options.hierarchy)),
      ...settings,
    };
    const { output } = await concludeFiles({
      ...{ method: forecastMethod, parameters, evidence, cache: folder, signal, progress },
      inputs: [file, ...(future === undefined ? [] : [future])],
      files: { [forecastFile]: out },
    });
    return { ...(output as ForecastSummary), file: out, evidence } satisfies Answer;
  },
  print: ({ method, forecast, series, tried, backtest, notes, file, evidence }: Answer) =>
    [
      `method      ${series.length > 0 ? series.map((one) => `${one.name}: ${one.method}`).join(', ') : method}`,
      `forecast    ${forecast.length} steps, ${forecast[0]!.time} to ${forecast.at(-1)!.time}`,
      ...(backtest
        ? [
            `back-test   MAE ${figure(backtest.mae)}, MASE ${figure(backtest.mase)}; ${backtest.yardstick.method} ${figure(backtest.yardstick.mae)}, ${figure(backtest.yardstick.mase)}`,
          ]
        : []),
      ...(backtest?.coverage ?? []).map(
        ({ quantile, found, values }) =>
          `quantile    ${quantile}: ${(100 * found).toFixed(1)} % of ${values} values lay at or below it`,
      ),
      ...tried.map((one) => `tried       ${one.method}: MASE ${figure(one.mase)}`),
      ...notes.map(({ text }) => `note        ${text}`),
      `file        ${file}`,
      `evidence    ${evidence}`,
    ].join('\n'),
};

const figure = (value: number | null): string => (value === null ? 'unknown' : value.toPrecision(4));

async function hierarchyOption(given: string | boolean | undefined): Promise<Pick<ForecastParameters, 'hierarchy'>> {
  if (given === undefined) return {};
  const parsed = z.record(z.string(), z.array(z.string())).safeParse(await jsonArgument(String(given), '--hierarchy'));
  if (parsed.success) return { hierarchy: parsed.data };
  const wanted = 'an object of lists of names';
  throw orionErrors.ORION_OPTION_INVALID({ option: '--hierarchy', value: String(given), wanted });
}
