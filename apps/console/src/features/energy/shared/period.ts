/** Days on the site's clock, `YYYY-MM-DD`; `to` is the first day that no longer belongs to it. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const presets = ['yesterday', 'last-7-days', 'last-month', 'this-year', 'last-year'] as const;
export type Preset = (typeof presets)[number];

const dayMs = 86_400_000;
const isoDay = /^\d{4}-\d{2}-\d{2}$/;

const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);
const firstOf = (year: number, month: number) => dayOf(Date.UTC(year, month, 1));

export const addDays = (day: string, days: number): string => dayOf(timeOf(day) + days * dayMs);
export const daysOf = ({ from, to }: Period): number => Math.round((timeOf(to) - timeOf(from)) / dayMs);
export const lastDay = ({ to }: Period): string => addDays(to, -1);

/** The day that it is now at the site. */
export const today = (zone: string | undefined, now = Date.now()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/** Finished days only, so that a figure looked at twice is the same twice. */
export function presetPeriod(preset: Preset, day: string): Period {
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1];
  switch (preset) {
    case 'yesterday':
      return { from: addDays(day, -1), to: day };
    case 'last-7-days':
      return { from: addDays(day, -7), to: day };
    case 'last-month':
      return { from: firstOf(year, month - 1), to: firstOf(year, month) };
    case 'this-year': {
      const from = firstOf(year, 0);
      // On New Year's day nothing is finished yet; the day itself is better than nothing.
      return { from, to: from === day ? addDays(day, 1) : day };
    }
    case 'last-year':
      return { from: firstOf(year - 1, 0), to: firstOf(year, 0) };
  }
}

const isPreset = (text: string | null): text is Preset => presets.includes(text as Preset);

/** What an address says about the period: two days, or the name of a preset; last month where it says nothing. */
export function readPeriod(parameters: URLSearchParams, day: string): { preset: Preset | undefined; period: Period } {
  const [from, to] = [parameters.get('from') ?? '', parameters.get('to') ?? ''];
  if (isoDay.test(from) && isoDay.test(to) && timeOf(from) < timeOf(to))
    return { preset: undefined, period: { from, to } };
  const named = parameters.get('period');
  const preset = isPreset(named) ? named : 'last-month';
  return { preset, period: presetPeriod(preset, day) };
}

const isFirst = (day: string) => day.endsWith('-01');
const monthIndex = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const firstOfIndex = (index: number) => firstOf(Math.floor(index / 12), index % 12);

/** The server's own rule: whole months against whole months, else the same days 52 weeks earlier. */
export function referencePeriods(period: Period): { before: Period; lastYear: Period } {
  const { from, to } = period;
  if (isFirst(from) && isFirst(to)) {
    const months = monthIndex(to) - monthIndex(from);
    const moved = (by: number) => ({
      from: firstOfIndex(monthIndex(from) - by),
      to: firstOfIndex(monthIndex(to) - by),
    });
    return { before: moved(months), lastYear: moved(12) };
  }
  return {
    before: { from: addDays(from, -daysOf(period)), to: from },
    lastYear: { from: addDays(from, -364), to: addDays(to, -364) },
  };
}

/** The whole month that a day lies in. */
export const monthOfDay = (day: string): Period => {
  const index = monthIndex(day);
  return { from: firstOfIndex(index), to: firstOfIndex(index + 1) };
};
