import { createTestDatabase, onServer, type TestDatabase } from '@millwright/testkit';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './index.ts';

describe('a database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await test.db.execute('create table note (id integer primary key, text text not null)');
  });
  afterAll(() => test.cleanup());
  beforeEach(() => test.db.execute('truncate note'));

  const insert = (id: number) => test.db.query('insert into note values ($1, $2)', [id, `note ${id}`]);
  const ids = async () =>
    (await test.db.query<{ id: number }>('select id from note order by id')).rows.map(({ id }) => id);

  it('returns counts and big integers as numbers', async () => {
    const { rows } = await test.db.query('select count(*) as count, 9007199254740991::bigint as big from note');
    expect(rows).toEqual([{ count: 0, big: 9007199254740991 }]);
  });

  it('says how many rows a statement changed', async () => {
    await insert(1);
    await insert(2);
    expect((await test.db.query('update note set text = $1', ['x'])).rowCount).toBe(2);
  });

  it.skipIf(onServer)('keeps its time zone at UTC', async () => {
    const { rows } = await test.db.query<{ TimeZone: string }>('show timezone');
    expect(rows[0]!.TimeZone).toBe('UTC');
  });

  it('prepares a named statement once and runs it again', async () => {
    for (const id of [1, 2, 3]) await test.db.query('insert into note values ($1, $2)', [id, 'x'], 'insert-note');
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('runs many queries at once', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, id) => insert(id)));
    expect(await ids()).toHaveLength(50);
  });

  it('goes on after a statement that fails', async () => {
    await expect(test.db.query('select * from nothing')).rejects.toThrow('relation "nothing" does not exist');
    await insert(1);
    expect(await ids()).toEqual([1]);
  });

  describe('in a transaction', () => {
    it('keeps all of it', async () => {
      await test.db.transaction(async () => {
        await insert(1);
        await insert(2);
      });
      expect(await ids()).toEqual([1, 2]);
    });

    it('keeps none of it when the work fails, and hands on the failure', async () => {
      const failing = test.db.transaction(async () => {
        await insert(1);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await ids()).toEqual([]);
    });

    it('joins the transaction around it, so both end together', async () => {
      const failing = test.db.transaction(async () => {
        await test.db.transaction(() => insert(1));
        await insert(2);
        throw new Error('outer fails');
      });
      await expect(failing).rejects.toThrow('outer fails');
      expect(await ids()).toEqual([]);
    });

    it('does not claim to have kept what a failed statement took with it', async () => {
      const swallowing = test.db.transaction(async () => {
        await insert(1);
        await insert(1).catch(() => undefined);
      });
      await expect(swallowing).rejects.toMatchObject({ code: 'TRANSACTION_ABORTED' });
      expect(await ids()).toEqual([]);
    });

    it('lets work that outlives it use a connection of its own', async () => {
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      let late: Promise<unknown> | undefined;
      await test.db.transaction(async () => {
        await insert(1);
        late = gate.then(() => insert(2));
      });
      await expect(
        test.db.transaction(async () => {
          release();
          await insert(3);
          throw new Error('must not take the late work with it');
        }),
      ).rejects.toThrow();
      await late;
      expect(await ids()).toEqual([1, 2]);
    });

    // The embedded database has one connection: others wait.
    it.skipIf(!onServer)('shows nothing to others before it ends', async () => {
      const other = await openDatabase({ url: test.url });
      await test.db.transaction(async () => {
        await insert(1);
        expect((await other.query('select id from note')).rows).toEqual([]);
      });
      await other.close();
    });

    it.skipIf(!onServer)('survives the server ending its connection', async () => {
      await expect(
        test.db.transaction(() => test.db.query('select pg_terminate_backend(pg_backend_pid())')),
      ).rejects.toThrow();
      await insert(1);
      expect(await ids()).toEqual([1]);
    });

    it('announces what was committed afterwards, and what was rolled back never', async () => {
      const seen: string[] = [];
      const announce = (what: string) => test.db.afterCommit(async () => void seen.push(`${what} ${await ids()}`));
      await test.db.transaction(async () => {
        await insert(1);
        await announce('kept');
        expect(seen).toEqual([]);
      });
      await expect.poll(() => seen).toEqual(['kept 1']);
      const failing = test.db.transaction(async () => {
        await announce('lost');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await announce('at once');
      expect(seen).toEqual(['kept 1', 'at once 1']);
    });
  });

  describe('in a snapshot', () => {
    // The embedded database has one connection: others wait.
    it.skipIf(!onServer)('sees nothing of what others commit meanwhile', async () => {
      const other = await openDatabase({ url: test.url });
      await test.db.snapshot(async () => {
        expect(await ids()).toEqual([]);
        await other.query(`insert into note values (1, 'x')`);
        expect(await ids()).toEqual([]);
      });
      expect(await ids()).toEqual([1]);
      await other.close();
    });

    it('may not write', async () => {
      await expect(test.db.snapshot(() => insert(1))).rejects.toThrow('read-only transaction');
      expect(await ids()).toEqual([]);
    });
  });

  it('leaves no transaction open when a script fails inside one', async () => {
    await expect(
      test.db.execute('begin; insert into note values (1, $$x$$); select nothing; commit'),
    ).rejects.toThrow();
    await insert(2);
    expect(await ids()).toEqual([2]);
  });

  it('holds up nothing else in the process while a heavy query runs', async () => {
    await new Promise((resolve) => setTimeout(resolve, 50)); // Whatever the test before left to do.
    const before = performance.eventLoopUtilization();
    const started = performance.now();
    const { rows } = await test.db.query<{ count: number }>(
      'select count(*) as count from generate_series(1, 5000000)',
    );
    const took = performance.now() - started;
    const { active } = performance.eventLoopUtilization(before);
    expect(rows[0]!.count).toBe(5_000_000);
    expect(took).toBeGreaterThan(50); // Else the query was too light to prove anything.
    // The loop was busy for less than 50 ms in all, so it cannot have been blocked for as long at any moment; its
    // longest delay would say the same, but also grows when the machine is busy with something else.
    expect(active).toBeLessThan(50);
  });
});

describe('a database that cannot be reached', () => {
  it('says so with its address, without the password', async () => {
    const opening = openDatabase({ url: 'postgres://meter:secret@127.0.0.1:1/plant' });
    await expect(opening).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining('postgres://meter:***@127.0.0.1:1/plant cannot be reached'),
    });
    await expect(opening).rejects.not.toThrow('secret');
  });
});

