import { timeAt } from '../series-set.ts';
import { estimate, loader } from './augurs.ts';
import { loadSmoothing, smoothAdjusted } from './ets.ts';
import { type LocalTask, localKind } from './local-kind.ts';
import { optimiseProphet } from './prophet-optimiser.ts';

const load = loader('prophet', () => import('@bsull/augurs/prophet'));
let Prophet: typeof import('@bsull/augurs/prophet').Prophet;

/** A trend with changes of slope, seasons as Fourier series, and known inputs as regressors; where it cannot be estimated, as ets. */
export const prophet = localKind({
  name: 'prophet',
  summary:
    'A trend with changes of slope, seasons as Fourier series and known inputs as regressors (Prophet, Taylor and Letham 2018), computed by augurs with an optimiser of its own.',
  least: () => 4,
  most: (seasons) => Math.max(300, Math.min(2000, 12 * (seasons.at(-1) ?? 25))),
  async prepare() {
    await Promise.all([load(), loadSmoothing()]);
    ({ Prophet } = await import('@bsull/augurs/prophet'));
  },
  extend(values, task) {
    const still = values.every((value) => value === values[0]);
    const made = values.length < 10 || still ? undefined : estimate(() => forecast(values, task));
    return made ?? smoothAdjusted(values, task.horizon, task.seasons);
  },
});

function forecast(values: Float64Array, { set, offset, horizon, seasons }: LocalTask): Float64Array {
  const off = { type: 'manual', enabled: false } as const;
  using model = new Prophet({
    optimizer: { optimize: optimiseProphet as never },
    ...{ yearlySeasonality: off, weeklySeasonality: off, dailySeasonality: off },
    ...{ uncertaintySamples: 0, nChangepoints: 15 },
  });
  const step = set.step / 86_400_000;
  for (const season of seasons.filter((steps) => 2 * steps <= values.length))
    model.addSeasonality(`season of ${season}`, {
      period: season * step,
      fourierOrder: Math.max(1, Math.min(8, Math.floor(season / 2) - 1)),
    });
  const inputs = set.known.filter(({ values: own }) => own.subarray(offset).every(Number.isFinite));
  for (const { name } of inputs) model.addRegressor(name);
  const times = (from: number, count: number) =>
    Array.from({ length: count }, (_, at) => Math.round(timeAt(set, from + at) / 1000));
  const known = (from: number, count: number) =>
    new Map(inputs.map(({ name, values: own }) => [name, [...own.subarray(from, from + count)]]));
  model.fit({ ds: times(offset, values.length), y: values, x: known(offset, values.length) });
  const told = model.predict({ ds: times(set.length, horizon), x: known(set.length, horizon) });
  return Float64Array.from(told.yhat.point);
}
