import type { DemandProfile } from './demand-profile.ts';
import { ascending, percentile } from './percentile.ts';

/**
 * - `percentile-5` (default): the demand exceeded 95 % of the covered time, the foot of the load duration curve. A few
 *   zeros of a power cut or a lost reading do not move it, missing days bias it little, and it needs no calendar.
 * - `near-base`: the 2.5th percentile of each local day, median over the days. Price, Methods for Analyzing Electric
 *   Load Shape and its Variability, LBNL-3713E (2010), takes the 2.5th percentile of a day rather than its minimum,
 *   because the minimum of a meter is often an artefact. Higher for plants that close on weekends.
 * - `daily-minimum`: median over the local days of the lowest interval.
 *
 * Days of which less than half is covered are left out of the daily methods.
 */
export const baseLoadMethods = ['percentile-5', 'near-base', 'daily-minimum'] as const;
export type BaseLoadMethod = (typeof baseLoadMethods)[number];

function ofDays({ grid, demand }: DemandProfile, percent: number): number[] {
  const found: number[] = [];
  const { clock, start, step, count } = grid;
  for (let index = 0; index < count; ) {
    const nextDay = clock.startOfDay(clock.dayOf(start + index * step) + 1);
    const end = Math.min(count, Math.max(index + 1, Math.ceil((nextDay - start) / step)));
    const values = ascending(demand.slice(index, end));
    if (values.length > 0 && values.length * step >= 12 * 3_600_000) found.push(percentile(values, percent));
    index = end;
  }
  return found;
}

/** Base load in the profile's unit (kW for electricity); null when no interval (or, for daily methods, no day) is known. */
export function baseLoad(profile: DemandProfile, method: BaseLoadMethod = 'percentile-5'): number | null {
  const value =
    method === 'percentile-5'
      ? percentile(ascending(profile.demand), 5)
      : percentile(ascending(Float64Array.from(ofDays(profile, method === 'near-base' ? 2.5 : 0))), 50);
  return Number.isNaN(value) ? null : value;
}
