import { describe, expect, it } from 'vitest';
import { learnerKind } from '../../learners/registry.ts';
import { drawnLoad, setOf } from '../test/drawn-series.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const horizon = 24;

/** Mean absolute error of a forecast of the last values, in parts of their deviation. */
async function errorOf(name: string, values: Float64Array, plan?: Float64Array): Promise<number> {
  const kind = await learnerKind('forecasting', name);
  const length = values.length - horizon;
  const series = setOf([values.subarray(0, length)], plan ? { known: [{ name: 'plan', values: plan }] } : {});
  const fitted = await kind.fit({ series, horizon, seasons: [24, 168] }, {}, 1, work);
  const [mean] = await fitted.forecast(series, work);
  const actual = values.subarray(length);
  const middle = actual.reduce((sum, one) => sum + one, 0) / horizon;
  const spread = actual.reduce((sum, one) => sum + Math.abs(one - middle), 0) / horizon;
  return actual.reduce((sum, one, step) => sum + Math.abs(one - mean![step]!), 0) / horizon / spread;
}

describe.each(['ets', 'mstl', 'prophet', 'gradient-boosting'])('%s', (name) => {
  it('follows day, week and trend', async () => {
    expect(await errorOf(name, drawnLoad(1032, 3))).toBeLessThan(0.35);
  });
});

it('prophet follows what is known ahead', async () => {
  const plan = Float64Array.from({ length: 624 }, (_, at) => (Math.floor(at / 12) % 5 === 3 ? 100 : 0));
  const values = drawnLoad(624, 4).map((value, at) => value + plan[at]!);
  expect(await errorOf('prophet', values, plan)).toBeLessThan(0.5 * (await errorOf('prophet', values)));
});
