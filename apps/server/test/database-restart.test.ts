import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresServer, postgresBinaries } from './support/postgres-server.ts';
import { eventually, type ServerProcess, startServer } from './support/server-process.ts';

const why = postgresBinaries ? '' : ' (skipped: no PostgreSQL is installed)';

describe.skipIf(!postgresBinaries)(`a database server that crashes and comes back${why}`, () => {
  const data = mkdtempSync(join(tmpdir(), 'millwright-restart-'));
  const start = Date.UTC(2026, 0, 1);
  const perPush = 50;
  let postgres: PostgresServer;
  let server: ServerProcess;
  let sourceId = '';
  let pointId = '';
  let next = 0;
  /** Steps whose readings were acknowledged. */
  const acknowledged = new Set<number>();

  beforeAll(async () => {
    postgres = await PostgresServer.create();
    server = await startServer({ data, flags: ['--database-url', postgres.url] });
    const site = { kind: 'site', parentId: null, name: 'Restart', timezone: 'UTC' };
    const { body: made } = await server.call('POST', '/api/cloud/nodes', site);
    const source = { siteId: made.id, name: 'meters', kind: 'rest-push', config: {} };
    sourceId = (await server.call('POST', '/api/cloud/sources', source)).body.id;
    const points = [{ key: 'p', name: 'Power', unit: 'kW', kind: 'gauge' }];
    const { body } = await server.call('POST', `/api/cloud/sources/${sourceId}/points`, { points });
    pointId = body.items[0].id;
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    await postgres?.remove();
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  });

  async function push() {
    const steps = Array.from({ length: perPush }, (_, at) => next + at);
    next += perPush;
    const readings = steps.map((step) => ({
      key: 'p',
      time: new Date(start + step * 1000).toISOString(),
      value: step,
    }));
    const answer = await server.call('POST', `/api/cloud/sources/${sourceId}/readings`, { readings });
    if (answer.status === 200) for (const step of steps) acknowledged.add(step);
    return answer;
  }

  it('loses nothing acknowledged, says that it is away, and goes on by itself, jobs included', async () => {
    const refusals = new Set<string>();
    for (let round = 0; round < 2; round += 1) {
      let crashed = false;
      const pushing = (async () => {
        while (!crashed) await push();
        for (let count = 0; count < 3; count += 1) {
          const { status, body } = await push();
          refusals.add(`${status} ${body.error?.code}`);
        }
      })();
      await new Promise((resolve) => setTimeout(resolve, 400));
      const { body: job } = await server.call('POST', '/api/system/backups');
      await postgres.crash();
      crashed = true;
      await pushing;
      expect((await server.call('GET', '/api/health')).status).toBe(503);
      await postgres.start();
      await eventually('a push that is stored', async () => (await push()).status === 200);
      // It was queued or running when the database went; either way it comes to an end, or is taken up again.
      const ended = await eventually(
        'the job to end',
        async () => {
          const { body } = await server.call('GET', `/api/jobs/${job.id}`);
          return ['done', 'failed'].includes(body.state) && body.state;
        },
        120_000,
      );
      expect(['done', 'failed']).toContain(ended);
      const fresh = await server.call('POST', '/api/system/backups');
      expect(fresh.status).toBe(202);
      const last = await eventually(
        'a new job to end',
        async () => {
          const { body } = await server.call('GET', `/api/jobs/${fresh.body.id}`);
          return ['done', 'failed'].includes(body.state) && body;
        },
        90_000,
      );
      expect([last.state, last.error]).toEqual(['done', null]);
    }
    expect([...refusals]).toEqual(['503 DATABASE_AWAY']);

    const period = `from=${new Date(start).toISOString()}&to=${new Date(start + (next + 1) * 1000).toISOString()}`;
    const { body } = await server.call('GET', `/api/cloud/points/${pointId}/readings?${period}&limit=100000`);
    const stored = new Set<number>(body.value);
    expect(stored.size).toBe(body.value.length);
    expect([...acknowledged].filter((step) => !stored.has(step))).toEqual([]);
    const totals = await server.call('POST', '/api/cloud/totals', {
      ...{ pointIds: [pointId], from: new Date(start).toISOString(), to: new Date(start + 86_400_000).toISOString() },
      by: 'hour',
    });
    const buckets = totals.body.items[0].buckets as { count: number; total: number }[];
    expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(stored.size);
    expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe([...stored].reduce((sum, value) => sum + value, 0));
    expect((await server.call('POST', '/api/ledger/verify', {})).body).toMatchObject({
      status: 'proved',
      problems: [],
    });
    expect(await server.stop()).toBe(0);
  }, 400_000);
});
