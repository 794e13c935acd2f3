import { createTestDatabase, onServer, type TestDatabase } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimDatabase } from './index.ts';

// The embedded database belongs to one process by the lock on its folder.
describe.skipIf(!onServer)('the claim on a database server', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.cleanup());

  const notLost = () => {
    throw new Error('lost');
  };
  const cut = () =>
    test.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'millwright server' and datname = current_database()`,
    );
  const holders = async () =>
    (
      await test.db.query<{ count: number }>(
        `select count(*) as count from pg_locks l join pg_stat_activity a on a.pid = l.pid
         where l.locktype = 'advisory' and l.granted and a.datname = current_database()`,
      )
    ).rows[0]!.count;

  it('goes to one server, says to the next where it is, and is free once that one leaves', async () => {
    const claim = await claimDatabase(test.url, notLost);
    await expect(claimDatabase(test.url, notLost)).rejects.toMatchObject({
      code: 'DATABASE_IN_USE',
      details: { holder: expect.stringMatching(/^(127\.0\.0\.1|::1)/) },
    });
    await claim.release();
    await (await claimDatabase(test.url, notLost)).release();
  }, 30_000);

  it('is taken up by who waits as soon as a killed server’s connection is gone', async () => {
    await claimDatabase(test.url, () => undefined).then(async (killed) => {
      const next = claimDatabase(test.url, notLost);
      await killed.release();
      await (await next).release();
    });
  });

  it('is regained after the connection broke', async () => {
    const claim = await claimDatabase(test.url, notLost);
    await cut();
    await expect.poll(holders).toBe(1);
    await claim.release();
    await expect.poll(holders).toBe(0);
  });

  it('is said to be lost when another server was faster', async () => {
    let lost = 0;
    await claimDatabase(test.url, () => {
      lost += 1;
    });
    await cut();
    const faster = await claimDatabase(test.url, notLost);
    await expect.poll(() => lost, { timeout: 5_000 }).toBe(1);
    await faster.release();
  });
});
