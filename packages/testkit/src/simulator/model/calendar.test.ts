import { expect, it } from 'vitest';
import { Calendar, holidays } from './calendar.ts';
import { dayMs } from './time-grid.ts';

const dayShift = [{ name: 'Day', start: '08:00', end: '16:00', weekdays: [1, 2, 3, 4, 5] }];
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs;
const staffedHours = (calendar: Calendar, date: string) =>
  calendar.day(day(date)).staffed.reduce((sum, s) => sum + s, 0) / 4;

it('knows the holidays of both countries', () => {
  // Easter Sunday 2026 was 5 April, so Good Friday 3 April and Whit Monday 25 May.
  expect(holidays('DE')).toEqual(expect.arrayContaining(['2026-04-03', '2026-04-06', '2026-05-14', '2026-05-25']));
  expect(holidays('DE')).not.toContain('2026-04-07');
  expect(holidays('CN')).toEqual(expect.arrayContaining(['2026-02-17', '2026-10-01', '2026-05-01']));
});

it('staffs shifts by local time, not on weekends and not on holidays', () => {
  const berlin = new Calendar('Europe/Berlin', dayShift, ['2026-06-24'], 0);
  expect(staffedHours(berlin, '2026-06-23')).toBe(8);
  expect(staffedHours(berlin, '2026-06-24')).toBe(0);
  expect(staffedHours(berlin, '2026-06-27')).toBe(0);
  // Summer: 08:00 in Berlin is 06:00 UTC, slot 24. Winter: 07:00 UTC, slot 28.
  expect(berlin.day(day('2026-06-23')).staffed.indexOf(1)).toBe(24);
  expect(berlin.day(day('2026-01-13')).staffed.indexOf(1)).toBe(28);
});

it('carries a night shift into the next day', () => {
  const nights = [{ name: 'Night', start: '22:00', end: '06:00', weekdays: [5] }];
  const utc = new Calendar('UTC', nights, [], 0);
  expect(staffedHours(utc, '2026-06-26')).toBe(2);
  expect(staffedHours(utc, '2026-06-27')).toBe(6);
  expect(staffedHours(utc, '2026-06-28')).toBe(0);
});

it('skips the missing hour in March and repeats the hour in October', () => {
  const berlin = new Calendar('Europe/Berlin', dayShift, [], 0);
  const march = [...berlin.day(day('2026-03-29')).hour];
  const october = [...berlin.day(day('2026-10-25')).hour];
  expect(march.filter((hour) => hour >= 2 && hour < 3)).toEqual([]);
  expect(october.filter((hour) => hour >= 2 && hour < 3)).toHaveLength(8);
});
