import { createTestDatabase, type TestDatabase } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { float8Array, int2Array, int4Array, timestamptzArray } from './index.ts';

describe('whole columns in binary', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.cleanup());

  async function back<T>(column: Buffer, type: string, read = 'value'): Promise<T[]> {
    const { rows } = await test.db.query<{ value: T }>(
      `select ${read} as value from unnest($1::${type}[]) with ordinality as t(value, position) order by position`,
      [column],
    );
    return rows.map(({ value }) => value);
  }

  it('keep the smallest and largest integers', async () => {
    const four = [0, 1, -1, 2147483647, -2147483648];
    expect(await back(int4Array(four), 'int4')).toEqual(four);
    const two = [0, 1, -1, 32767, -32768];
    expect(await back(int2Array(two), 'int2')).toEqual(two);
  });

  it('keep every double, the odd ones included', async () => {
    const values = [0, 0.1, -1.5e-300, Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY];
    expect(await back(float8Array(values), 'float8')).toEqual(values);
  });

  it('keep times before 1970, before 2000 and far ahead', async () => {
    const times = ['1899-12-30T00:00:00.000Z', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z'];
    times.push('1999-12-31T23:59:59.999Z', '2000-01-01T00:00:00.000Z', '2024-02-29T12:34:56.789Z');
    times.push('9999-12-31T23:59:59.999Z');
    const read = await back<Date>(timestamptzArray(times.map((time) => Date.parse(time))), 'timestamptz');
    expect(read.map((time) => time.toISOString())).toEqual(times);
  });

  it('keep microseconds on both sides of the year 2000', async () => {
    const read = `to_char(value at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
    const times = [Date.UTC(2024, 0, 1) + 0.001, Date.UTC(1999, 11, 31, 23, 59, 59, 999) + 0.999];
    expect(await back(timestamptzArray(times), 'timestamptz', read)).toEqual([
      '2024-01-01T00:00:00.000001',
      '1999-12-31T23:59:59.999999',
    ]);
  });

  it('may be empty', async () => {
    expect(await back(int4Array([]), 'int4')).toEqual([]);
    expect(await back(timestamptzArray([]), 'timestamptz')).toEqual([]);
  });

  it('stand side by side in one statement, 10,000 rows at once', async () => {
    const points = Int32Array.from({ length: 10_000 }, (_, index) => index);
    const values = Float64Array.from(points, (index) => index / 2);
    const { rows } = await test.db.query<{ count: number; sum: number }>(
      'select count(*) as count, sum(value) as sum from unnest($1::int4[], $2::float8[]) as t(point, value) where point % 2 = 1',
      [int4Array(points), float8Array(values)],
    );
    // Odd numbers below 10,000: 5,000 of them, their sum is 25,000,000; halved.
    expect(rows[0]).toEqual({ count: 5000, sum: 12_500_000 });
  });
});
