import { Temporal } from 'temporal-polyfill';
import { dayMs, slotMs, slotsPerDay } from './time-grid.ts';

/** `start` and `end` as HH:MM local time on a quarter hour; an end at or before the start lies on the next day. */
export interface Shift {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  /** Days on which the shift begins: 1 Monday to 7 Sunday. */
  readonly weekdays: readonly number[];
}

export interface CalendarDay {
  /** Local hour of the day, 0 to 24, at the start of each slot. */
  readonly hour: Float64Array;
  /** 0 to 1 through the local year. */
  readonly yearFraction: Float64Array;
  /** 1 while a shift works, the site's holiday factor on a holiday, else 0. */
  readonly staffed: Float64Array;
}

const firstYear = 2015;
const lastYear = 2045;

/** First day of the lunar new year; the table is the Hong Kong Observatory's. */
const springFestivals = [
  '2015-02-19',
  '2016-02-08',
  '2017-01-28',
  '2018-02-16',
  '2019-02-05',
  '2020-01-25',
  '2021-02-12',
  '2022-02-01',
  '2023-01-22',
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
  '2035-02-08',
];

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

function isoDate(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Easter Sunday of the Gregorian calendar (anonymous algorithm, as printed by Meeus 1991) as a day number. */
function easter(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1) / dayMs;
}

/** Days on which the works stand: statutory holidays, and the shutdown between the years in Hamburg. */
export function holidays(country: 'CN' | 'DE'): string[] {
  const days = new Set<string>();
  if (country === 'CN') {
    for (const first of springFestivals) for (let i = -1; i < 7; i++) days.add(isoDate(dayNumber(first) + i));
  }
  for (let year = firstYear; year <= lastYear; year++) {
    const fixed =
      country === 'CN'
        ? ['01-01', '05-01', '05-02', '05-03', '10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07']
        : ['01-01', '05-01', '10-03', '10-31', '12-24', '12-25', '12-26', '12-27', '12-28', '12-29', '12-30', '12-31'];
    for (const date of fixed) days.add(`${year}-${date}`);
    // Good Friday, Easter Monday, Ascension, Whit Monday.
    if (country === 'DE') for (const offset of [-2, 1, 39, 50]) days.add(isoDate(easter(year) + offset));
  }
  return [...days].sort();
}

function slotOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) / 15;
}

/** One week of slots, Monday first: 1 where a shift works. */
function staffedWeek(shifts: readonly Shift[]): Uint8Array {
  const week = new Uint8Array(7 * slotsPerDay);
  for (const shift of shifts) {
    const start = slotOfDay(shift.start);
    const length = ((slotOfDay(shift.end) - start + slotsPerDay - 1) % slotsPerDay) + 1;
    for (const weekday of shift.weekdays) {
      for (let i = 0; i < length; i++) week[((weekday - 1) * slotsPerDay + start + i) % week.length] = 1;
    }
  }
  return week;
}

/** What the clock on a site's wall says, and whether anybody works, for each slot of a UTC day. */
export class Calendar {
  readonly #zone: string;
  readonly #week: Uint8Array;
  readonly #holidays: ReadonlySet<number>;
  readonly #holidayFactor: number;
  readonly #days = new Map<number, CalendarDay>();
  #offsetMs = 0;
  #offsetFrom = Number.POSITIVE_INFINITY;
  #offsetUntil = Number.NEGATIVE_INFINITY;

  constructor(zone: string, shifts: readonly Shift[], holidayDates: readonly string[], holidayFactor: number) {
    this.#zone = zone;
    this.#week = staffedWeek(shifts);
    this.#holidays = new Set(holidayDates.map(dayNumber));
    this.#holidayFactor = holidayFactor;
  }

  day(day: number): CalendarDay {
    let found = this.#days.get(day);
    if (found === undefined) {
      found = this.#compute(day);
      this.#days.set(day, found);
    }
    return found;
  }

  /** Milliseconds that local time is ahead of UTC. Asking Temporal is slow, so an answer is kept until the clocks change. */
  #offset(timeMs: number): number {
    if (timeMs >= this.#offsetFrom && timeMs < this.#offsetUntil) return this.#offsetMs;
    const zoned = Temporal.Instant.fromEpochMilliseconds(timeMs).toZonedDateTimeISO(this.#zone);
    this.#offsetMs = zoned.offsetNanoseconds / 1_000_000;
    this.#offsetFrom = timeMs;
    this.#offsetUntil = zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
    return this.#offsetMs;
  }

  #compute(day: number): CalendarDay {
    const hour = new Float64Array(slotsPerDay);
    const yearFraction = new Float64Array(slotsPerDay);
    const staffed = new Float64Array(slotsPerDay);
    const start = day * dayMs;
    for (let s = 0; s < slotsPerDay; s++) {
      const local = start + s * slotMs + this.#offset(start + s * slotMs);
      const localDay = Math.floor(local / dayMs);
      const slot = (local - localDay * dayMs) / slotMs;
      hour[s] = slot / 4;
      yearFraction[s] = (localDay / 365.2425) % 1;
      // 1970-01-01 was a Thursday, the fourth day of a week that begins on Monday.
      const works = this.#week[((localDay + 3) % 7) * slotsPerDay + slot];
      staffed[s] = works === 0 ? 0 : this.#holidays.has(localDay) ? this.#holidayFactor : 1;
    }
    return { hour, yearFraction, staffed };
  }
}
