import { Temporal } from 'temporal-polyfill';

/** Midnight of the day by the clock of a zone of IANA. */
export const startOfDay = (now: Date, timezone: string): Date =>
  new Date(
    Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone).startOfDay().epochMilliseconds,
  );
