import { Temporal } from 'temporal-polyfill';
import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';

export const dayMilliseconds = 86_400_000;
const yearMilliseconds = 366 * dayMilliseconds;

/** Local time of a site over a period, from offsets looked up once; all times are milliseconds since 1970 UTC. */
export interface SiteClock {
  readonly timezone: string;
  /** Local minus UTC in milliseconds. */
  offsetAt(time: number): number;
  /** Days since 1970-01-01 of the local calendar. */
  dayOf(time: number): number;
  /** First instant of a local day (not always 00:00: some zones skip midnight). */
  startOfDay(day: number): number;
  /** Minutes since 00:00 on the local clock, 0 to below 1440. */
  minuteOfDay(time: number): number;
  /** ISO 8601 with offset, to the second (milliseconds only where there are some). */
  iso(time: number): string;
  /** Instant of a local date and time as text (`2024-03-31`, `2024-03-31T12:00`); skipped times move on, repeated ones mean the first. */
  instantOf(local: string): number;
}

/** ISO weekday of a local day: 1 Monday to 7 Sunday. 1970-01-01 was a Thursday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** `YYYY-MM-DD` of a local day. */
export function dateOf(day: number): string {
  return new Date(day * dayMilliseconds).toISOString().slice(0, 10);
}

interface ZoneTable {
  readonly from: number;
  readonly to: number;
  /** Times at which an offset begins, ascending; the first is `from`. */
  readonly starts: number[];
  readonly offsets: number[];
}

// One table per zone, grown to the years asked for: a year of readings of fifty meters then costs two Temporal calls.
const tables = new Map<string, ZoneTable>();

function zonedTime(time: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(time)).toZonedDateTimeISO(timezone);
}

function readTable(timezone: string, from: number, to: number): ZoneTable {
  const starts = [from];
  let zoned = zonedTime(from, timezone);
  const offsets = [zoned.offsetNanoseconds / 1e6];
  for (;;) {
    const next = zoned.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > to) break;
    starts.push(next.epochMilliseconds);
    offsets.push(next.offsetNanoseconds / 1e6);
    zoned = next;
  }
  return { from, to, starts, offsets };
}

function tableFor(timezone: string, from: number, to: number): ZoneTable {
  const known = tables.get(timezone);
  if (known && known.from <= from && known.to >= to) return known;
  const table = readTable(timezone, Math.min(from, known?.from ?? from), Math.max(to, known?.to ?? to));
  tables.set(timezone, table);
  return table;
}

/** Throws ENERGY_TIMEZONE_UNKNOWN, or ENERGY_PERIOD_INVALID for an empty, reversed or absurdly long period. */
export function siteClock(timezone: string, from: number, to: number): SiteClock {
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to)
    throw energyErrors.ENERGY_PERIOD_INVALID({ reason: energyReasons['period-empty']() });
  if (to - from > 50 * yearMilliseconds)
    throw energyErrors.ENERGY_PERIOD_INVALID({ reason: energyReasons['period-long']() });
  let table: ZoneTable;
  try {
    // Whole years around the period, so that neighbouring periods share a table.
    const first = Math.floor(from / yearMilliseconds - 1) * yearMilliseconds;
    const last = Math.ceil(to / yearMilliseconds + 1) * yearMilliseconds;
    table = tableFor(timezone, first, last);
  } catch (cause) {
    throw energyErrors.ENERGY_TIMEZONE_UNKNOWN({ timezone }, cause);
  }
  const { starts, offsets } = table;
  let last = 0;
  const offsetAt = (time: number) => {
    if (time < table.from || time > table.to) return zonedTime(time, timezone).offsetNanoseconds / 1e6;
    while (last > 0 && time < starts[last]!) last--;
    while (last + 1 < starts.length && time >= starts[last + 1]!) last++;
    return offsets[last]!;
  };
  const dayStarts = new Map<number, number>();
  const instantOf = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(timezone, { disambiguation: 'compatible' }).epochMilliseconds;
  return {
    timezone,
    offsetAt,
    instantOf,
    dayOf: (time) => Math.floor((time + offsetAt(time)) / dayMilliseconds),
    startOfDay: (day) => {
      let start = dayStarts.get(day);
      if (start === undefined) {
        start = Temporal.PlainDate.from(dateOf(day)).toZonedDateTime(timezone).epochMilliseconds;
        dayStarts.set(day, start);
      }
      return start;
    },
    minuteOfDay: (time) => {
      const local = time + offsetAt(time);
      return (local - Math.floor(local / dayMilliseconds) * dayMilliseconds) / 60_000;
    },
    iso: (time) => {
      const offset = offsetAt(time);
      const text = new Date(time + offset).toISOString().replace('.000Z', '').replace('Z', '');
      const minutes = Math.round(Math.abs(offset) / 60_000);
      const two = (part: number) => String(part).padStart(2, '0');
      return `${text}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    },
  };
}
