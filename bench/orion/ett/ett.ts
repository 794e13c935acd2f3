import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { learnerKind, prepareSeries, readTable, type SeriesSet } from '@millwright/orion/analyse';
import type { Benchmark, Figure } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';

const horizons = [96, 192, 336, 720];
/** DLinear's published MSE on ETTh1 (Zeng et al. 2023, table 2), and what is aimed at. */
const published: Readonly<Record<string, readonly number[]>> = { ETTh1: [0.375, 0.405, 0.439, 0.472] };
const aims: Readonly<Record<string, readonly number[]>> = { ETTh1: [0.36, 0.4, 0.42, 0.44] };
const strengths = [0.03, 0.1, 0.3];
const naiveName = 'seasonal-naive';

export const ett: Benchmark = {
  name: 'orion/ett',
  summary: 'transformer temperatures (ETT), multivariate, standard split: MSE no worse than DLinear at 96/192/336/720',
  duration: 'two minutes a method and file',
  positional: 'data',
  options: [
    { name: 'data', default: '', summary: 'folder with ETTh1.csv (and others of ETT-small)' },
    {
      name: 'methods',
      default: 'seasonal-ridge,nlinear,dlinear',
      summary: 'methods; the first one is held to the targets',
    },
  ],
  async run(context) {
    const folder = context.option('data');
    if (folder === '') throw new Error('give the folder of the set: npm run bench -- orion/ett FOLDER');
    const files = (await readdir(folder)).filter((name) => /^ETT.*\.csv$/.test(name)).sort();
    if (files.length === 0) throw new Error(`${folder} has no ETT*.csv`);
    const figures: Figure[] = [];
    const protocol = [
      'Split of Informer and DLinear: 12, 4 and 4 months of 30 days to learn from, to choose by, to measure; every series standardised by mean and deviation of the first part; every window of the last part, its look-back reaching into the part before. Weights are learnt from the first part alone, one set for all seven series.',
      `Look-back and ridge strength (${strengths.join(', ')}): of each method the pair with the least sum of the four horizons' MSE in the second part (every fifth window), the same pair for all horizons. Nothing is chosen by the last part.`,
    ];
    for (const file of files) {
      const set = standardised(await read(join(folder, file)), perHour(file));
      const name = file.replace('.csv', '');
      for (const [at, method] of context.option('methods').split(',').entries()) {
        const chosen = await choose(method, set, perHour(file), context.note);
        protocol.push(
          `${name}, ${method}: look-back ${chosen.lookback}, strength ${chosen.strength}, sum of MSE in the second part ${round(chosen.sum, 4)}.`,
        );
        for (const [place, horizon] of horizons.entries()) {
          context.note(`${name} ${method} ${horizon}`);
          const { mse, mae } = await measure(method, chosen, set, perHour(file), horizon, 'test');
          const limit = at === 0 ? published[name]?.[place] : undefined;
          figures.push({
            ...{ name: `${name} ${method} ${horizon}, MSE (MAE ${round(mae, 4)})`, value: round(mse, 4) },
            ...(limit === undefined ? {} : { target: `<= ${limit}, aim ${aims[name]![place]}`, met: mse <= limit }),
          });
        }
      }
      for (const horizon of horizons) {
        const { mse, mae } = await measure(naiveName, undefined, set, perHour(file), horizon, 'test');
        figures.push({ name: `${name} ${naiveName} ${horizon}, MSE (MAE ${round(mae, 4)})`, value: round(mse, 4) });
      }
    }
    return {
      ...{ protocol, figures },
      compared: [
        'DLinear on ETTh1, as published: MSE 0.375, 0.405, 0.439, 0.472 (Zeng et al. 2023, arXiv:2205.13504, table 2; look-back 336).',
      ],
    };
  },
};

const perHour = (file: string): number => (file.startsWith('ETTm') ? 4 : 1);
const season = (steps: number): number => 24 * steps;
/** Two and four weeks by the hour; half of it and a week by the quarter. */
const lookbacks = (steps: number): readonly number[] => (steps === 1 ? [336, 720] : [384, 672]);
const month = (steps: number): number => 30 * season(steps);

async function read(path: string): Promise<SeriesSet> {
  return prepareSeries(await readTable(path), { timezone: 'UTC' }).set;
}

function standardised(set: SeriesSet, steps: number): SeriesSet {
  const learnt = 12 * month(steps);
  return {
    ...set,
    length: 20 * month(steps),
    values: set.values.map((all) => {
      const values = all.subarray(0, 20 * month(steps));
      let [mean, square] = [0, 0];
      for (let at = 0; at < learnt; at++) mean += values[at]! / learnt;
      for (let at = 0; at < learnt; at++) square += (values[at]! - mean) ** 2 / learnt;
      const deviation = Math.sqrt(square);
      return values.map((value) => (value - mean) / deviation);
    }),
  };
}

interface Configuration {
  readonly lookback: number;
  readonly strength: number;
}

async function choose(method: string, set: SeriesSet, steps: number, note: (text: string) => void) {
  let best: (Configuration & { readonly sum: number }) | undefined;
  for (const lookback of lookbacks(steps))
    for (const strength of strengths) {
      note(`${method}: look-back ${lookback}, strength ${strength}`);
      let sum = 0;
      for (const horizon of horizons)
        sum += (await measure(method, { lookback, strength }, set, steps, horizon, 'choose')).mse;
      if (!best || sum < best.sum) best = { lookback, strength, sum };
    }
  return best!;
}

/** Errors over all windows of a part of the set, after learning from the first part. */
async function measure(
  method: string,
  configuration: Configuration | undefined,
  set: SeriesSet,
  steps: number,
  horizon: number,
  part: 'choose' | 'test',
): Promise<{ mse: number; mae: number }> {
  const work = { signal: new AbortController().signal, progress: () => undefined };
  const kind = await learnerKind('forecasting', method);
  const settings = configuration
    ? { lookback: configuration.lookback, strength: configuration.strength, shared: true }
    : {};
  const learnt = {
    ...set,
    length: 12 * month(steps),
    values: set.values.map((one) => one.subarray(0, 12 * month(steps))),
  };
  const fitted = await kind.fit({ series: learnt, horizon, seasons: [season(steps)] }, settings, 1, work);
  const [from, to] = part === 'test' ? [16, 20] : [12, 16];
  let [square, absolute, count] = [0, 0, 0];
  for (let origin = from * month(steps); origin + horizon <= to * month(steps); origin += part === 'test' ? 1 : 5) {
    // What lies before the longest look-back is of no use to any of these.
    const begin = origin - 1000;
    const history = { ...set, length: 1000, values: set.values.map((one) => one.subarray(begin, origin)) };
    const forecast = await fitted.forecast(history, work);
    for (const [series, mean] of forecast.entries())
      for (let step = 0; step < horizon; step++) {
        const error = set.values[series]![origin + step]! - mean[step]!;
        square += error * error;
        absolute += Math.abs(error);
        count += 1;
      }
  }
  return { mse: square / count, mae: absolute / count };
}
