import type { Work } from '../learners/learner.ts';
import { historyOf } from './series-set.ts';
import type { Forecaster, ForecastKind, SeriesSet } from './types.ts';

/** Which moments of the past are forecast from. */
export interface BacktestPlan {
  readonly horizon: number;
  readonly seasons: readonly number[];
  /** Values that are known at each origin, rising. Nothing after it is seen by what forecasts from it. */
  readonly origins: readonly number[];
  /** Origins, by their place, at which the method learns anew from all that is known there; the first one always. */
  readonly refits?: readonly number[];
}

export interface BacktestMethod {
  readonly kind: ForecastKind;
  readonly settings: unknown;
  readonly seed: number;
}

/** Forecasts of the past: `forecasts[origin][series]` has `horizon` values. */
export interface Backtest {
  readonly plan: BacktestPlan;
  readonly forecasts: readonly (readonly Float64Array[])[];
}

/**
 * Forecasts with a rolling origin, in the order of time: what forecasts from an origin has learnt from, and is shown, only what was known
 * there (and known inputs up to its horizon). Throws what the method throws.
 */
export async function runBacktest(
  method: BacktestMethod,
  set: SeriesSet,
  plan: BacktestPlan,
  work: Work,
): Promise<Backtest> {
  const forecasts: Float64Array[][] = [];
  const silent = { ...work, progress: () => undefined };
  let fitted: Forecaster | undefined;
  for (const [place, origin] of plan.origins.entries()) {
    work.signal.throwIfAborted();
    work.progress(place / plan.origins.length);
    const history = historyOf(set, origin, plan.horizon);
    if (!fitted || plan.refits?.includes(place)) {
      const data = { series: history, horizon: plan.horizon, seasons: plan.seasons };
      fitted = await method.kind.fit(data, method.settings, method.seed, silent);
    }
    forecasts.push(await fitted.forecast(history, silent));
    await new Promise(setImmediate);
  }
  return { plan, forecasts };
}

const mostOrigins = 40;
/** Share of the values, at the end, that is forecast to measure. */
const measuredShare = 0.25;

/**
 * Origins for a series of this length: up to forty, evenly spaced over the last quarter, so that two seasons and as much as is forecast remain before the
 * first. None where there is no room for one.
 */
export function planOrigins(length: number, horizon: number, seasons: readonly number[], most = mostOrigins): number[] {
  const last = length - horizon;
  const least = Math.max(8, 2 * (seasons[0] ?? 1), Math.min(horizon, Math.floor(length / 3)));
  if (last < least) return [];
  const first = Math.max(least, Math.min(last, Math.floor(length * (1 - measuredShare))));
  const count = Math.min(most, last - first + 1);
  if (count === 1) return [last];
  const every = Math.floor((last - first) / (count - 1));
  return Array.from({ length: count }, (_, place) => last - (count - 1 - place) * every);
}
