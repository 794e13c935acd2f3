import { energyErrors } from '../errors.ts';
import { type SiteClock, siteClock } from './site-clock.ts';

export const gridMinutes = [15, 30, 60] as const;
export type IntervalMinutes = (typeof gridMinutes)[number];

export interface Period {
  /** Milliseconds since 1970 UTC, inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export interface GridRequest extends Period {
  readonly intervalMinutes: IntervalMinutes;
  /** IANA name. */
  readonly timezone: string;
}

/**
 * Equal intervals that begin on full quarters, halves or hours of the site's clock. Intervals are equal in real time,
 * so the day of a clock change has 23 or 25 hours of them. Where a zone moves its clock by half an hour (Lord Howe),
 * hourly intervals stay on the phase that `from` had.
 */
export interface Grid {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  readonly count: number;
  readonly intervalMinutes: IntervalMinutes;
  readonly clock: SiteClock;
  /** True when the period asked for did not begin and end on the grid and was widened to it. */
  readonly widened: boolean;
}

export function makeGrid({ from, to, intervalMinutes, timezone }: GridRequest): Grid {
  if (!gridMinutes.includes(intervalMinutes))
    throw energyErrors.ENERGY_INTERVAL_INVALID({ interval: `${intervalMinutes} min` });
  const clock = siteClock(timezone, from, to);
  const step = intervalMinutes * 60_000;
  const offset = clock.offsetAt(from);
  const start = Math.floor((from + offset) / step) * step - offset;
  const count = Math.ceil((to - start) / step);
  const end = start + count * step;
  return { start, end, step, count, intervalMinutes, clock, widened: start !== from || end !== to };
}
