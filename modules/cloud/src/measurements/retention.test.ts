import { fixedClock } from '@millwright/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type TestStore } from './support/open-store.ts';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const clock = fixedClock(new Date(start + dayMs));
let test: TestStore;
beforeAll(async () => {
  const points = [{ key: 'kept', retention_days: 30 }, { key: 'for ever' }];
  test = await openStore({ timezone: 'Asia/Shanghai', points, clock });
});
afterAll(() => test.cleanup());

const hourly = (key: string): [string, number, number][] =>
  Array.from({ length: 24 }, (_, hour) => [key, start + hour * 3_600_000, hour]);
const stored = async (key: string) =>
  test.store.repository.count(test.numbers.get(key)!, start - dayMs, start + 100 * dayMs);
/** Count and total of all days by their rollups. */
async function days(key: string): Promise<number[]> {
  await test.store.settle();
  const { rows } = await test.db.query<{ count: number; total: number }>(
    `select sum(count)::int as count, sum(total) as total from cloud_rollup where resolution = 'd' and point = $1`,
    [test.numbers.get(key)!],
  );
  return [rows[0]!.count, rows[0]!.total];
}

it('removes readings two days after their time, and never what they were summed up to', async () => {
  await test.write([...hourly('kept'), ...hourly('for ever')]);
  expect(await days('kept')).toEqual([24, 276]);
  clock.advance(31 * dayMs);
  expect(await test.store.repository.applyRetention(clock.now())).toBe(0);
  clock.advance(2 * dayMs);
  expect(await test.store.repository.applyRetention(clock.now())).toBe(24);
  expect([await stored('kept'), await stored('for ever')]).toEqual([0, 24]);
  expect(await days('kept')).toEqual([24, 276]);
});

it('takes no late reading into an hour whose readings may be gone, and says why', async () => {
  const late: [string, number, number] = ['kept', start + 5 * 3_600_000 + 1, 1000];
  expect(await test.write([late])).toMatchObject({
    stored: 0,
    rejected: 1,
    rejections: [{ code: 'past-retention', reason: { text: expect.stringContaining('older than the 30 days') } }],
  });
  expect(await days('kept')).toEqual([24, 276]);
  const inTime: [string, number, number] = ['kept', clock.now().getTime() - 29 * dayMs, 5];
  expect(await test.write([inTime])).toMatchObject({ stored: 1 });
  expect(await days('kept')).toEqual([25, 281]);
});
