import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forecastBlocks, type SetForecast } from '@millwright/orion/analyse';
import type { Benchmark, Figure } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { drawnLoads, loadSet } from './drawn.ts';
import { measureStatsforecast } from './statsforecast-peer.ts';

const [year, week] = [8784, 168];

export const series: Benchmark = {
  name: 'orion/series',
  summary:
    '1,000 hourly series of a year: a week of all of them forecast automatically within 2 minutes, beside statsforecast',
  duration: 'a minute, and as long as the peer takes',
  options: [
    { name: 'series', default: '1000', summary: 'how many' },
    { name: 'threads', default: '2', summary: 'threads' },
    { name: 'seed', default: '1', summary: 'of the drawn series' },
    { name: 'python', default: 'python3', summary: 'Python with statsforecast (peer/requirements.txt)' },
    { name: 'peer-series', default: '20', summary: 'series that the peer forecasts; its time is per series' },
  ],
  async run(context) {
    const count = context.number('series');
    context.note('drawing');
    const values = drawnLoads(count, year + week, context.number('seed'));
    const set = loadSet(values, year);
    const work = {
      signal: new AbortController().signal,
      threads: context.number('threads'),
      progress: () => undefined,
    };
    context.note('forecasting');
    const begun = performance.now();
    const used = process.cpuUsage();
    const made = await forecastBlocks(
      set,
      { horizon: week, method: 'auto', quantiles: [0.1, 0.5, 0.9], seed: 1 },
      work,
    );
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(used);
    const scales = values.map((one) => seasonalScale(one));
    const own = (place: number) => made.forecasts[place]!.mean;
    const naive = (place: number) =>
      Float64Array.from({ length: week }, (_, step) => values[place]![year - week + step]!);
    const all = values.map((_, place) => place);
    const peerPlaces = all.slice(0, context.number('peer-series'));
    const folder = temporaryFolder(context);
    const file = join(folder, 'series.f64');
    writeFileSync(file, Buffer.concat(peerPlaces.map((place) => Buffer.from(values[place]!.slice(0, year).buffer))));
    context.note('statsforecast');
    const peer = await measureStatsforecast(context.option('python'), file, year, week, context.number('threads'));
    const ours: Figure[] = [
      { name: `seconds for ${count} series`, value: round(seconds, 1), unit: 's', target: '< 120', met: seconds < 120 },
      { name: 'processor time', value: round((user + system) / 1e6, 1), unit: 's' },
      { name: 'MASE of the week after', value: round(meanScaled(all, own, values, scales), 4) },
      { name: 'MASE, same hour last week', value: round(meanScaled(all, naive, values, scales), 4) },
      ...coverage(made, values).map(({ quantile, found }) => ({
        name: `values at or below quantile ${quantile}`,
        value: round(100 * found, 1),
        unit: '%',
      })),
    ];
    const beside: Figure[] = (peer?.models ?? []).flatMap((model) => [
      {
        name: `statsforecast ${model.name}, seconds a series`,
        value: round(model.seconds / peerPlaces.length, 3),
        unit: 's',
      },
      {
        name: `its MASE on the first ${peerPlaces.length} series`,
        value: round(
          meanScaled(peerPlaces, (place) => Float64Array.from(model.forecasts[place]!), values, scales),
          4,
        ),
      },
    ]);
    const same = round(meanScaled(peerPlaces, own, values, scales), 4);
    return {
      protocol: [
        `${count} drawn hourly loads of ${year} hours (day, week, slow wave, trend, shut days, noise that remembers; seed ${context.option('seed')}); auto forecasts ${week} hours of all of them, with quantiles and back-test, in blocks of 250 on ${context.option('threads')} threads. The week after, which nothing has seen, measures it.`,
        'MASE: mean absolute error in parts of the mean change over a week in the year before.',
        `Methods: ${made.tried.map(({ method, mase }) => `${method} ${mase === null ? '' : round(mase, 3)}`).join(', ')} (MASE of the choice).`,
      ],
      figures: [
        ...ours,
        ...beside,
        ...(peer ? [{ name: `this product on the same ${peerPlaces.length} series, MASE`, value: same }] : []),
      ],
      compared: [
        peer
          ? `statsforecast ${peer.version} in the same run (${peerPlaces.length} series, ${context.option('threads')} processes): MSTL of day and week with AutoETS trend, and SeasonalNaive of a week. AutoETS and AutoARIMA with a season of 24 take many times longer a series.`
          : 'statsforecast absent (pip install -r bench/orion/series/peer/requirements.txt, then --python PATH)',
      ],
    };
  },
};

function seasonalScale(values: Float64Array): number {
  let sum = 0;
  for (let t = week; t < year; t++) sum += Math.abs(values[t]! - values[t - week]!);
  return sum / (year - week);
}

function meanScaled(
  places: readonly number[],
  forecast: (place: number) => Float64Array,
  values: readonly Float64Array[],
  scales: readonly number[],
): number {
  let total = 0;
  for (const place of places) {
    let sum = 0;
    for (const [step, value] of forecast(place).entries()) sum += Math.abs(values[place]![year + step]! - value);
    total += sum / week / scales[place]!;
  }
  return total / places.length;
}

function coverage(made: SetForecast, values: readonly Float64Array[]): { quantile: number; found: number }[] {
  return [0.1, 0.5, 0.9].map((quantile, at) => {
    let below = 0;
    for (const [place, { quantiles }] of made.forecasts.entries())
      for (let step = 0; step < week; step++) if (values[place]![year + step]! <= quantiles[at]![step]!) below += 1;
    return { quantile, found: below / (week * made.forecasts.length) };
  });
}
