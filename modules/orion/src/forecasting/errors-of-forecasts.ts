import type { Backtest } from './backtest.ts';
import type { SeriesSet } from './types.ts';

/** How far forecasts were off; null where there was nothing to compare. */
export interface ForecastErrors {
  readonly mse: number | null;
  readonly mae: number | null;
  /** MAE in parts of the seasonal naive's one season ahead on what was known at the first origin (Hyndman and Koehler 2006). */
  readonly mase: number | null;
}

/** Errors of one series over origins `from` up to before `to`. Gaps are not compared. */
export function errorsOf(
  { plan, forecasts }: Backtest,
  set: SeriesSet,
  series: number,
  scale: number,
  from = 0,
  to = plan.origins.length,
): ForecastErrors {
  const values = set.values[series]!;
  let [count, square, absolute] = [0, 0, 0];
  for (let place = from; place < to; place++) {
    const forecast = forecasts[place]![series]!;
    const origin = plan.origins[place]!;
    for (let step = 0; step < plan.horizon; step++) {
      const error = values[origin + step]! - forecast[step]!;
      if (!Number.isFinite(error)) continue;
      count += 1;
      square += error * error;
      absolute += Math.abs(error);
    }
  }
  if (count === 0) return { mse: null, mae: null, mase: null };
  const mae = absolute / count;
  return { mse: square / count, mae, mase: scale > 0 ? mae / scale : null };
}

/** Mean absolute change over one season in the first `length` values: what MASE is measured in. 0 where nothing changes. */
export function seasonalScale(values: Float64Array, length: number, season: number): number {
  const lag = season < length ? season : 1;
  let [count, sum] = [0, 0];
  for (let t = lag; t < length; t++) {
    const change = values[t]! - values[t - lag]!;
    if (!Number.isFinite(change)) continue;
    count += 1;
    sum += Math.abs(change);
  }
  return count === 0 ? 0 : sum / count;
}
