import { fixedClock } from '@millwright/kernel';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bruteForce, type ExpectedRollup, storedRollups } from './support/brute-force.ts';
import { openStore, type TestPoint, type TestReading, type TestStore } from './support/open-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const clock = fixedClock('2026-12-31T00:00:00Z');
const points: TestPoint[] = [
  { key: 'gauge' },
  { key: 'delta', kind: 'delta' },
  { key: 'delta-start', kind: 'delta', stamp: 'start' },
  { key: 'counter', kind: 'counter', register_maximum: 1000 },
  { key: 'free-counter', kind: 'counter' },
  { key: 'declared-gauge', interval_seconds: 900 },
  { key: 'declared-delta', kind: 'delta', interval_seconds: 60 },
];
let test: TestStore;
afterEach(() => test.cleanup());
const open = async (timezone = 'Europe/Berlin') => {
  test = await openStore({ timezone, points, clock });
};

/** Sums are made in another order than the product's, so their last digits differ. */
async function expectRollupsRight(least = 1): Promise<void> {
  const [found, expected] = [await storedRollups(test.db), await bruteForce(test.db)];
  const rounded = (rollup: ExpectedRollup) => ({
    ...rollup,
    total: rollup.total.toPrecision(9),
    increase: rollup.increase.toPrecision(9),
    covered: rollup.covered.toPrecision(9),
  });
  expect(expected.length).toBeGreaterThanOrEqual(least);
  expect(found.map(rounded)).toEqual(expected.map(rounded));
}