describe('an embedded database', () => {
  it.skipIf(onServer)('has everything it had before when it is opened again', async () => {
    const test = await createTestDatabase();
    await test.db.execute('create table note (id integer); insert into note values (7)');
    await test.db.close();
    const again = await openDatabase({ url: test.url });
    expect((await again.query('select id from note')).rows).toEqual([{ id: 7 }]);
    await again.close();
    await test.cleanup();
  });

  it.skipIf(onServer)('forgets the session of a client whose connection broke, and serves the next', async () => {
    const test = await createTestDatabase();
    await test.db.query('select 1 as one', [], 'named');
    // Statements of the protocol cannot break it from outside, so the connection is broken where it is handed back.
    await expect(
      test.db.transaction(async (transaction) => {
        const sent = vi.spyOn(pg.Client.prototype, 'query');
        await transaction.query('create table kept (id integer)');
        const client = sent.mock.contexts.at(-1) as unknown as {
          connection: { stream: { destroy(error: Error): void } };
        };
        sent.mockRestore();
        client.connection.stream.destroy(new Error('cut'));
        await transaction.query('select 1');
      }),
    ).rejects.toThrow();
    expect((await test.db.query('select 1 as one', [], 'named')).rows).toEqual([{ one: 1 }]);
    expect((await test.db.query(`select to_regclass('kept') as kept`)).rows).toEqual([{ kept: null }]);
    await test.cleanup();
  });
});
