import type { Language } from './languages.ts';

/** English with day before month spelled out: 03/04 is read differently on the two sides of an ocean. */
const formatLocale: Record<Language, string> = { en: 'en-GB', 'zh-CN': 'zh-CN', 'zh-TW': 'zh-TW' };

type Time = string | number | Date;

/** UCUM spellings that people do not write. Everything else is shown as it is. */
const unitNames: Record<string, string> = {
  'kW.h': 'kWh',
  'MW.h': 'MWh',
  'GW.h': 'GWh',
  'W.h': 'Wh',
  'kvar.h': 'kvarh',
  Cel: '°C',
  m3: 'm³',
  'm3/h': 'm³/h',
  m2: 'm²',
  '[degF]': '°F',
  '1': '',
  'kV.A': 'kVA',
  'kJ/m3': 'kJ/m³',
  t: 't',
};

/** A unit as people write it; UCUM puts what is counted in braces, `{part}`. */
export const unitName = (unit: string): string => unitNames[unit] ?? unit.replaceAll(/[{}]/g, '');

/** Decimals that a reading is worth looking at with: about six figures, never more than three decimals. */
export function readingDigits(value: number | null | undefined): number {
  const size = Math.abs(value ?? 0);
  if (size >= 1000) return 1;
  return size >= 10 ? 2 : 3;
}

export interface Format {
  /** Rounds for the eye only: at most `digits` decimals, thousands grouped. */
  number(value: number | null | undefined, digits?: number): string;
  /** For a number in a sentence: 2023 stays as it is, 12,000 is grouped. */
  plainNumber(value: number, digits: number): string;
  /** With so many decimals, no more and no fewer: money. */
  fixed(value: number | null | undefined, digits: number): string;
  quantity(value: number | null | undefined, unit: string, digits?: number): string;
  /** `fraction` 0.123 is 12.3 %. */
  percent(fraction: number | null | undefined, digits?: number): string;
  date(time: Time | null | undefined, zone?: string): string;
  dateTime(time: Time | null | undefined, zone?: string): string;
  /** To the minute. */
  minute(time: Time | null | undefined, zone?: string): string;
  /** For axes: hour and minute; day and month. */
  clock(time: Time, zone?: string): string;
  monthDay(time: Time, zone?: string): string;
  ago(time: Time, now?: number): string;
  bytes(bytes: number): string;
  duration(milliseconds: number): string;
}

const none = '–';
const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** How numbers and times are written in a language. Pure; `useFormat` gives the one of the current language. */
export function formatFor(language: Language): Format {
  const locale = formatLocale[language];
  const time = (options: Intl.DateTimeFormatOptions) => (value: Time | null | undefined, timeZone?: string) =>
    value === null || value === undefined
      ? none
      : new Intl.DateTimeFormat(locale, { ...options, ...(timeZone && { timeZone }) }).format(new Date(value));
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  // Chinese dates are unmistakable in figures, and half as wide.
  const month = language === 'en' ? 'short' : '2-digit';
  const day = { year: 'numeric', month, day: '2-digit' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const number = (value: number | null | undefined, digits = 2) =>
    value === null || value === undefined || !Number.isFinite(value)
      ? none
      : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return {
    number,
    fixed: (value, digits) =>
      value === null || value === undefined || !Number.isFinite(value)
        ? none
        : new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value),
    plainNumber: (value, digits) =>
      new Intl.NumberFormat(locale, { maximumFractionDigits: digits, useGrouping: 'min2' }).format(value),
    quantity: (value, unit, digits) => `${number(value, digits)} ${unitName(unit)}`.trim(),
    percent: (fraction, digits = 1) =>
      fraction === null || fraction === undefined
        ? none
        : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(fraction),
    date: time(day),
    dateTime: time({ ...day, ...clock, second: '2-digit' }),
    minute: time({ ...day, ...clock }),
    clock: time(clock),
    monthDay: time({ month, day: '2-digit' }),
    ago(value, now = Date.now()) {
      const seconds = (new Date(value).getTime() - now) / 1000;
      const [unit, size] = steps.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1];
      return relative.format(Math.round(seconds / size), unit);
    },
    bytes(bytes) {
      const units = ['B', 'kB', 'MB', 'GB', 'TB'];
      const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
      return `${number(bytes / 1000 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
    },
    duration(milliseconds) {
      const seconds = Math.round(milliseconds / 1000);
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
      return parts.map((part) => String(part).padStart(2, '0')).join(':');
    },
  };
}
