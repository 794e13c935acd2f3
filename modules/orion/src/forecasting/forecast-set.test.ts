import { describe, expect, it } from 'vitest';
import { learnerKind, learnerNames } from '../learners/registry.ts';
import { planOrigins, runBacktest } from './backtest.ts';
import { forecastSet } from './forecast-set.ts';
import { findSeasons } from './season.ts';
import { drawnLoad, hour, setOf } from './test/drawn-series.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const options = { horizon: 24, method: 'auto', quantiles: [0.1, 0.5, 0.9], seed: 1 };

describe('planOrigins', () => {
  it('measures on the last quarter and ends where the last forecast can be compared', () => {
    const origins = planOrigins(1000, 24, [24]);
    expect(origins.at(-1)).toBe(976);
    expect(origins[0]).toBeGreaterThanOrEqual(750);
    expect(origins).toEqual(origins.toSorted((a, b) => a - b));
  });

  it('has none where nothing would be left to learn from', () => expect(planOrigins(20, 15, [])).toEqual([]));
});

describe('a back-test', () => {
  it.each(learnerNames('forecasting'))('of %s does not change with what came after its origins', async (name) => {
    const length = 400;
    const values = drawnLoad(length);
    const plan = { horizon: 12, seasons: [24], origins: [300, 320, 340], refits: [1] };
    const kind = await learnerKind('forecasting', name);
    const known = [{ name: 'plan', values: Float64Array.from({ length: length + 12 }, (_, at) => (at * 7) % 5) }];
    const run = (from: number) => {
      // What lies from there on is replaced, known inputs beyond the horizon too.
      const altered = values.map((value, at) => (at < from ? value : 1e6 * ((at * 31) % 7)));
      const plans = known.map(({ name, values }) => ({
        name,
        values: values.map((value, at) => (at < from + 12 ? value : 1e6)),
      }));
      return runBacktest(
        { kind, settings: name === 'gradient-boosting' ? { rounds: 10 } : {}, seed: 1 },
        setOf([altered], { known: plans }),
        plan,
        work,
      );
    };
    const [whole, cut] = [await run(length), await run(320)];
    expect(cut.forecasts.slice(0, 2)).toEqual(whole.forecasts.slice(0, 2));
  });
});

describe('forecastSet', () => {
  it('finds day and week, beats the yardstick, and covers what came', async () => {
    const values = drawnLoad(700, 3, 3);
    const set = setOf([values.subarray(0, 600)]);
    expect(findSeasons(set)).toEqual([24, 168]);
    const { forecasts, tried } = await forecastSet(set, options, work);
    const [made] = forecasts;
    expect(made!.backtest!.better).toBeGreaterThan(0.1);
    expect(tried.map(({ method }) => method)).toEqual(
      expect.arrayContaining(['seasonal-naive', 'naive', 'drift', 'ridge']),
    );
    let inside = 0;
    for (let step = 0; step < 24; step++) {
      const value = values[600 + step]!;
      if (made!.quantiles[0]![step]! <= value && value <= made!.quantiles[2]![step]!) inside += 1;
    }
    expect(inside).toBeGreaterThanOrEqual(15);
    for (const { quantile, found } of made!.backtest!.coverage) expect(Math.abs(found - quantile)).toBeLessThan(0.2);
  });

  it('follows what is known ahead', async () => {
    const length = 900;
    const plan = Float64Array.from({ length: length + 24 }, (_, at) => (Math.floor(at / 24) % 5 === 3 ? 100 : 0));
    const values = drawnLoad(length, 4).map((value, at) => value + plan[at]!);
    const method = { ...options, method: 'ridge' };
    const blind = await forecastSet(setOf([values]), method, work);
    const told = await forecastSet(setOf([values], { known: [{ name: 'plan', values: plan }] }), method, work);
    expect(told.forecasts[0]!.backtest!.mae).toBeLessThan(0.5 * blind.forecasts[0]!.backtest!.mae!);
    expect(told.notes.map(({ code }) => code)).toContain('forecast.known-as-perfect');
  });

  it('gives three points the yardstick, and says that nothing was measured', async () => {
    const { forecasts, notes } = await forecastSet(setOf([Float64Array.of(1, 2, 4)]), { ...options, horizon: 2 }, work);
    expect(forecasts[0]).toMatchObject({ method: 'seasonal-naive', mean: Float64Array.of(4, 4), backtest: null });
    expect(forecasts[0]!.quantiles[0]![1]).toBeLessThan(forecasts[0]!.quantiles[0]![0]!);
    expect(notes.map(({ code }) => code)).toContain('forecast.no-backtest');
  });

  it('says which methods there are', async () => {
    await expect(forecastSet(setOf([drawnLoad(100)]), { ...options, method: 'arima' }, work)).rejects.toMatchObject({
      code: 'ORION_LEARNER_UNKNOWN',
    });
  });

  it('stops when it is told to', async () => {
    const own = { ...work, signal: AbortSignal.abort() };
    await expect(forecastSet(setOf([drawnLoad(300)]), options, own)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('findSeasons', () => {
  it('finds none in noise, and one that no clock makes', () => {
    const noise = Float64Array.from({ length: 500 }, (_, t) => (Math.sin(t * t * 12.9898) * 43758.5453) % 1);
    expect(findSeasons(setOf([noise]))).toEqual([]);
    const turning = Float64Array.from({ length: 500 }, (_, t) => Math.sin((2 * Math.PI * t) / 17) + 0.2 * noise[t]!);
    expect(findSeasons(setOf([turning], { step: hour / 7 }))).toEqual([17]);
  });
});
