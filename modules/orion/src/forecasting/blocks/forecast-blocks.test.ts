import { expect, it } from 'vitest';
import { drawnLoad, setOf } from '../test/drawn-series.ts';
import { blockSeries, forecastBlocks } from './forecast-blocks.ts';

const options = { horizon: 6, method: 'drift', seasons: [24], quantiles: [0.5], seed: 1 };
const set = setOf(Array.from({ length: blockSeries + 3 }, (_, at) => drawnLoad(120, at + 1)));
const work = { signal: new AbortController().signal, progress: () => undefined };

it('forecasts many series in blocks, the same on any number of threads', async () => {
  const alone = await forecastBlocks(set, options, work);
  expect(alone.forecasts.map(({ series }) => series)).toEqual(set.names);
  expect(await forecastBlocks(set, options, { ...work, threads: 2 })).toEqual(alone);
});

it('says on threads what is wrong, and stops', async () => {
  const threads = { ...work, threads: 2 };
  await expect(forecastBlocks(set, { ...options, method: 'arima' }, threads)).rejects.toMatchObject({
    code: 'ORION_LEARNER_UNKNOWN',
  });
  const stopped = AbortSignal.timeout(1);
  await expect(forecastBlocks(set, options, { ...threads, signal: stopped })).rejects.toThrow();
});
