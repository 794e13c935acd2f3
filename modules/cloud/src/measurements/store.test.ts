import { fixedClock } from '@millwright/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { Outcome } from './store.ts';
import { batchOf, openStore, type TestPoint, type TestStore } from './support/open-store.ts';

const now = Date.parse('2026-03-10T12:34:00Z');
const minute = 60_000;
const clock = fixedClock(new Date(now));
let test: TestStore;
afterEach(() => test.cleanup());

const open = async (points: readonly TestPoint[] = [{ key: 'a' }, { key: 'b' }]) => {
  test = await openStore({ timezone: 'Europe/Berlin', points, clock });
};
const stored = async () =>
  (
    await test.db.query<{ point: number; time: Date; value: number }>(
      'select point, time, value from cloud_measurement order by point, time',
    )
  ).rows.map(({ point, time, value }) => [
    [...test.numbers].find(([, number]) => number === point)![0],
    time.getTime(),
    value,
  ]);
const delivery = async () =>
  (
    await test.db.query<Record<string, number>>(
      `select sum(received)::int as received, sum(stored)::int as stored, sum(duplicate)::int as duplicate, sum(rejected)::int as rejected,
         sum(late)::int as late, sum(early)::int as early, sum(out_of_order)::int as "outOfOrder", sum(historical)::int as historical
       from cloud_delivery`,
    )
  ).rows[0]!;

describe('a batch', () => {
  it('is stored once, however often it is written', async () => {
    await open();
    const readings = [
      ['a', now - 2 * minute, 1],
      ['a', now - minute, 2],
      ['b', now - minute, 3],
    ] as const;
    expect(await test.write(readings)).toMatchObject({ stored: 3, duplicate: 0, rejected: 0 });
    for (let time = 0; time < 2; time += 1)
      expect(await test.write(readings)).toMatchObject({ stored: 0, duplicate: 3, rejected: 0 });
    expect(await stored()).toEqual(readings.map((reading) => [...reading]));
    expect(await delivery()).toMatchObject({ received: 9, stored: 3, duplicate: 6, rejected: 0, outOfOrder: 0 });
  });

  it('keeps the first value where another comes for the same time, and says so', async () => {
    await open();
    await test.write([['a', now - minute, 1]]);
    const receipt = await test.write([
      ['a', now - minute, 1.5],
      ['a', now, 2],
      ['a', now - minute, 1],
    ]);
    expect(receipt).toMatchObject({ stored: 1, duplicate: 1, rejected: 1 });
    expect([...receipt.outcome!]).toEqual([Outcome.rejected, Outcome.stored, Outcome.duplicate]);
    expect(await stored()).toEqual([
      ['a', now - minute, 1],
      ['a', now, 2],
    ]);
    const { rows } = await test.db.query('select code, key, raw from cloud_rejection');
    expect(rows).toEqual([{ code: 'conflict', key: 'a', raw: '1.5' }]);
  });

  it('may hold the same reading twice, and two for one time', async () => {
    await open();
    const receipt = await test.write([
      ['a', now, 1],
      ['a', now, 1],
      ['a', now, 2],
    ]);
    expect(receipt).toMatchObject({ stored: 1, duplicate: 1, rejected: 1 });
    expect([...receipt.outcome!]).toEqual([Outcome.stored, Outcome.duplicate, Outcome.rejected]);
  });

  it('counts late, early and out-of-order readings, and those of files as neither', async () => {
    await open();
    await test.write([
      ['a', now - 20 * minute, 1],
      ['a', now, 2],
      ['a', now + 5 * minute, 3],
      ['a', now + minute, 4],
    ]);
    expect(await delivery()).toMatchObject({ stored: 4, late: 1, early: 2, outOfOrder: 1, historical: 0 });
    await test.write([['b', now - 500 * minute, 1]], { historical: true });
    expect(await delivery()).toMatchObject({ stored: 5, late: 1, early: 2, outOfOrder: 1, historical: 1 });
  });

  it('rejects what cannot be, with its reason and what arrived, and stores the rest', async () => {
    await open([
      { key: 'a', minimum: -40, maximum: 60 },
      { key: 'meter', kind: 'delta' },
    ]);
    const receipt = await test.write([
      ['a', now, 61],
      ['a', now, Number.NaN],
      ['a', -1, 1],
      ['a', now + 24 * 60 * minute, 1],
      ['meter', now, -1],
      ['nobody', now, 1],
      ['a', now, 20],
    ]);
    expect(receipt).toMatchObject({ stored: 1, duplicate: 0, rejected: 6 });
    expect([...receipt.outcome!]).toEqual([2, 2, 2, 2, 2, 2, 0]);
    const { rows } = await test.db.query<{ code: string }>('select code from cloud_rejection');
    expect(rows.map(({ code }) => code).sort()).toEqual([
      ...['before-1970', 'in-the-future', 'negative-consumption', 'not-a-number', 'out-of-range', 'unknown-point'],
    ]);
    expect(await delivery()).toMatchObject({ received: 7, stored: 1, rejected: 6 });
  });
});

describe('batches of many senders at once', () => {
  it('are committed together, each with a receipt of its own', async () => {
    await open();
    await test.write([['b', now, 7]]);
    const receipts = await Promise.all([
      test.write([['a', now - 3 * minute, 1]]),
      test.write([['b', now, 7]]),
      test.write([
        ['a', now - 2 * minute, 2],
        ['b', now, 8],
      ]),
      test.write([['nobody', now, 1]]),
      test.write([['a', now - 2 * minute, 2]]),
      test.write([]),
    ]);
    expect(receipts.map(({ stored, duplicate, rejected }) => [stored, duplicate, rejected])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [1, 0, 1],
      [0, 0, 1],
      [0, 1, 0],
      [0, 0, 0],
    ]);
    expect(await stored()).toEqual([
      ['a', now - 3 * minute, 1],
      ['a', now - 2 * minute, 2],
      ['b', now, 7],
    ]);
    expect(await delivery()).toMatchObject({ received: 7, stored: 3, duplicate: 2, rejected: 2 });
  });

  it('are told apart when one is out of order behind another of the same commit', async () => {
    await open();
    await Promise.all([
      test.write([['a', now - minute, 1]]),
      test.write([['a', now - 2 * minute, 2]]),
      test.write([['a', now, 3]]),
    ]);
    expect(await delivery()).toMatchObject({ stored: 3, outOfOrder: 1 });
  });

  it('do not fail with the one that the database refuses', async () => {
    await open();
    const source = (await test.db.query<{ id: string }>('select id from cloud_source')).rows[0]!.id;
    const strange = batchOf('00000000-0000-0000-0000-000000000000', [['a', now, 1]]);
    const [good, bad, again] = await Promise.allSettled([
      test.write([['a', now - minute, 1]]),
      test.store.write(strange),
      test.store.write(batchOf(source, [['b', now, 2]])),
    ]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { stored: 1 } });
    expect(bad.status).toBe('rejected');
    expect(again).toMatchObject({ status: 'fulfilled', value: { stored: 1 } });
  });

  it('go on one by one while a sender repeats itself, and together again afterwards', async () => {
    await open();
    const minutes = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, index) => ['a', now - (100 - from - index) * minute, index + from] as const,
      );
    await test.write(minutes(0, 40));
    const receipts = [];
    for (let from = 0; from < 60; from += 20) receipts.push(await test.write(minutes(from, from + 20)));
    expect(receipts.map(({ stored, duplicate }) => [stored, duplicate])).toEqual([
      [0, 20],
      [0, 20],
      [20, 0],
    ]);
    expect(await stored()).toHaveLength(60);
  });
});
