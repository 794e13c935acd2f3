import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onServer } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type ServerProcess, startServer } from './support/server-process.ts';

const data = mkdtempSync(join(tmpdir(), 'millwright-full-'));
// A disk of its own is needed; only root may mount one, and not in every container.
const mounted =
  process.platform === 'linux' &&
  !onServer &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', data]).status === 0;

/** Leaves so many bytes on the disk. */
function fill(left: number): void {
  const { bavail, bsize } = statfsSync(data);
  writeFileSync(join(data, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - left)));
}

describe.skipIf(!mounted)(`a full disk${mounted ? '' : ' (skipped: no disk can be mounted here)'}`, () => {
  let server: ServerProcess;
  let sourceId = '';
  let pointId = '';
  let next = 0;
  const start = Date.UTC(2026, 0, 1);
  /** Steps whose readings were acknowledged. */
  const acknowledged = new Set<number>();

  beforeAll(async () => {
    server = await startServer({ data });
    const site = { kind: 'site', parentId: null, name: 'Full', timezone: 'UTC' };
    const { body: made } = await server.call('POST', '/api/cloud/nodes', site);
    const source = { siteId: made.id, name: 'meters', kind: 'rest-push', config: {} };
    sourceId = (await server.call('POST', '/api/cloud/sources', source)).body.id;
    const points = [{ key: 'p', name: 'Power', unit: 'kW', kind: 'gauge' }];
    const { body } = await server.call('POST', `/api/cloud/sources/${sourceId}/points`, { points });
    pointId = body.items[0].id;
  }, 60_000);
  afterAll(async () => {
    await server?.kill();
    spawnSync('umount', ['-l', data]);
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  });

  async function push(count: number) {
    const steps = Array.from({ length: count }, (_, at) => next + at);
    next += count;
    const readings = steps.map((step) => ({
      key: 'p',
      time: new Date(start + step * 1000).toISOString(),
      value: step,
    }));
    const answer = await server.call('POST', `/api/cloud/sources/${sourceId}/readings`, { readings });
    if (answer.status === 200) for (const step of steps) acknowledged.add(step);
    return answer;
  }
  async function missing(): Promise<number[]> {
    const query = `from=${new Date(start).toISOString()}&to=${new Date(start + (next + 1) * 1000).toISOString()}`;
    const { body } = await server.call('GET', `/api/cloud/points/${pointId}/readings?${query}&limit=100000`);
    const stored = new Set<number>(body.value);
    return [...acknowledged].filter((step) => !stored.has(step));
  }

  it('refuses what it cannot keep by name, keeps what it acknowledged, and goes on when there is room', async () => {
    expect((await push(1000)).status).toBe(200);
    fill(64 * 1024);
    const refused = await eventually('a refusal', async () => {
      const answer = await push(5000);
      return answer.status !== 200 && answer;
    });
    expect([refused.status, refused.body.error.code]).toEqual([507, 'DATABASE_DISK_FULL']);
    expect((await server.call('GET', '/api/health')).status).toBe(200);
    expect((await server.call('GET', '/api/cloud/tree')).status).toBe(200);
    expect(await missing()).toEqual([]);

    rmSync(join(data, 'ballast'));
    await eventually('readings to be taken again', async () => (await push(1000)).status === 200);
    expect(await missing()).toEqual([]);

    await server.kill();
    server = await startServer({ data });
    expect(await missing()).toEqual([]);
    expect((await server.call('POST', '/api/ledger/verify', {})).body.status).toBe('proved');
  }, 90_000);
});
