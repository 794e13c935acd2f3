import { timeAt } from '../series-set.ts';
import type { KnownInput, SeriesSet } from '../types.ts';
import type { HolidayCalendar } from './calendars.ts';
import { LocalClock } from './local-clock.ts';

const day = 86_400_000;

/**
 * What a calendar says of each step of the set and of `horizon` more, on the clock of the set's zone: `holiday` is 1 on public holidays and the
 * days off around them, `day off` 1 on these and on Saturdays and Sundays that are not worked. A step of days or longer counts by the day it begins.
 */
export function calendarInputs(set: SeriesSet, horizon: number, calendar: HolidayCalendar): KnownInput[] {
  const clock = new LocalClock(set.timezone);
  const length = set.length + horizon;
  const holiday = new Float64Array(length);
  const off = new Float64Array(length);
  const years = new Map<number, { holidays: ReadonlySet<number>; worked: ReadonlySet<number> }>();
  for (let at = 0; at < length; at++) {
    const midnight = Math.floor(clock.wall(timeAt(set, at)) / day) * day;
    const date = new Date(midnight);
    const year = date.getUTCFullYear();
    let days = years.get(year);
    if (!days) {
      days = { holidays: calendar.holidays(year), worked: calendar.worked(year) };
      years.set(year, days);
    }
    const weekend = date.getUTCDay() % 6 === 0 && !days.worked.has(midnight);
    holiday[at] = days.holidays.has(midnight) ? 1 : 0;
    off[at] = weekend || holiday[at] === 1 ? 1 : 0;
  }
  return [
    { name: 'holiday', values: holiday },
    { name: 'day off', values: off },
  ];
}
