import { Temporal } from 'temporal-polyfill';
import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';

const pattern = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Milliseconds since 1970 of an ISO 8601 time. Without an offset it is on the site's clock, and a date alone is its
 * local midnight; a time that the clock skips moves on, one that it repeats means the first.
 * Throws ENERGY_TIME_INVALID.
 */
export function siteTime(text: string, timezone: string): number {
  try {
    if (!pattern.test(text)) throw new RangeError('not of this form');
    if (/(Z|[+-]\d{2}:?\d{2})$/.test(text) && text.includes('T')) return Temporal.Instant.from(text).epochMilliseconds;
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timezone, { disambiguation: 'compatible' })
      .epochMilliseconds;
  } catch (error) {
    throw energyErrors.ENERGY_TIME_INVALID({ time: text }, error);
  }
}

/** Two times of a site as a period. Throws ENERGY_TIME_INVALID or ENERGY_PERIOD_INVALID. */
export function sitePeriod(period: { from: string; to: string }, timezone: string): { from: number; to: number } {
  const [from, to] = [siteTime(period.from, timezone), siteTime(period.to, timezone)];
  if (from >= to)
    throw energyErrors.ENERGY_PERIOD_INVALID({
      reason: energyReasons['period-reversed']({ from: period.from, to: period.to }),
    });
  return { from, to };
}
