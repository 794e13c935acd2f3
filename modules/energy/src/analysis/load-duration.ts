import type { DemandProfile } from './demand-profile.ts';
import { ascending } from './percentile.ts';

export interface LoadDuration {
  readonly unit: string;
  /** `demand[i]` was reached or exceeded during `hours[i]` hours; demand falls, hours rise. */
  readonly demand: number[];
  readonly hours: number[];
}

/** Load duration curve of the known intervals, thinned to at most `points` (highest and lowest always kept). */
export function loadDuration(profile: DemandProfile, points = 500): LoadDuration {
  const values = ascending(profile.demand);
  const size = Math.min(values.length, Math.max(2, points));
  const demand: number[] = [];
  const hours: number[] = [];
  for (let point = 0; point < size; point++) {
    const rank = size === 1 ? 0 : Math.round((point * (values.length - 1)) / (size - 1));
    demand.push(values[values.length - 1 - rank]!);
    hours.push(((rank + 1) * profile.grid.step) / 3_600_000);
  }
  return { unit: profile.unit, demand, hours };
}
