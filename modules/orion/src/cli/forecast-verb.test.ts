import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawnLoad } from '../forecasting/test/drawn-series.ts';
import { type ForecastSummary, forecastMethod } from './forecast-method.ts';
import { forecastVerb } from './forecast-verb.ts';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forecast-'));
  file = join(folder, 'load.csv');
  const [load, other] = [drawnLoad(300), drawnLoad(300, 2)];
  const rows = Array.from(
    load,
    (value, at) => `${new Date(Date.UTC(2024, 0, 1, at)).toISOString()},${value},${other[at]},${at % 9}`,
  );
  await writeFile(file, `time,load,other,plan\n${rows.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(options: VerbContext['options']) {
  const context = {
    arguments: { FILE: file },
    options: { horizon: '12', evidence: join(folder, 'out.evidence.json'), ...options },
    ...{ folder: join(folder, 'cache'), signal: new AbortController().signal, progress: () => undefined },
  } as unknown as VerbContext;
  return (await forecastVerb.run(context)) as ForecastSummary & { file: string; evidence: string };
}

it('forecasts a column, with evidence that is proved when it is run again', async () => {
  const answer = await run({ target: 'load', method: 'ridge' });
  expect(answer.forecast).toHaveLength(12);
  expect(answer.forecast[0]!.time).toBe(new Date(Date.UTC(2024, 0, 1, 300)).toISOString());
  expect(Object.keys(answer.quantiles)).toEqual(['0.1', '0.5', '0.9']);
  expect(answer.backtest).toMatchObject({ yardstick: { method: 'seasonal-naive' } });
  expect(answer.backtest!.mase!).toBeLessThan(answer.backtest!.yardstick.mase!);
  const [head, ...rows] = (await readFile(answer.file, 'utf8')).trim().split('\n');
  expect([head, rows.length]).toEqual(['time,load,load 0.1,load 0.5,load 0.9', 12]);
  const proof = await verifyEvidenceFile(answer.evidence, {
    methodOf: async (id) => (id === forecastMethod.id ? forecastMethod : undefined),
    signal: new AbortController().signal,
  });
  expect(proof).toMatchObject({ status: 'proved' });
  expect(forecastVerb.print!(answer as never)).toContain('seasonal-naive');
});

it('forecasts all columns but those known ahead', async () => {
  const future = join(folder, 'future.csv');
  const rows = Array.from(
    { length: 12 },
    (_, at) => `${new Date(Date.UTC(2024, 0, 1, 300 + at)).toISOString()},${(300 + at) % 9}`,
  );
  await writeFile(future, `time,plan\n${rows.join('\n')}\n`);
  const answer = await run({
    target: 'ALL',
    future,
    method: 'ridge',
    calendar: 'CN',
    timezone: 'Asia/Shanghai',
    season: '24',
  });
  expect(answer.series.map(({ name }) => name)).toEqual(['load', 'other']);
  expect(answer.notes.map(({ code }) => code)).toContain('forecast.calendar-known-to');
});

it('makes meters add up to their site', async () => {
  const hierarchy = JSON.stringify({ site: ['load', 'other'] });
  const answer = await run({ target: 'load,other', hierarchy, method: 'ridge' });
  const [load, other, site] = answer.series.map(({ forecast }) => forecast.map(({ value }) => value));
  expect(answer.series.map(({ name }) => name)).toEqual(['load', 'other', 'site']);
  for (const [step, value] of site!.entries()) expect(value).toBeCloseTo(load![step]! + other![step]!, 9);
});

it.each([
  [{ target: 'load', hierarchy: '{"site":["heat"]}' }, 'ORION_OPTION_INVALID'],
  [{ target: 'heat' }, 'ORION_COLUMN_UNKNOWN'],
  [{ target: 'load', horizon: '0' }, 'ORION_OPTION_INVALID'],
  [{ target: 'load', quantiles: '0.5,2' }, 'ORION_OPTION_INVALID'],
  [{ target: 'load', calendar: 'XX' }, 'ORION_OPTION_INVALID'],
  [{ target: 'load', method: 'arima' }, 'ORION_LEARNER_UNKNOWN'],
  [{ target: 'load', method: 'ridge', settings: '{"lookback":-1}' }, 'ORION_SETTINGS_INVALID'],
  [{ target: 'load', timezone: 'Mars/Base' }, 'FILE_TIME_ZONE_UNKNOWN'],
])('says what is wrong with %j', async (options, code) => {
  await expect(run(options)).rejects.toMatchObject({ code });
});
