import { expect, it } from 'vitest';
import { setOf } from '../test/drawn-series.ts';
import { calendarInputs } from './calendar-inputs.ts';
import { holidayCalendar } from './calendars.ts';
import { LocalClock } from './local-clock.ts';
import { easter, lunarDay, qingming } from './moving-days.ts';

const day = (time: number | undefined) => new Date(time!).toISOString().slice(0, 10);

it('finds the days of the Chinese calendar', () => {
  const newYears = [
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
  ];
  expect(newYears.map((_, at) => day(lunarDay(2018 + at, 'newYear')))).toEqual(newYears);
  expect([2020, 2023, 2024, 2025].map((year) => day(lunarDay(year, 'dragonBoat')))).toEqual([
    '2020-06-25',
    '2023-06-22',
    '2024-06-10',
    '2025-05-31',
  ]);
  expect([2020, 2023, 2024, 2025].map((year) => day(lunarDay(year, 'midAutumn')))).toEqual([
    '2020-10-01',
    '2023-09-29',
    '2024-09-17',
    '2025-10-06',
  ]);
  expect([2019, 2023, 2024, 2026].map((year) => day(qingming(year)))).toEqual([
    '2019-04-05',
    '2023-04-05',
    '2024-04-04',
    '2026-04-05',
  ]);
  expect([2024, 2025].map((year) => day(easter(year)))).toEqual(['2024-03-31', '2025-04-20']);
});

it('knows every statutory day among the days that were announced', () => {
  const calendar = holidayCalendar('CN');
  for (let year = calendar.noticed!.from; year <= calendar.noticed!.to; year++) {
    const off = calendar.holidays(year);
    for (const wanted of [
      Date.UTC(year, 4, 1),
      Date.UTC(year, 9, 1),
      lunarDay(year, 'newYear')!,
      qingming(year),
      lunarDay(year, 'dragonBoat')!,
      lunarDay(year, 'midAutumn')!,
    ])
      expect(off.has(wanted), day(wanted)).toBe(true);
    for (const worked of calendar.worked(year)) expect(new Date(worked).getUTCDay() % 6, day(worked)).toBe(0);
  }
  expect(calendar.holidays(2030).has(lunarDay(2030, 'newYear')!)).toBe(true);
});

it('knows the days of others', () => {
  const days = (code: string, year: number) => [...holidayCalendar(code).holidays(year)].map(day);
  expect(days('KR', 2018)).toEqual(
    expect.arrayContaining(['2018-02-15', '2018-02-17', '2018-05-22', '2018-09-23', '2018-09-25']),
  );
  expect(days('DE', 2024)).toEqual(expect.arrayContaining(['2024-03-29', '2024-05-09', '2024-05-20', '2024-10-03']));
  expect(days('US', 2024)).toEqual(
    expect.arrayContaining(['2024-01-15', '2024-05-27', '2024-09-02', '2024-11-28', '2024-06-19']),
  );
  expect(() => holidayCalendar('XX')).toThrow(expect.objectContaining({ code: 'ORION_OPTION_INVALID' }));
});

it('counts days by the local clock, over changes of it', () => {
  const clock = new LocalClock('Europe/Berlin');
  expect(clock.wall(Date.UTC(2024, 2, 31, 0, 59))).toBe(Date.UTC(2024, 2, 31, 1, 59));
  expect(clock.wall(Date.UTC(2024, 2, 31, 1, 1))).toBe(Date.UTC(2024, 2, 31, 3, 1));
  const set = setOf([new Float64Array(48)], { start: Date.UTC(2024, 9, 6, 10), timezone: 'Asia/Shanghai' });
  const [holiday, off] = calendarInputs(set, 24, holidayCalendar('CN'));
  // 6 October 18:00 there; the holidays end with the 7th, 30 hours on; the 8th is a Tuesday.
  expect([holiday!.values[0], holiday!.values[29], holiday!.values[30], off!.values[30]]).toEqual([1, 1, 0, 0]);
  expect(holiday!.values.length).toBe(72);
});
