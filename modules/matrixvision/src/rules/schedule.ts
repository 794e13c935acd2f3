import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { ruleNotes } from './notes.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, ruleNotes.clock().text);

const isZone = (zone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

const windowSchema = z.strictObject({
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .max(7)
    .default([...weekdays]),
  from: clock.default('00:00'),
  to: clock.default('24:00').describe('Before or equal to from: on the next day'),
});

export const scheduleSchema = z.strictObject({
  zone: z.string().refine(isZone, ruleNotes.zone().text),
  windows: z.array(windowSchema).min(1).max(50),
});
export type Schedule = z.output<typeof scheduleSchema>;

const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/**
 * Whether a schedule is in force at a moment. A window over midnight belongs to the day on which it begins. The clock is
 * the zone's: an hour that summer time skips is not there, one that it repeats counts both times.
 */
export function createSchedule({ zone, windows }: Schedule): (time: number) => boolean {
  const known = windows.map(({ days, from, to }) => ({
    days: new Set(days.map((day) => weekdays.indexOf(day) + 1)),
    from: minutes(from),
    to: minutes(to),
  }));
  // Nothing changes within a minute of the clock, and every zone's offset is of whole minutes since 1972.
  let minute = Number.NaN;
  let answer = false;
  return (time) => {
    const now = Math.floor(time / 60_000);
    if (now === minute) return answer;
    const local = Temporal.Instant.fromEpochMilliseconds(now * 60_000).toZonedDateTimeISO(zone);
    const at = local.hour * 60 + local.minute;
    const today = local.dayOfWeek;
    const yesterday = today === 1 ? 7 : today - 1;
    answer = known.some(({ days, from, to }) =>
      from < to
        ? days.has(today) && at >= from && at < to
        : (days.has(today) && at >= from) || (days.has(yesterday) && at < to),
    );
    minute = now;
    return answer;
  };
}
