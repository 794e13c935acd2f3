import { describe, expect, it } from 'vitest';
import { heatMap, weekdayProfile } from './heat-map.ts';
import { toIntervalAmounts } from './interval-amounts.ts';
import { totals } from './totals.ts';

/** One kW for every hour from `from` to `to`, in quarters. */
function level(from: string, to: string, timezone: string) {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  const count = (end - start) / 900_000;
  const series = {
    time: Float64Array.from({ length: count }, (_, index) => start + index * 900_000),
    value: new Float64Array(count).fill(0.25),
  };
  const facts = { kind: 'delta', stamp: 'start', unit: 'kW.h' } as const;
  return toIntervalAmounts(series, facts, { from: start, to: end, intervalMinutes: 15, timezone });
}

describe('heatMap', () => {
  it('should leave the skipped hour empty and not double the repeated one', () => {
    const spring = heatMap(level('2024-03-31T00:00+01:00', '2024-04-01T00:00+02:00', 'Europe/Berlin'));
    expect(spring.rows).toHaveLength(1);
    expect(spring.rows[0]).toMatchObject({ date: '2024-03-31', weekday: 7 });
    expect(spring.rows[0]!.hours).toEqual([1, 1, null, ...new Array(21).fill(1)]);
    const autumn = heatMap(level('2024-10-27T00:00+02:00', '2024-10-28T00:00+01:00', 'Europe/Berlin'));
    expect(autumn.rows[0]!.hours).toEqual(new Array(24).fill(1));
  });
});

describe('weekdayProfile', () => {
  it('should put a Monday in the first row', () => {
    const week = weekdayProfile(level('2024-01-01T06:00+08:00', '2024-01-01T08:00+08:00', 'Asia/Shanghai'));
    expect(week.weekdays[0]!.slice(5, 9)).toEqual([null, 1, 1, null]);
    expect(week.weekdays[1]).toEqual(new Array(24).fill(null));
  });
});

describe('totals', () => {
  it('should give the days of clock changes 23 and 25 hours', () => {
    const march = totals(level('2024-03-30T00:00+01:00', '2024-04-02T00:00+02:00', 'Europe/Berlin'), 'day');
    expect(march.map(({ key, value }) => [key, value])).toEqual([
      ['2024-03-30', 24],
      ['2024-03-31', 23],
      ['2024-04-01', 24],
    ]);
    expect(totals(level('2024-10-27T00:00+02:00', '2024-10-28T00:00+01:00', 'Europe/Berlin'), 'day')[0]!.value).toBe(
      25,
    );
  });

  it('should cut months and weeks on the local calendar', () => {
    const amounts = level('2024-01-31T00:00+08:00', '2024-02-02T00:00+08:00', 'Asia/Shanghai');
    expect(totals(amounts, 'month').map(({ key, value }) => [key, value])).toEqual([
      ['2024-01', 24],
      ['2024-02', 24],
    ]);
    expect(totals(amounts, 'week').map(({ key, value }) => [key, value])).toEqual([['2024-01-29', 48]]);
  });
});
