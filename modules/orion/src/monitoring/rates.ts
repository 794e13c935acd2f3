import { seededRandom } from '@millwright/imaging';
import { poissonInterval } from '../numerics/poisson.ts';
import { quantileSorted } from '../numerics/quantile.ts';
import type { WeeklyRate } from './types.ts';

/** Events in some weeks, with the exact interval (Garwood 1936); its high end is `Number.MAX_VALUE` where nothing was watched yet. */
export function weeklyRate(count: number, weeks: number): WeeklyRate {
  const { low, high } = poissonInterval(count);
  const per = (events: number) => (weeks > 0 ? events / weeks : Number.MAX_VALUE);
  return { count, weeks, perWeek: weeks > 0 ? count / weeks : 0, low: weeks > 0 ? per(low) : 0, high: per(high) };
}

export interface LeadTime {
  readonly count: number;
  readonly medianHours: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 1000;

/** The median of lead times in hours with its 95 % interval by the bootstrap (Efron 1979, percentiles); undefined without any. */
export function leadTime(hours: readonly number[]): LeadTime | undefined {
  if (hours.length === 0) return undefined;
  const median = (values: Float64Array) => quantileSorted(values.sort(), 0.5);
  const next = seededRandom(1);
  const medians = Float64Array.from({ length: resamples }, () =>
    median(Float64Array.from(hours, () => hours[Math.floor(next() * hours.length)]!)),
  ).sort();
  return {
    count: hours.length,
    medianHours: median(Float64Array.from(hours)),
    low: quantileSorted(medians, 0.025),
    high: quantileSorted(medians, 0.975),
  };
}
