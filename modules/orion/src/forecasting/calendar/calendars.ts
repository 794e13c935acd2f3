import { orionErrors } from '../../errors.ts';
import { chineseNotices } from './chinese-notices.ts';
import { easter, lunarDay, qingming } from './moving-days.ts';

const day = 86_400_000;

/** Public holidays of one country: whole days, as milliseconds since 1970 of their midnight as if in UTC. */
export interface HolidayCalendar {
  readonly code: string;
  /** Years whose official notices are in the product, where there are such notices. */
  readonly noticed?: { readonly from: number; readonly to: number };
  /** Days off of a year. */
  holidays(year: number): ReadonlySet<number>;
  /** Saturdays and Sundays of a year that are worked in exchange. */
  worked(year: number): ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();
const fixed = (year: number, ...days: string[]): number[] => days.map((one) => Date.parse(`${year}-${one}`));
const known = (...days: (number | undefined)[]): number[] => days.filter((one) => one !== undefined);
const around = (middle: number | undefined): number[] =>
  middle === undefined ? [] : [middle - day, middle, middle + day];

/** The `count`th such weekday (0 is Sunday) of a month; the last one where `count` is 0. */
function weekday(year: number, month: number, wanted: number, count: number): number {
  const first = Date.UTC(year, count === 0 ? month : month - 1, 1);
  const ahead = (wanted - new Date(first).getUTCDay() + 7) % 7;
  return first + (ahead + 7 * (count - 1)) * day;
}

function noticed(year: number, worked: boolean): Set<number> {
  const days = new Set<number>();
  for (const part of (chineseNotices[year] ?? '')
    .split(' ')
    .filter((one) => one !== '' && one.startsWith('+') === worked)) {
    const [from, to] = part.replace('+', '').split('/') as [string, string?];
    for (let time = Date.parse(`${year}-${from}`); time <= Date.parse(`${year}-${to ?? from}`); time += day)
      days.add(time);
  }
  return days;
}

/** The statutory days alone (Regulation on public holidays, as of 2025): what is known before a year's notice. */
function statutory(year: number): Set<number> {
  const newYear = lunarDay(year, 'newYear');
  return new Set([
    ...fixed(year, '01-01', '05-01', '05-02', '10-01', '10-02', '10-03'),
    ...(newYear === undefined ? [] : [-1, 0, 1, 2].map((after) => newYear + after * day)),
    ...known(qingming(year), lunarDay(year, 'dragonBoat'), lunarDay(year, 'midAutumn')),
  ]);
}

const noticedYears = Object.keys(chineseNotices).map(Number);

const calendars: readonly HolidayCalendar[] = [
  {
    code: 'CN',
    noticed: { from: Math.min(...noticedYears), to: Math.max(...noticedYears) },
    holidays: (year) => (chineseNotices[year] ? noticed(year, false) : statutory(year)),
    worked: (year) => noticed(year, true),
  },
  {
    // Without substitute days, which differ from year to year.
    code: 'KR',
    holidays: (year) =>
      new Set([
        ...fixed(year, '01-01', '03-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25'),
        ...around(lunarDay(year, 'koreanNewYear')),
        ...known(lunarDay(year, 'buddha')),
        ...around(lunarDay(year, 'chuseok')),
      ]),
    worked: () => none,
  },
  {
    // Days that are off in all of Germany.
    code: 'DE',
    holidays: (year) =>
      new Set([
        ...fixed(year, '01-01', '05-01', '10-03', '12-25', '12-26'),
        ...[-2, 1, 39, 50].map((after) => easter(year) + after * day),
      ]),
    worked: () => none,
  },
  {
    // Federal holidays; one on a Sunday is kept on the Monday, one on a Saturday on the Friday.
    code: 'US',
    holidays: (year) => {
      const dated = fixed(year, '01-01', ...(year > 2020 ? ['06-19'] : []), '07-04', '11-11', '12-25');
      const kept = dated.map((time) => time + ({ 0: 1, 6: -1 }[new Date(time).getUTCDay()] ?? 0) * day);
      const moving = [weekday(year, 1, 1, 3), weekday(year, 2, 1, 3), weekday(year, 5, 1, 0), weekday(year, 9, 1, 1)];
      return new Set([...kept, ...moving, weekday(year, 10, 1, 2), weekday(year, 11, 4, 4)]);
    },
    worked: () => none,
  },
];

export const calendarCodes = calendars.map(({ code }) => code);

/** Throws ORION_OPTION_INVALID. */
export function holidayCalendar(code: string): HolidayCalendar {
  const found = calendars.find((one) => one.code === code.toUpperCase());
  if (found) return found;
  throw orionErrors.ORION_OPTION_INVALID({ option: '--calendar', value: code, wanted: calendarCodes.join(', ') });
}
