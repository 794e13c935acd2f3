import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RestartedServer } from './support/restarted-server.ts';
import { eventually } from './support/server-process.ts';

const rows = 300_000;
/** Rows whose value is no number, spread over the file. */
const badEvery = 10_000;
const start = Date.UTC(2024, 0, 1);

const file = (name: string) => {
  const line = (at: number) =>
    `${new Date(start + at * 1000).toISOString().slice(0, 19)},${at % badEvery === 7 ? 'bad' : at / 8}`;
  return `time,${name}_kW\n${Array.from({ length: rows }, (_, at) => line(at)).join('\n')}\n`;
};
const good = rows - rows / badEvery;
/** Sum of the good values: all of 0 … rows-1, without 7, 10007, 20007, …, by 8. */
const bad = Array.from({ length: rows / badEvery }, (_, at) => at * badEvery + 7);
const total = ((rows * (rows - 1)) / 2 - bad.reduce((sum, at) => sum + at, 0)) / 8;

describe('an import that is interrupted', () => {
  const server = new RestartedServer('import');
  beforeAll(() => server.start(), 120_000);
  afterAll(() => server.cleanup());

  async function begin(name: string): Promise<string> {
    const upload = await server.now.call('POST', '/api/cloud/uploads', Buffer.from(file(name)));
    const body = { hash: upload.body.hash, fileName: `${name}.csv`, site: 'Works', timezone: 'UTC', createSite: true };
    return (await server.now.call('POST', '/api/cloud/imports', body)).body.jobId;
  }
  const job = async (id: string) => (await server.now.call('GET', `/api/jobs/${id}`)).body;
  const running = (id: string) =>
    eventually('rows to be stored', async () => {
      const { progress } = await job(id);
      return progress > 0 && progress < 1;
    });
  const ended = (id: string) =>
    eventually(
      'the end of the job',
      async () => {
        const now = await job(id);
        return ['done', 'failed', 'cancelled'].includes(now.state) && now;
      },
      120_000,
    );

  /** Everything is there once, and the rollups say the same. */
  async function isWhole(pointId: string): Promise<void> {
    const period = { from: new Date(start).toISOString(), to: new Date(start + 10 * 86_400_000).toISOString() };
    const query = new URLSearchParams({ ...period, limit: '1' });
    expect((await server.now.call('GET', `/api/cloud/points/${pointId}/readings?${query}`)).body.total).toBe(good);
    const { body } = await server.now.call('POST', '/api/cloud/totals', { pointIds: [pointId], ...period, by: 'day' });
    const sum = (key: string) =>
      body.items[0].buckets.reduce((all: number, bucket: Record<string, number>) => all + bucket[key]!, 0);
    expect([sum('count'), sum('total')]).toEqual([good, total]);
  }

  it('by kill -9 is taken up by the next server: nothing lost, nothing doubled, and it says so', async () => {
    const id = await begin('killed');
    await running(id);
    await server.now.kill();
    await server.start();
    const { state, result } = await ended(id);
    expect(state).toBe('done');
    expect(result).toMatchObject({ rows, rejected: bad.length, resumed: true });
    expect(result.accepted + result.duplicates).toBe(good);
    expect(result.duplicates).toBeGreaterThan(0);
    expect(result.points).toMatchObject([{ count: good }]);
    expect(result.rejects.map(({ row }: { row: number }) => row)).toEqual(bad.map((at) => at + 1));
    const kept = await server.now.call('GET', `/api/cloud/rejections?importId=${result.importId}`);
    expect(kept.body.items).toHaveLength(bad.length);
    await isWhole(result.points[0].id);
    expect((await server.now.call('POST', `/api/ledger/entries/${result.evidence}/verify`, {})).body.status).toBe(
      'proved',
    );
  }, 240_000);

  it('by a person keeps what is stored, and the same file again brings the rest', async () => {
    const id = await begin('cancelled');
    await running(id);
    await server.now.call('POST', `/api/jobs/${id}/cancel`, {});
    expect(await ended(id)).toMatchObject({ state: 'cancelled', error: { code: 'JOB_CANCELLED' } });
    const { result } = await ended(await begin('cancelled'));
    expect(result).toMatchObject({ rows, rejected: bad.length, resumed: false });
    expect(result.accepted + result.duplicates).toBe(good);
    expect(result.accepted).toBeGreaterThan(0);
    await isWhole(result.points[0].id);
  }, 240_000);
});
