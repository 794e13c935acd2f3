import type { Driver } from '../../learners/test/driver.ts';
import type { ForecastData, Forecaster } from '../types.ts';
import { drawnLoad, setOf } from './drawn-series.ts';

const horizon = 6;
const work = { signal: new AbortController().signal, progress: () => undefined };
const data = (values: Float64Array[], seasons: number[] = [24]): ForecastData => ({
  series: setOf(values),
  horizon,
  seasons,
});
const altered = (change: (value: number, at: number) => number) =>
  data([drawnLoad(240).map(change), drawnLoad(240, 2)]);

/** What the conformance suite knows of forecasting. */
export const forecastingDriver: Driver<ForecastData, Forecaster> = {
  usual: () => {
    const set = setOf([drawnLoad(240), drawnLoad(240, 2).map((value, at) => (at % 50 < 5 ? Number.NaN : value))]);
    const known = [{ name: 'plan', values: Float64Array.from({ length: 240 + horizon }, (_, at) => at % 7) }];
    return [
      { series: set, horizon, seasons: [24] },
      { series: { ...set, known }, horizon, seasons: [] },
    ];
  },
  bad: () => ({
    'a constant series': altered(() => 5),
    'an empty series': altered(() => Number.NaN),
    'a series of which 99 % is missing': altered((value, at) => (at % 100 === 7 ? value : Number.NaN)),
    'one value': altered((value, at) => (at === 100 ? value : Number.NaN)),
    infinities: altered((value, at) => [value, Number.POSITIVE_INFINITY, -1e300][at % 3]!),
    'three points': data([Float64Array.of(1, 2, 4)]),
    'three points, without a season': data([Float64Array.of(1, 2, 4)], []),
    'nothing at the beginning and at the end': altered((value, at) => (at < 50 || at > 200 ? Number.NaN : value)),
    'a season longer than the series': data([drawnLoad(60)], [168]),
  }),
  quick: ({ name }) => (name === 'gradient-boosting' ? { rounds: 20 } : {}),
  async says(fitted, { series }) {
    const means = await fitted.forecast(series, work);
    return means.flatMap((mean) => [...mean]);
  },
};
