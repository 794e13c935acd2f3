import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job, JobContext } from '@millwright/jobs';
import { type Config, type Module, operatorActor, systemClock } from '@millwright/kernel';
import { collectLogs, createTestDatabase, onServer, type TestDatabase, testConfig } from '@millwright/testkit';
import S3rver from 's3rver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Assembly, assemble, runWorker } from './index.ts';

const version = '0.0.0-test';
const quiet = () => ({
  ...{ leave: new AbortController().signal, leaveNow: new AbortController().signal, note: () => undefined, version },
});

describe('a worker without a server', () => {
  it('says which settings it misses, and never opens the embedded database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millwright-worker-test-'));
    const work = (settings: Partial<Config>) =>
      runWorker({ ...quiet(), config: testConfig(folder, settings), modules: [] });
    await expect(work({})).rejects.toMatchObject({
      code: 'WORKER_NEEDS_SERVER',
      details: { missing: ['databaseUrl', 'blobUrl'] },
    });
    await expect(work({ databaseUrl: `pglite://${folder}`, blobUrl: 's3://files' })).rejects.toMatchObject({
      details: { missing: ['databaseUrl'] },
    });
    rmSync(folder, { recursive: true });
  });
});

// The embedded database cannot be shared.
describe.skipIf(!onServer)('a worker beside a server', () => {
  let folder: string;
  let store: S3rver;
  let database: TestDatabase;
  let config: Config;
  let server: Assembly;
  /** Job numbers by who did them. */
  let did: { server: number[]; worker: number[] };
  let running: number;

  /** The same product on both machines; only who does the work is written down. */
  const toy = (who: 'server' | 'worker'): Module => ({
    ...{ name: 'toy', needs: [] },
    async start({ jobs }) {
      const run = async ({ number, ms }: { number: number; ms: number }, { signal, progress }: JobContext) => {
        running += 1;
        progress(0.5, `by ${who}`);
        await delay(ms, undefined, { signal }).finally(() => {
          running -= 1;
        });
        did[who].push(number);
      };
      const schema = z.object({ number: z.number(), ms: z.number() });
      jobs.define({ type: 'toy.anywhere', schema, run });
      jobs.define({ type: 'toy.here', place: 'server', schema, run });
      return { services: {} };
    },
  });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millwright-worker-test-'));
    mkdirSync(join(folder, 's3'));
    store = new S3rver({
      ...{ address: '127.0.0.1', port: 0, silent: true, directory: join(folder, 's3') },
      configureBuckets: [{ name: 'files', configs: [] }],
    });
    const { port } = await store.run();
    process.env.AWS_ACCESS_KEY_ID ??= 'S3RVER';
    process.env.AWS_SECRET_ACCESS_KEY ??= 'S3RVER';
    database = await createTestDatabase();
    await database.db.close();
    config = testConfig(join(folder, 'server'), {
      databaseUrl: database.url,
      blobUrl: `s3://files?endpoint=http://127.0.0.1:${port}&forcePathStyle=true`,
      mqttPort: 0,
    });
  });
  afterAll(async () => {
    await store?.close();
    await database?.cleanup();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    did = { server: [], worker: [] };
    running = 0;
    server = await assemble({
      ...{ config, modules: [toy('server')], mode: 'live', version, clock: systemClock, logger: collectLogs().logger },
    });
    // What the stop of the server before this one interrupted.
    await server.host.db.execute('delete from job');
    await server.goLive();
  });
  afterEach(() => server.stop());

  const startWorker = async () => {
    const [leave, leaveNow] = [new AbortController(), new AbortController()];
    let ready: () => void = () => undefined;
    const takes = new Promise<void>((resolve) => {
      ready = resolve;
    });
    const result = runWorker({
      ...{
        config,
        version,
        leave: leave.signal,
        leaveNow: leaveNow.signal,
        note: () => ready(),
        modules: [toy('worker')],
      },
    });
    await Promise.race([takes, result]);
    return { leave, leaveNow, result };
  };
  const enqueue = (type: string, number: number, ms: number) =>
    server.host.jobs.enqueue(operatorActor, type, { number, ms });
  const stateOf = async (id: string) => (await server.host.jobs.get(operatorActor, id)).state;

  it('shares the server’s jobs, each done once, but takes none that belongs to the server', async () => {
    const heard = new Set<string>();
    server.host.events.on('job-change', ({ job }) => heard.add(`${job.state} ${job.message}`));
    const { leave, result } = await startWorker();
    const jobs: Job[] = [];
    for (let number = 1; number <= 12; number += 1) jobs.push(await enqueue('toy.anywhere', number, 1_500));
    for (let number = 101; number <= 104; number += 1) jobs.push(await enqueue('toy.here', number, 10));
    await expect
      .poll(async () => Promise.all(jobs.map(({ id }) => stateOf(id))), { timeout: 60_000 })
      .toEqual(jobs.map(() => 'done'));
    expect([...did.server, ...did.worker].sort((a, b) => a - b)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      ...[101, 102, 103, 104],
    ]);
    expect(did.worker.length).toBeGreaterThan(0);
    expect(did.worker.filter((number) => number > 100)).toEqual([]);
    // The console hears of what the other machine does.
    await expect.poll(() => [...heard]).toEqual(expect.arrayContaining(['running by worker', 'done by worker']));
    leave.abort();
    expect(await result).toEqual({ done: did.worker.length, failed: 0 });
  }, 90_000);

  it('finishes what it works on before it leaves, and takes no more', async () => {
    // The server’s two hands are full, so what comes next is the worker’s.
    await enqueue('toy.anywhere', 1, 8_000);
    await enqueue('toy.anywhere', 2, 8_000);
    await expect.poll(() => running).toBe(2);
    const { leave, result } = await startWorker();
    const { id } = await enqueue('toy.anywhere', 3, 1_500);
    await expect.poll(() => running, { timeout: 10_000 }).toBe(3);
    leave.abort();
    expect(await result).toEqual({ done: 1, failed: 0 });
    expect(did.worker).toEqual([3]);
    expect(await stateOf(id)).toBe('done');
  }, 60_000);

  it('gives back what it works on when it must leave at once, and the server does it', async () => {
    await enqueue('toy.anywhere', 1, 8_000);
    await enqueue('toy.anywhere', 2, 8_000);
    await expect.poll(() => running).toBe(2);
    const { leaveNow, result } = await startWorker();
    const { id } = await enqueue('toy.anywhere', 3, 1_000);
    await expect.poll(() => running, { timeout: 10_000 }).toBe(3);
    leaveNow.abort();
    expect(await result).toEqual({ done: 0, failed: 0 });
    await expect.poll(() => stateOf(id), { timeout: 30_000 }).toBe('done');
    expect(did.worker).toEqual([]);
    expect(did.server).toContain(3);
  }, 60_000);

  it('refuses a database that no server of its version has prepared', async () => {
    const bare = await createTestDatabase();
    const work = runWorker({ ...quiet(), config: { ...config, databaseUrl: bare.url }, modules: [] });
    await expect(work).rejects.toMatchObject({
      code: 'WORKER_SCHEMA_OLD',
    });
    await bare.cleanup();
  });
});
