import { createHash } from 'node:crypto';
import { fixedClock } from '@millwright/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measurementsInput } from './evidence-input.ts';
import { openStore, type TestReading, type TestStore } from './support/open-store.ts';

const start = Date.parse('2026-04-01T00:00:00Z');
/** More than two pieces, not on full milliseconds. */
const count = 45_000;
const step = 250.125;
const readings = Array.from({ length: count }, (_, at): TestReading => ['gauge', start + at * step, at]);

let test: TestStore;
beforeEach(async () => {
  test = await openStore({
    timezone: 'Etc/UTC',
    points: [{ key: 'gauge' }],
    clock: fixedClock('2026-12-31T00:00:00Z'),
  });
  await test.write(readings);
});
afterEach(() => test.cleanup());

describe('a long series', () => {
  it('is read in pieces without losing or repeating a reading', async () => {
    const point = test.numbers.get('gauge')!;
    const end = start + count * step;
    const lengths: number[] = [];
    for await (const { time } of test.store.repository.pieces(point, start, end)) lengths.push(time.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(20_000);
    expect(lengths.length).toBeGreaterThan(2);
    const series = await test.store.repository.series(point, start, end);
    expect(series.value).toEqual(Float64Array.from({ length: count }, (_, at) => at));
    expect(series.time[20_000]).toBeCloseTo(start + 20_000 * step, 3);
  });

  it('is read where it is thin and where it is dense, as far as asked', async () => {
    // One a week for two years before; the first and last of the window belong to it.
    const weekly = Array.from(
      { length: 104 },
      (_, at): TestReading => ['gauge', start - (104 - at) * 7 * 86_400_000, -at],
    );
    await test.write(weekly);
    const point = test.numbers.get('gauge')!;
    const [from, end] = [weekly[0]![1], start + (count - 1) * step];
    const all = await test.store.repository.series(point, from, end + 1);
    expect(all.time).toHaveLength(104 + count);
    expect([...all.time].every((time, at) => at === 0 || time > all.time[at - 1]!)).toBe(true);
    expect((await test.store.repository.series(point, from, end + 1, 110)).value.slice(102)).toEqual(
      Float64Array.of(-102, -103, 0, 1, 2, 3, 4, 5),
    );
    expect((await test.store.repository.series(point, from - 9, from)).time).toHaveLength(1);
    expect((await test.store.repository.series(point, from + 1, from + 2)).time).toHaveLength(0);
  });

  it('is pinned by the hour, whichever piece its readings came in', async () => {
    const written: Buffer[] = [];
    const input = measurementsInput({
      measurements: test.store.repository,
      points: { byId: async () => ({ number: test.numbers.get('gauge')!, name: 'gauge', unit: '1' }) } as never,
      blobs: { put: async (content: Buffer) => ({ hash: String(written.push(content)) }) } as never,
    });
    const pinned = await input.pin({
      ...{ pointId: 'any', from: new Date(start).toISOString() },
      to: new Date(start + count * step).toISOString(),
    });
    expect(pinned.count).toBe(count);
    const hours = JSON.parse(written[0]!.toString()) as Record<string, string>;
    // 45,000 quarter seconds are 3.1 hours; the second hour lies in the first and second piece.
    expect(Object.keys(hours)).toHaveLength(4);
    const series = await test.store.repository.series(test.numbers.get('gauge')!, start + 3_600_000, start + 7_199_999);
    const hash = createHash('sha256');
    for (const column of [series.time, series.value, series.quality])
      hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
    expect(hours['2026-04-01T01:00:00.000Z']).toBe(hash.digest('hex').slice(0, 24));
  });
});
