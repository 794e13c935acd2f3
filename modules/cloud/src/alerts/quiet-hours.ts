import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** When a channel keeps still. */
export const quietHoursSchema = z.strictObject({
  /** IANA time zone that the windows are meant in. */
  zone: z.string().min(1).max(100),
  windows: z
    .array(
      z.strictObject({
        /** Days on which the window begins: 1 is Monday, 7 Sunday. */
        days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
        /** `22:00`; up to `to` of the next day when that is not later in the day. */
        from: clock,
        to: clock,
      }),
    )
    .min(1)
    .max(20),
  /** What is critical goes out at once all the same. */
  criticalThrough: z.boolean().default(true),
});
export type QuietHours = z.output<typeof quietHoursSchema>;

const dayMs = 86_400_000;
/** Longer than any week, with a day to spare for a clock that is set back. */
const longest = 8 * dayMs;

/**
 * The end of the quiet time that `now` lies in, windows that touch or overlap taken as one; undefined outside of it.
 * At most eight days ahead: windows that never leave a gap would have no end.
 */
export function quietUntil(quiet: QuietHours, now: number): number | undefined {
  let end = now;
  for (;;) {
    const next = endOfWindow(quiet, end);
    if (next === undefined || end - now > longest) return end === now ? undefined : end;
    end = next;
  }
}

/** Whether the windows leave no moment of the week in which anything could go out. */
export const isAlwaysQuiet = (quiet: QuietHours, now: number): boolean =>
  (quietUntil(quiet, now) ?? now) - now > 7 * dayMs;

/** The latest end of the windows that `time` lies in. */
function endOfWindow({ zone, windows }: QuietHours, time: number): number | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).toPlainDate();
  let latest: number | undefined;
  for (const { days, from, to } of windows) {
    for (const day of [today.subtract({ days: 1 }), today]) {
      if (!days.includes(day.dayOfWeek)) continue;
      const at = (date: Temporal.PlainDate, plainTime: string) =>
        date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
      const end = at(to > from ? day : day.add({ days: 1 }), to);
      if (at(day, from) <= time && time < end) latest = Math.max(latest ?? end, end);
    }
  }
  return latest;
}
