import { sortedKnown } from '../numerics/quantile.ts';
import type { Backtest } from './backtest.ts';
import type { SeriesSet } from './types.ts';

/** Errors that a quantile of a step is taken from, at least where there are as many: steps beside it lend theirs. */
const wantedErrors = 60;

/**
 * By how much each quantile lies above the forecast, step by step, from errors that forecasts of the past made at that step (split conformal, Vovk
 * et al. 2005; steps beside lend theirs where they are few). `origins` are places in the back-test's plan.
 */
export function quantileOffsets(
  backtest: Backtest,
  set: SeriesSet,
  series: number,
  quantiles: readonly number[],
  origins: readonly number[],
): Float64Array[] {
  const { horizon } = backtest.plan;
  const offsets = quantiles.map(() => new Float64Array(horizon));
  const reach = Math.ceil((wantedErrors / Math.max(1, origins.length) - 1) / 2);
  for (let step = 0; step < horizon; step++) {
    const from = Math.max(0, step - reach);
    const to = Math.min(horizon - 1, step + reach);
    const errors = new Float64Array(origins.length * (to - from + 1));
    let count = 0;
    for (const place of origins) {
      const forecast = backtest.forecasts[place]![series]!;
      const origin = backtest.plan.origins[place]!;
      for (let near = from; near <= to; near++) errors[count++] = set.values[series]![origin + near]! - forecast[near]!;
    }
    const sorted = sortedKnown(errors);
    for (const [at, quantile] of quantiles.entries()) offsets[at]![step] = conformal(sorted, quantile);
  }
  return offsets;
}

/** The quantile of one more error after these: outwards by what their number leaves open. */
function conformal(sorted: Float64Array, quantile: number): number {
  const n = sorted.length;
  if (n === 0) return 0;
  const rank = quantile >= 0.5 ? Math.ceil((n + 1) * quantile) : Math.floor((n + 1) * quantile);
  return sorted[Math.min(n, Math.max(1, rank)) - 1]!;
}

export interface Coverage {
  readonly quantile: number;
  /** Share of the values at or below it. */
  readonly found: number;
  readonly values: number;
}

/** Share of the values that lay at or below each quantile, in origins that the quantiles were not taken from. */
export function coverageOf(
  backtest: Backtest,
  set: SeriesSet,
  series: number,
  quantiles: readonly number[],
  offsets: readonly Float64Array[],
  origins: readonly number[],
): Coverage[] {
  return quantiles.map((quantile, at) => {
    let [below, count] = [0, 0];
    for (const place of origins) {
      const forecast = backtest.forecasts[place]![series]!;
      const origin = backtest.plan.origins[place]!;
      for (let step = 0; step < forecast.length; step++) {
        const value = set.values[series]![origin + step]!;
        if (!Number.isFinite(value)) continue;
        count += 1;
        if (value <= forecast[step]! + offsets[at]![step]!) below += 1;
      }
    }
    return { quantile, found: count === 0 ? 0 : below / count, values: count };
  });
}
