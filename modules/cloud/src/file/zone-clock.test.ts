import { describe, expect, it } from 'vitest';
import { type RowOrder, ZoneClock } from './zone-clock.ts';

const quarter: RowOrder = { order: 'ascending', stamp: 'start', intervalMs: 900_000 };

function convert(zone: string, walls: string[], rows: RowOrder = quarter): string[] {
  const clock = new ZoneClock(zone);
  const hand = { wall: Number.NaN, utc: Number.NaN };
  return walls.map((wall) => {
    const utc = clock.toUtc(Date.parse(`${wall}:00Z`), hand, rows);
    return Number.isNaN(utc) ? 'skipped' : new Date(utc).toISOString().slice(5, 16);
  });
}

describe('wall clock to UTC', () => {
  it('knows zones without summer time and fixed offsets', () => {
    expect(convert('Asia/Shanghai', ['2023-01-05T08:15'])).toEqual(['01-05T00:15']);
    expect(convert('Asia/Hong_Kong', ['2023-07-05T08:15'])).toEqual(['07-05T00:15']);
    expect(convert('+05:30', ['2023-01-05T08:15'])).toEqual(['01-05T02:45']);
    expect(convert('UTC', ['2023-01-05T08:15'])).toEqual(['01-05T08:15']);
  });

  it('follows winter and summer time through a year and back', () => {
    const walls = ['2023-01-05T08:00', '2023-07-05T08:00', '2024-01-05T08:00', '2022-07-05T08:00'];
    expect(convert('Europe/Berlin', walls)).toEqual(['01-05T07:00', '07-05T06:00', '01-05T07:00', '07-05T06:00']);
  });

  it('takes the first pass of the repeated hour for summer time and the second for winter time', () => {
    const day = '2023-10-29T';
    const walls = ['01:45', '02:00', '02:30', '02:45', '02:00', '02:15', '02:45', '03:00'].map((time) => day + time);
    const expected = ['28T23:45', '29T00:00', '29T00:30', '29T00:45', '29T01:00', '29T01:15', '29T01:45', '29T02:00'];
    expect(convert('Europe/Berlin', walls)).toEqual(expected.map((time) => `10-${time}`));
  });

  it('tells two hourly rows with one stamp apart', () => {
    const walls = ['01:00', '02:00', '02:00', '03:00'].map((time) => `2023-10-29T${time}`);
    const utc = convert('Europe/Berlin', walls, { ...quarter, intervalMs: 3_600_000 });
    expect(utc).toEqual(['10-28T23:00', '10-29T00:00', '10-29T01:00', '10-29T02:00']);
  });

  it('keeps rows that repeat a stamp of a short interval together', () => {
    const walls = ['02:00', '02:00', '02:15'].map((time) => `2023-10-29T${time}`);
    expect(convert('Europe/Berlin', walls)).toEqual(['10-29T00:00', '10-29T00:00', '10-29T00:15']);
  });

  it('reads a descending file with winter time first', () => {
    const walls = ['03:00', '02:45', '02:00', '02:45', '02:00', '01:45'].map((time) => `2023-10-29T${time}`);
    const utc = convert('Europe/Berlin', walls, { ...quarter, order: 'descending' });
    const expected = ['29T02:00', '29T01:45', '29T01:00', '29T00:45', '29T00:00', '28T23:45'];
    expect(utc).toEqual(expected.map((time) => `10-${time}`));
  });

  it('has no moment for the hour that is skipped in spring', () => {
    const walls = ['01:45', '02:00', '02:30', '03:00'].map((time) => `2023-03-26T${time}`);
    expect(convert('Europe/Berlin', walls)).toEqual(['03-26T00:45', 'skipped', 'skipped', '03-26T01:00']);
  });

  it('takes the end of the last interval before the change for the change itself', () => {
    const walls = ['01:45', '02:00', '02:15', '03:15'].map((time) => `2023-03-26T${time}`);
    const utc = convert('Europe/Berlin', walls, { ...quarter, stamp: 'end' });
    expect(utc).toEqual(['03-26T00:45', '03-26T01:00', 'skipped', '03-26T01:15']);
  });

  it('knows the southern half of the world and half-hour changes', () => {
    expect(convert('Australia/Lord_Howe', ['2023-01-05T08:00', '2023-07-05T08:00'])).toEqual([
      '01-04T21:00',
      '07-04T21:30',
    ]);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => new ZoneClock('Europe/Atlantis')).toThrow(/not a time zone/);
  });
});