/** The same numbers every time, between 0 and 1. */
function* noise(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Every point's readings of a stretch, some of them bad; registers roll over, and one is exchanged. */
function readings(from: number, to: number, step: number): TestReading[] {
  const random = noise(7);
  const all: TestReading[] = [];
  let [counter, free] = [700, 9_000];
  for (let time = from; time <= to; time += step) {
    const next = () => random.next().value as number;
    const quality = () => (next() < 0.05 ? 2 : 0);
    counter = (counter + next() * 40) % 1000;
    free = next() < 0.01 ? 0 : (free + next() * 60) % 10_000;
    all.push(['gauge', time, next() * 100, quality()], ['delta', time, next() * 5, quality()]);
    all.push(['delta-start', time, next() * 5, quality()], ['counter', time, counter, quality()]);
    all.push(['free-counter', time, free, quality()]);
    all.push(['declared-gauge', time, next() * 9, quality()], ['declared-delta', time, next(), quality()]);
  }
  return all;
}

const start = Date.parse('2026-03-27T20:00:00Z');
const inBatches = async (all: readonly TestReading[], size: number) => {
  for (let at = 0; at < all.length; at += size) await test.write(all.slice(at, at + size));
};

describe.each(['Europe/Berlin', 'Asia/Shanghai', 'Asia/Kolkata', 'America/St_Johns', 'Australia/Lord_Howe'])(
  'rollups in %s',
  (timezone) => {
    it('equal what the readings say, over a change of clocks', async () => {
      await open(timezone);
      await inBatches(readings(start, start + 60 * hour, 10 * minute), 333);
      await test.store.settle();
      await expectRollupsRight(300);
    });

    it('equal it when readings come out of order, between others and across flushes', async () => {
      await open(timezone);
      const random = noise(3);
      const all = readings(start, start + 40 * hour, 10 * minute)
        .map((reading) => ({ reading, at: reading[1] + (random.next().value as number) * 3 * hour }))
        .sort((a, b) => a.at - b.at)
        .map(({ reading }) => reading);
      for (let at = 0; at < all.length; at += 100) {
        await Promise.all([test.write(all.slice(at, at + 50)), test.write(all.slice(at + 50, at + 100))]);
        if (at % 300 === 0) await test.store.rollups.flush();
        if (at % 500 === 0) await test.store.rollups.flush([...test.numbers.values()].slice(0, 2));
      }
      await test.store.settle();
      await expectRollupsRight(200);
    });
  },
);

describe('rollups', () => {
  it('have days of 23 and of 25 hours', async () => {
    await open();
    const days = async (from: string, hours: number) => {
      const first = Date.parse(from);
      await test.write(
        Array.from({ length: hours * 2 }, (_, i) => ['delta-start', first + i * 30 * minute, 1] as const),
      );
      await test.store.settle();
      const { rows } = await test.db.query<{ bucket: Date; count: number }>(
        `select bucket, count from cloud_rollup where resolution = 'd' and bucket >= $1 order by bucket`,
        [new Date(first)],
      );
      return rows.map(({ bucket, count }) => [bucket.toISOString(), count]);
    };
    expect(await days('2026-03-28T23:00:00Z', 23)).toEqual([['2026-03-28T23:00:00.000Z', 46]]);
    expect(await days('2026-10-24T22:00:00Z', 25)).toEqual([['2026-10-24T22:00:00.000Z', 50]]);
  });

  it('are written while others are being written', async () => {
    await open();
    const all = readings(start, start + 20 * hour, 5 * minute);
    const flushes: Promise<void>[] = [];
    for (let at = 0; at < all.length; at += 60) {
      flushes.push(test.store.rollups.flush(), test.store.rollups.flush([...test.numbers.values()]));
      await test.write(all.slice(at, at + 60));
    }
    await Promise.all(flushes);
    await test.store.settle();
    await expectRollupsRight(100);
  });

  it('count a late reading once although its bucket is still being summed', async () => {
    await open();
    for (let turn = 0; turn < 20; turn += 1) {
      const at = start + turn * minute * 3;
      await test.write([['counter', at + 2 * minute, turn * 10 + 5]]);
      const [late] = [test.write([['counter', at + minute, turn * 10]]), test.store.rollups.flush()];
      await test.write([['counter', at + 2.5 * minute, turn * 10 + 6]]);
      await late;
    }
    await test.store.settle();
    await expectRollupsRight(2);
  });

  it('cover the time that readings speak for, whatever their rhythm', async () => {
    await open('Etc/UTC');
    const day = Date.parse('2026-04-01T00:00Z');
    const covered = async (key: string) => {
      await test.store.settle();
      const { rows } = await test.db.query<{ hours: number }>(
        `select covered / 3600 as hours from cloud_rollup where resolution = 'd' and point = $1 order by bucket`,
        [test.numbers.get(key)],
      );
      return rows.map(({ hours }) => hours);
    };
    // Declared by the minute: a day by the quarter hour, then one by the minute that ends at noon.
    const quarters = Array.from({ length: 96 }, (_, at) => day + (at + 1) * 15 * minute);
    const minutes = Array.from({ length: 12 * 60 }, (_, at) => day + 24 * hour + (at + 1) * minute);
    await test.write([...quarters, ...minutes].map((time) => ['declared-delta', time, 1] as const));
    // The first two have nothing before them that shows their rhythm.
    expect(await covered('declared-delta')).toEqual([23.5 + 2 / 60, 12]);
    // Late ones that show it: what they change is computed again, the two behind them included.
    await test.write([
      ['declared-delta', day - 15 * minute, 1],
      ['declared-delta', day - 30 * minute, 1],
      ['declared-delta', day, 1],
    ]);
    expect((await covered('declared-delta')).slice(1)).toEqual([24, 12]);
    await expectRollupsRight(20);
  });

  it('do not take an exchanged meter for a time that is known', async () => {
    await open('Etc/UTC');
    const at = Date.parse('2026-04-01T00:00Z');
    const register = [5_000, 5_010, 3, 13].map((value, step) => ['free-counter', at + step * hour, value] as const);
    await test.write(register);
    await test.store.settle();
    const kept = (await storedRollups(test.db)).filter(({ resolution }) => resolution === 'h');
    expect(kept.map(({ increase, covered }) => [increase, covered])).toEqual([
      [0, 0],
      [10, 3600],
      [0, 0],
      [10, 3600],
    ]);
    await expectRollupsRight(5);
  });

  it('are up to date for the points asked for', async () => {
    await open();
    await test.write([
      ['gauge', start, 1],
      ['delta', start, 2],
    ]);
    await test.store.rollups.flush([test.numbers.get('gauge')!]);
    const kept = await storedRollups(test.db);
    expect(kept.map(({ point }) => point)).toEqual([test.numbers.get('gauge'), test.numbers.get('gauge')]);
    await test.store.settle();
    await expectRollupsRight(4);
  });
});

describe('a database that goes away in the middle of a commit', () => {
  it.each(['before', 'after'] as const)('leaves no reading out of the sums, gone %s it was stored', async (moment) => {
    await open('Etc/UTC');
    const from = Date.parse('2026-05-01T00:00Z');
    const all = readings(from, from + 8 * hour, 10 * minute);
    const between = (start: number, end: number) =>
      all.filter(([, time]) => time >= from + start * hour && time < from + end * hour);
    await test.write(between(0, 3));
    await test.store.settle();
    const whole = test.db.transaction.bind(test.db);
    const gone = vi.spyOn(test.db, 'transaction').mockImplementationOnce(async (work) => {
      if (moment === 'after') await whole(work);
      throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
    });
    const lost = between(3, 5);
    await expect(test.write(lost)).rejects.toThrow('Connection terminated');
    gone.mockRestore();
    // What comes next is there before the sender has sent the lost ones again.
    await test.write(between(5, 6));
    await test.write(lost);
    await test.write(between(6, 8));
    await test.store.settle();
    await expectRollupsRight(20);
  });
});

describe('after an unclean stop', () => {
  it('what was summed in memory only is computed again at the next start', async () => {
    await open();
    const all = readings(start, start + 10 * hour, 10 * minute);
    await inBatches(all.slice(0, 100), 50);
    await test.store.rollups.flush();
    await inBatches(all.slice(100), 50);
    const next = test.again();
    await next.rollups.repair();
    await expectRollupsRight(50);
    expect((await test.db.query('select * from cloud_rollup_pending')).rows).toEqual([]);
  });

  it('what was marked as out of order is computed again too', async () => {
    await open();
    await test.write([
      ['gauge', start + hour, 1],
      ['gauge', start, 2],
    ]);
    await test.again().rollups.repair();
    await expectRollupsRight(3);
  });

  it('a mark that was rolled back is made again by the next commit', async () => {
    await open();
    await test.write([['gauge', start, 1]]);
    await test.store.settle();
    await test.write([
      ['gauge', start, 1],
      ['gauge', start + minute, 2],
    ]);
    await test.write([['gauge', start + 2 * minute, 3]]);
    await test.write([['gauge', start + 3 * minute, 4]]);
    await test.again().rollups.repair();
    await expectRollupsRight(2);
  });

  it('a register goes on from the newest reading that is not bad', async () => {
    await open();
    await test.write([
      ['counter', start + minute, 10],
      ['counter', start + 2 * minute, 900, 2],
    ]);
    await test.store.settle();
    const next = test.again();
    const source = (await test.db.query<{ id: string }>('select id from cloud_source')).rows[0]!.id;
    await next.write({
      ...{ sourceId: source, keys: ['counter'], keyIndex: Int32Array.of(0), time: Float64Array.of(start + 3 * minute) },
      ...{ value: Float64Array.of(15), quality: Int16Array.of(0), historical: false },
    });
    await next.settle();
    await expectRollupsRight(2);
  });

  it('a clean stop leaves nothing to repair', async () => {
    await open();
    await inBatches(readings(start, start + 2 * hour, 10 * minute), 20);
    await test.store.rollups.stop();
    expect((await test.db.query('select * from cloud_rollup_pending')).rows).toEqual([]);
    await expectRollupsRight(10);
  });
});
