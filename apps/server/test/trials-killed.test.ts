import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cloudModule } from '@millwright/cloud/server';
import { orionModule } from '@millwright/orion/server';
import { createTestHost, onServer, type TestHost } from '@millwright/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from './support/random.ts';

const entry = fileURLToPath(new URL('./support/trial-worker.ts', import.meta.url));
/** A worker that is silent for so long is taken for dead. */
const silenceSeconds = 3;
const kills = 20;

// The embedded database cannot be shared.
describe.skipIf(!onServer)('trials of an experiment', () => {
  let folder: string;
  let test: TestHost;
  let datasetId: string;
  const workers = new Set<ChildProcess>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millwright-trials-'));
    test = await createTestHost({
      ...{ modules: [cloudModule, orionModule], live: true },
      config: { jobConcurrency: 0, jobSilenceSeconds: silenceSeconds },
    });
    const site = await test.call('POST', '/api/cloud/nodes', {
      body: { kind: 'site', parentId: null, name: 'Works' },
    });
    const random = seededRandom(5);
    const lines = Array.from({ length: 30_000 }, (_, row) => {
      const [load, heat] = [100 * random(), 60 * random()];
      const time = new Date(Date.UTC(2026, 0, 1) + row * 60_000).toISOString();
      return `${time},${load},${heat},${'ABCDEFGH'[row % 8]},${0.6 * load + heat + random()}`;
    });
    const { hash } = await test.host.blobs.put(Buffer.from(`time,load,heat,grade,power\n${lines.join('\n')}\n`));
    const source = { kind: 'file', upload: hash, fileName: 'machine.csv' };
    const frozen = await test.call('POST', '/api/orion/datasets', {
      body: { siteId: site.body.id, name: 'machine', source },
    });
    await startWorker();
    const { result } = await test.jobEnd(frozen.body.jobId, 60_000);
    datasetId = result.id;
  }, 90_000);
  afterEach(async () => {
    for (const worker of [...workers]) await kill(worker);
  });
  afterAll(async () => {
    for (const worker of [...workers]) await kill(worker);
    await test.cleanup();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startWorker(): Promise<ChildProcess> {
    const own = mkdtempSync(join(folder, 'worker-'));
    mkdirSync(join(test.folder, 'blobs'), { recursive: true });
    symlinkSync(join(test.folder, 'blobs'), join(own, 'blobs'));
    const args = [entry, test.database.url, own, String(silenceSeconds)];
    const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    workers.add(worker);
    await Promise.race([once(worker.stdout!, 'data'), once(worker, 'exit')]);
    return worker;
  }

  async function kill(worker: ChildProcess): Promise<void> {
    workers.delete(worker);
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const exited = once(worker, 'exit');
    worker.kill('SIGKILL');
    await exited;
  }

  async function start(name: string): Promise<string> {
    const penalty = [1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4];
    const search = { kinds: [{ kind: 'ridge', grid: { penalty } }] };
    const task = { target: 'power', task: 'regression' };
    const body = { name, datasetId, task, search, folds: 20, seed: 3 };
    const made = await test.call('POST', '/api/orion/experiments', { body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id;
  }

  const trials = async (id: string) =>
    (await test.call('GET', `/api/orion/experiments/${id}/trials`)).body.items as {
      state: string;
      attempts: number;
      kind: string;
      params: object;
      metrics: object;
      folds: object;
      artefact: string;
      worker: string | null;
    }[];
  const ended = (id: string) =>
    expect
      .poll(async () => (await trials(id)).map(({ state }) => state), { timeout: 120_000, interval: 100 })
      .toEqual(Array(8).fill('done'));
  const results = async (id: string) =>
    (await trials(id)).map(({ kind, params, metrics, folds, artefact }) => ({
      kind,
      params,
      metrics,
      folds,
      artefact,
    }));

  it('give the same with one worker, with two, and with workers killed at random twenty times', async () => {
    const one = await start('one');
    await ended(one);
    const alone = await results(one);
    expect(new Set(alone.map(({ artefact }) => artefact)).size).toBe(8);

    await startWorker();
    const two = await start('two');
    await ended(two);
    expect(await results(two)).toEqual(alone);
    expect(new Set((await trials(two)).map(({ worker }) => worker)).size).toBe(2);

    // Four, since one that begins takes a while until it works.
    await Promise.all([startWorker(), startWorker()]);
    const ids = [await start('killed')];
    const random = seededRandom(20);
    for (let killed = 0; killed < kills; ) {
      await delay(20);
      const open = (await trials(ids.at(-1)!)).filter(({ state }) => state === 'queued' || state === 'running');
      // A kill while nothing runs proves nothing: more is begun until all are spent.
      if (open.length < 4) ids.push(await start(`killed ${ids.length + 1}`));
      const pids = new Set(open.flatMap(({ state, worker }) => (state === 'running' ? [worker?.split('/')[1]] : [])));
      const busy = [...workers].filter(({ pid }) => pids.has(String(pid)));
      const victim = busy[Math.floor(random() * busy.length)];
      if (!victim) continue;
      await delay(200 * random());
      await kill(victim);
      void startWorker();
      killed += 1;
    }
    for (const id of ids) await ended(id);
    for (const id of ids) expect(await results(id)).toEqual(alone);
    const begun = (await Promise.all(ids.map(trials))).flat();
    expect(begun.reduce((sum, { attempts }) => sum + attempts - 1, 0)).toBeGreaterThan(kills / 2);
  }, 400_000);
});
