import { describe, expect, it } from 'vitest';
import { compareConsumption, comparisonPeriods } from './comparison.ts';
import type { Consumption } from './consumption.ts';

const periods = (from: string, to: string, timezone = 'Asia/Shanghai') => {
  const { before, lastYear } = comparisonPeriods({ from: Date.parse(from), to: Date.parse(to), timezone });
  const show = ({ from: start, to: end, ...rest }: typeof before) => ({
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
    ...rest,
  });
  return { before: show(before), lastYear: show(lastYear) };
};

describe('comparisonPeriods', () => {
  it('should hold March of a leap year against February of 29 days and March of the year before', () => {
    const { before, lastYear } = periods('2024-03-01T00:00+08:00', '2024-04-01T00:00+08:00');
    expect(before).toEqual({
      from: '2024-01-31T16:00:00.000Z',
      to: '2024-02-29T16:00:00.000Z',
      rule: 'months',
      sameWeekdays: false,
    });
    expect(lastYear).toMatchObject({ from: '2023-02-28T16:00:00.000Z', to: '2023-03-31T16:00:00.000Z' });
  });

  it('should hold a year against the year before, in both ways', () => {
    const { before, lastYear } = periods('2024-01-01T00:00+08:00', '2025-01-01T00:00+08:00');
    expect(before).toEqual(lastYear);
    expect(before.from).toBe('2022-12-31T16:00:00.000Z');
  });

  it('should hold a week against the week before and the same weekdays 52 weeks back', () => {
    const { before, lastYear } = periods('2024-03-04T00:00+08:00', '2024-03-11T00:00+08:00');
    expect(before).toEqual({
      from: '2024-02-25T16:00:00.000Z',
      to: '2024-03-03T16:00:00.000Z',
      rule: 'days',
      sameWeekdays: true,
    });
    expect(lastYear).toMatchObject({
      from: '2023-03-05T16:00:00.000Z',
      to: '2023-03-12T16:00:00.000Z',
      sameWeekdays: true,
    });
  });

  it('should keep local midnights across a clock change', () => {
    const { before } = periods('2024-04-01T00:00+02:00', '2024-04-02T00:00+02:00', 'Europe/Berlin');
    expect(before).toMatchObject({
      from: '2024-03-30T23:00:00.000Z',
      to: '2024-03-31T22:00:00.000Z',
      sameWeekdays: false,
    });
  });

  it('should hold part of a day against the span just before and the same clock time 364 days back', () => {
    const { before, lastYear } = periods('2024-04-02T08:00+02:00', '2024-04-02T16:00+02:00', 'Europe/Berlin');
    expect(before).toMatchObject({ from: '2024-04-01T22:00:00.000Z', to: '2024-04-02T06:00:00.000Z', rule: 'span' });
    expect(lastYear).toMatchObject({ from: '2023-04-04T06:00:00.000Z', to: '2023-04-04T14:00:00.000Z' });
  });
});

describe('compareConsumption', () => {
  const of = (value: number | null, hours: number, coveredHours = hours): Consumption => ({
    value,
    unit: 'kW.h',
    estimated: 0,
    substituted: 0,
    coveredHours,
    hours,
  });

  it('should tell more in a longer month from more per day', () => {
    const result = compareConsumption(of(310, 31 * 24), of(290, 29 * 24));
    expect(result).toMatchObject({
      difference: 20,
      change: 20 / 290,
      perDay: { current: 10, reference: 10, change: 0 },
      comparable: true,
    });
  });

  it('should not call gaps a saving', () => {
    expect(compareConsumption(of(100, 240, 120), of(200, 240)).comparable).toBe(false);
  });

  it('should answer null against nothing', () => {
    expect(compareConsumption(of(100, 240), of(null, 240, 0))).toMatchObject({ difference: null, change: null });
  });
});
