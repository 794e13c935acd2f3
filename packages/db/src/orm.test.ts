import { createTestDatabase, type TestDatabase } from '@millwright/testkit';
import { count, eq, sql } from 'drizzle-orm';
import { bigint, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const note = pgTable('note', {
  id: bigint({ mode: 'number' }).primaryKey(),
  text: text().notNull(),
  at: timestamp({ withTimezone: true }),
  tags: text().array(),
  refers: uuid().array(),
  facts: jsonb().$type<{ size: number } | string>(),
});

describe('drizzle on a database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await test.db.execute(
      'create table note (id bigint primary key, text text not null, at timestamptz, tags text[], refers uuid[], facts jsonb)',
    );
  });
  afterAll(() => test.cleanup());
  beforeEach(() => test.db.execute('truncate note'));

  const insert = (id: number) => test.db.orm.insert(note).values({ id, text: `note ${id}` });
  const ids = async () =>
    (await test.db.query<{ id: number }>('select id from note order by id')).rows.map(({ id }) => id);

  it('keeps what it writes outside of a transaction', async () => {
    await insert(1);
    expect(await ids()).toEqual([1]);
  });

  it('reads every type back as it is read without drizzle', async () => {
    const row = {
      id: 9007199254740991,
      text: '',
      at: new Date('2024-02-29T12:34:56.789Z'),
      tags: ['a,b', '"quoted"', ''],
      refers: ['01890a5d-ac96-774b-bcce-b302099a8057'],
      facts: { size: 0.1 },
    };
    await test.db.orm.insert(note).values(row);
    expect(await test.db.orm.select().from(note)).toEqual([row]);
    expect((await test.db.query('select * from note')).rows).toEqual([row]);
  });

  it('keeps JSON that is a string apart from what the string looks like', async () => {
    const written = ['small', '12', '{"size":1}', { size: 1 }, null];
    for (const [id, facts] of written.entries()) {
      const row = { id, text: '', facts };
      expect(await test.db.orm.insert(note).values(row).returning({ facts: note.facts })).toEqual([{ facts }]);
    }
    expect(await test.db.orm.select({ facts: note.facts }).from(note).orderBy(note.id)).toEqual(
      written.map((facts) => ({ facts })),
    );
    const { rows } = await test.db.query('select jsonb_typeof(facts) as type from note order by id');
    expect(rows.map(({ type }) => type)).toEqual(['string', 'string', 'string', 'object', null]);
  });

  it('returns counts, sums and times of an expression as numbers and dates', async () => {
    await insert(1);
    const read = {
      count: count(),
      sum: sql<number>`sum(length(text))`,
      at: sql<Date>`'2024-01-01T00:00:00Z'::timestamptz`,
    };
    const expected = { count: 1, sum: 6, at: new Date('2024-01-01T00:00:00Z') };
    expect(await test.db.orm.select(read).from(note)).toEqual([expected]);
    const { rows } = await test.db.orm.execute(
      sql`select count(*) as count, ${read.sum} as sum, ${read.at} as at from note`,
    );
    expect(rows).toEqual([expected]);
  });

  it('says how many rows a statement changed', async () => {
    await insert(1);
    await insert(2);
    expect((await test.db.orm.update(note).set({ text: 'x' })).rowCount).toBe(2);
    expect((await test.db.orm.delete(note).where(eq(note.id, 3))).rowCount).toBe(0);
  });

  it('hands on the failure of PostgreSQL with its code, and none of the values', async () => {
    await insert(1);
    const failing = test.db.orm.insert(note).values({ id: 1, text: 'a secret' });
    await expect(failing).rejects.toMatchObject({ code: '23505', message: expect.not.stringContaining('secret') });
  });

  describe('in a transaction', () => {
    it('joins it and is kept with it', async () => {
      await test.db.transaction(async () => {
        await insert(1);
        expect(await ids()).toEqual([1]);
        expect(await test.db.orm.select({ id: note.id }).from(note)).toEqual([{ id: 1 }]);
      });
      expect(await ids()).toEqual([1]);
    });

    it('is rolled back with it', async () => {
      const failing = test.db.transaction(async (transaction) => {
        await insert(1);
        await transaction.orm.insert(note).values({ id: 2, text: '' });
        await test.db.query('insert into note (id, text) values (3, $1)', ['']);
        expect(await ids()).toEqual([1, 2, 3]);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await ids()).toEqual([]);
    });

    // A statement runs when it is awaited; outside of the transaction the embedded database would wait for itself.
    it('joins it when the work returns the statement as it is', async () => {
      await test.db.transaction(() => insert(1));
      await test.db.transaction(async () => {
        await test.db.transaction(() => insert(2));
      });
      expect(await ids()).toEqual([1, 2]);
    });

    it('begins none of its own, which would not know of the one around it', () => {
      const own = test.db.orm as unknown as { transaction(work: () => Promise<void>): Promise<void> };
      expect(() => own.transaction(async () => undefined)).toThrow('use Database.transaction');
    });
  });
});
