import { describe, expect, it } from 'vitest';
import type { Trend } from '../../../api/types.ts';
import { doubtfulSamples, gapOf, seriesOf, summaryOf, trendRows, trendTable } from './trend-series.ts';

const trend: Trend = {
  pointId: 'p',
  unit: 'kW',
  resolution: 'bucket',
  bucketSeconds: 60,
  time: [0, 60_000, 600_000],
  minimum: [1, 2, 3],
  mean: [2, 3, 4],
  maximum: [4, 5, 9],
  count: [1, 1, 2],
  quality: [0, 1, 3],
  bad: 5,
};

describe('a trend', () => {
  it('breaks its line where readings are missing', () =>
    expect(seriesOf(trend, gapOf(trend, null)).mean).toEqual([
      [0, 2],
      [60_000, 3],
      [60_001, null],
      [600_000, 4],
    ]));
  it('goes on where a slower rhythm repeats itself, and breaks at a hole in it', () => {
    const hour = 3_600_000;
    const time = [0, 1, 2, 6, 7].map((at) => at * hour);
    const hourly = {
      ...trend,
      resolution: 'reading' as const,
      time,
      mean: [1, 2, 3, 4, 5],
      minimum: time,
      maximum: time,
    };
    expect(seriesOf(hourly, gapOf(hourly, 10)).mean.filter(([, value]) => value === null)).toEqual([
      [2 * hour + 1, null],
    ]);
  });
  it('stacks the band on its minimum', () =>
    expect(seriesOf(trend, 1e9).spread.map(([, value]) => value)).toEqual([3, 3, 6]));
  it('takes the distance of readings from the point where readings are shown as they are', () =>
    expect(gapOf({ ...trend, resolution: 'reading' }, 10)).toBe(30_000));
  it('means over readings, not over buckets', () =>
    expect(summaryOf(trend)).toEqual({
      minimum: 1,
      maximum: 9,
      mean: (2 + 3 + 4 * 2) / 4,
      count: 4,
      doubtful: 2,
      bad: 5,
    }));
  it('marks what is uncertain or substituted', () =>
    expect(doubtfulSamples(trend)).toEqual([
      [60_000, 3],
      [600_000, 4],
    ]));
  it('does not claim that hours and days are free of doubt', () =>
    expect(summaryOf({ ...trend, resolution: 'hour', quality: [] }).doubtful).toBeUndefined());
  it('has no summary without readings', () =>
    expect(summaryOf({ ...trend, time: [], minimum: [], mean: [], maximum: [], count: [] }).count).toBe(0));
  it('puts points side by side by time', () =>
    expect(
      trendRows([trend, { ...trend, time: [60_000], minimum: [7], mean: [8], maximum: [9], count: [1], quality: [0] }]),
    ).toEqual([
      ['1970-01-01T00:00:00.000Z', 1, 2, 4, 0, null, null, null, null],
      ['1970-01-01T00:01:00.000Z', 2, 3, 5, 1, 7, 8, 9, 0],
      ['1970-01-01T00:10:00.000Z', 3, 4, 9, 3, null, null, null, null],
    ]));
  it('shows the newest first as a table', () =>
    expect(trendTable([trend]).map(({ time }) => time)).toEqual([600_000, 60_000, 0]));
});
