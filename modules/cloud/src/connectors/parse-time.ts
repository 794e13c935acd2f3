import { Temporal } from 'temporal-polyfill';

export const timeFormats = ['auto', 'iso', 's', 'ms'] as const;
export type TimeFormat = (typeof timeFormats)[number];

/** Numbers above this are milliseconds: as seconds it is the year 5138, as milliseconds March 1973. */
const secondsCeiling = 100_000_000_000;
const withOffset = /(Z|[+-]\d\d(:?\d\d)?)$/i;

/**
 * Milliseconds since 1970 of a time as devices write it, or undefined when it is none. ISO 8601 without an offset is
 * local time of `timeZone`; in the hour that a clock runs twice it is the first.
 */
export function parseTime(value: unknown, format: TimeFormat, timeZone: string): number | undefined {
  if (typeof value === 'string' && (format === 'iso' || (format === 'auto' && !isNumeric(value))))
    return parseIso(value.trim(), timeZone);
  if (format === 'iso') return undefined;
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && isNumeric(value) ? Number(value) : NaN;
  if (!Number.isFinite(number)) return undefined;
  const seconds = format === 's' || (format === 'auto' && Math.abs(number) < secondsCeiling);
  return Math.round(seconds ? number * 1000 : number);
}

function isNumeric(text: string): boolean {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text);
}

function parseIso(text: string, timeZone: string): number | undefined {
  if (!/^\d{4}-?\d\d-?\d\d/.test(text)) return undefined;
  if (/[T ]\d\d/i.test(text) && withOffset.test(text)) {
    const time = Date.parse(text.replace(' ', 'T'));
    return Number.isNaN(time) ? undefined : time;
  }
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined;
  }
}
