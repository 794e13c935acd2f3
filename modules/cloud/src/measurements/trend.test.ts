import { fixedClock } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '../points/service.ts';
import { openStore, type TestReading, type TestStore } from './support/open-store.ts';
import { trendSql } from './trend.ts';

const end = Date.parse('2026-12-31T00:00:00Z');
const second = 1000;
const hour = 3_600 * second;
const day = 24 * hour;
let test: TestStore;
let dense: Point;
let sparse: Point;
let mixed: Point;

beforeAll(async () => {
  test = await openStore({
    timezone: 'Europe/Berlin',
    points: [{ key: 'dense' }, { key: 'sparse' }, { key: 'mixed' }],
    clock: fixedClock(new Date(end)),
  });
  const fill = async (key: string, from: number, step: number) => {
    const all: TestReading[] = [];
    for (let time = from; time < end; time += step) all.push([key, time, Math.sin(time / hour) * 50 + 50]);
    for (let at = 0; at < all.length; at += 20_000) await test.write(all.slice(at, at + 20_000), { historical: true });
  };
  await fill('dense', end - 3 * day, 2 * second);
  await fill('sparse', end - 1_200 * day, 6 * hour);
  const minute = 60 * second;
  const qualities = [0, 1, 2, 3, 0];
  await test.write(
    qualities.map((quality, index): TestReading => ['mixed', end - (10 - index) * minute, index, quality]),
    { historical: true },
  );
  await test.store.settle();
  const of = (key: string) => ({ id: key, unit: 'kW', number: test.numbers.get(key)! }) as Point;
  dense = of('dense');
  sparse = of('sparse');
  mixed = of('mixed');
});
afterAll(() => test.cleanup());

const windows = [
  ...[10 * second, 100 * second, hour, 1.7 * hour, 5 * hour, 11 * hour],
  ...[day, 2.9 * day, 7 * day, 33.3 * day, 365 * day, 1_200 * day, 5_000 * day],
];

describe('a trend', () => {
  it.each(windows)('of %d ms never has more points than asked for, in order and within the window', async (length) => {
    for (const point of [dense, sparse])
      for (const most of [10, 333, 2000])
        for (const shift of [0, 1_234_567]) {
          const [from, to] = [end - length - shift, end - shift];
          const trend = await trendSql(test.db, point, from, to, most);
          expect(trend.time.length).toBeLessThanOrEqual(most);
          expect([...trend.time].sort((a, b) => a - b)).toEqual(trend.time);
          for (const time of trend.time) {
            expect(time).toBeGreaterThanOrEqual(from);
            expect(time).toBeLessThanOrEqual(to);
          }
          trend.mean.forEach((mean, index) => {
            expect(trend.minimum[index]!).toBeLessThanOrEqual(mean + 1e-9);
            expect(trend.maximum[index]!).toBeGreaterThanOrEqual(mean - 1e-9);
          });
        }
  });

  it('shows single readings while there are few enough', async () => {
    const trend = await trendSql(test.db, dense, end - hour, end, 2000);
    expect(trend.resolution).toBe('reading');
    expect(trend.time).toHaveLength(1800);
  });

  it('shows buckets that hold every reading of a window that does not start with an hour', async () => {
    const trend = await trendSql(test.db, dense, end - 5.5 * hour, end, 500);
    expect(trend).toMatchObject({ resolution: 'bucket', bucketSeconds: (5.5 * 3600) / 500 });
    expect(trend.count.reduce((sum, count) => sum + count, 0)).toBe(5.5 * 1800);
    expect(trend.time.length).toBe(500);
  });

  it('marks what is uncertain or substituted, and counts what was bad and is left out', async () => {
    const readings = await trendSql(test.db, mixed, end - hour, end, 2000);
    expect(readings).toMatchObject({ resolution: 'reading', mean: [0, 1, 3, 4], quality: [0, 1, 3, 0], bad: 1 });
    const buckets = await trendSql(test.db, dense, end - 5.5 * hour, end, 500);
    expect(buckets.quality).toEqual(new Array(500).fill(0));
    expect((await trendSql(test.db, dense, end - 3 * day, end, 2000)).quality).toEqual([]);
  });

  it('shows hours and days from the rollups, each under the time it starts', async () => {
    const hours = await trendSql(test.db, dense, end - 3 * day, end, 2000);
    expect(hours).toMatchObject({ resolution: 'hour', bucketSeconds: 3600 });
    expect(hours.time).toHaveLength(72);
    expect(hours.time.every((time) => time % hour === 0)).toBe(true);
    const days = await trendSql(test.db, sparse, end - 1_100 * day, end, 1150);
    expect(days.time.length).toBeGreaterThan(1000);
  });
});
