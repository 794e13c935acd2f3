import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { drawPart, pngBytes } from '@millwright/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RestartedServer } from './support/restarted-server.ts';
import { eventually } from './support/server-process.ts';

const base = '/api/manuvision';
const server = new RestartedServer('training');
beforeAll(() => server.start(), 120_000);
afterAll(() => server.cleanup());

/** What a training that is not done has kept. */
const kept = () => readdir(join(server.data, 'models', 'training', '.'), { recursive: true }).catch(() => []);
const made = async (path: string, body: object): Promise<string> => (await server.now.call('POST', path, body)).body.id;

it('a training that is killed with its server is taken up by the next one, and gives the same model bit for bit', async () => {
  const siteId = await made('/api/cloud/nodes', { kind: 'site', parentId: null, name: 'Works' });
  const datasetId = await made(`${base}/datasets`, { siteId, name: 'Rings' });
  for (let seed = 1; seed <= 16; seed++) {
    const picture = Buffer.from(await pngBytes(drawPart(seed).picture));
    await server.now.call('POST', `${base}/datasets/${datasetId}/pictures?fileName=${seed}.png`, picture);
  }
  const settings = { side: 128, bank: 100, align: 'shift' };
  const inspection = { siteId, datasetId, name: 'Face', promise: 50, settings };
  const path = `${base}/inspections/${await made(`${base}/inspections`, inspection)}`;
  const train = async (): Promise<string> => (await server.now.call('POST', `${path}/train`, {})).body.jobId;
  const done = (id: string) =>
    eventually(
      'the training to be done',
      async () => {
        const { state, error } = (await server.now.call('GET', `/api/jobs/${id}`)).body;
        expect(['failed', 'cancelled'], JSON.stringify(error)).not.toContain(state);
        return state === 'done';
      },
      120_000,
    );

  const cut = await train();
  await eventually('some pictures to be described', async () => (await kept()).length > 4, 60_000);
  await server.now.kill();
  const left = await kept();
  expect(left.length).toBeGreaterThan(4);
  await server.start();
  await done(cut);
  expect(await kept()).toEqual([]);
  await done(await train());
  const { items } = (await server.now.call('GET', `${path}/versions`)).body;
  expect(items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
  const [whole, resumed] = items;
  expect(resumed.model).toMatch(/^[0-9a-f]{64}$/);
  expect(resumed.model).toBe(whole.model);
  expect(resumed.details).toEqual(whole.details);
  const { body } = await server.now.call('POST', '/api/ledger/verify', {});
  expect(body).toMatchObject({ status: 'proved', problems: [] });
}, 240_000);
