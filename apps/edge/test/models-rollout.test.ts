import { appendFileSync, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgePart } from '@millwright/cloud';
import { cloudModule } from '@millwright/cloud/server';
import { constantNetwork, testCard } from '@millwright/inference/test-support';
import { edgePart } from '@millwright/matrixvision/edge';
import { matrixvisionModule } from '@millwright/matrixvision/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type EdgeEnd, runEdge } from '../src/run-edge.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-rollout-'));
const timing = { reportMs: 200, retryFirstMs: 50, retryMostMs: 500, pollSeconds: 5 };
/** A disk that changes what it is given: the network of this hash comes out as another. */
let changed = '';
let test: TestHost;
let siteId: string;
const boxes: { id: string; cameraId: string; end: () => Promise<EdgeEnd> }[] = [];

/** The half of matrixvision on a box, whose disk is not to be trusted. */
const onBadDisk: EdgePart = {
  ...edgePart,
  start: (context) =>
    edgePart.start({
      ...context,
      async blob(sha256) {
        const path = await context.blob(sha256);
        if (sha256 !== changed) return path;
        const other = join(folder, `${sha256}.changed`);
        copyFileSync(path, other);
        appendFileSync(other, 'x');
        return other;
      },
    }),
};

beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  await test.host.http.listen({ port: 0, host: '127.0.0.1' });
  const { port } = test.host.http.server.address() as { port: number };
  const site = await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } });
  siteId = site.body.id;
  for (const name of ['gate', 'yard']) {
    const { body } = await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name } });
    // Nothing is there to be seen: what is looked with is decided all the same.
    const source = { type: 'device', device: '/dev/video99' };
    const camera = { siteId, boxId: body.box.id, name: `${name} camera`, settings: { source } };
    const { id: cameraId } = (await test.call('POST', '/api/matrixvision/cameras', { body: camera })).body;
    const abort = new AbortController();
    const ended = runEdge({
      ...{ server: `http://127.0.0.1:${port}`, code: body.code, data: join(folder, name), mqtt: 'off' },
      ...{ parts: [name === 'gate' ? onBadDisk : edgePart], logLevel: 'silent', timing, signal: abort.signal },
    });
    const end = () => {
      abort.abort();
      return ended;
    };
    boxes.push({ id: body.box.id, cameraId, end });
  }
}, 120_000);
afterAll(async () => {
  for (const { end } of boxes) await end();
  // What the agents of this process kept open would be waited for.
  test?.host.http.server.closeAllConnections();
  await test?.cleanup();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** Registers a model; the score makes each another network. */
async function register(name: string, score: number): Promise<{ sha256: string; network: string }> {
  const output = { dims: [1, 1, 6], data: [8, 8, 24, 24, score, 1] };
  const upload = await test.call('POST', '/api/matrixvision/models/files', {
    ...{ body: Buffer.from(constantNetwork({ output })), headers: { 'content-type': 'application/octet-stream' } },
  });
  const card = { ...testCard, name, output: { family: 'yolo', form: 'end-to-end' } };
  const body = { siteId, network: upload.body.hash, card };
  return (await test.call('POST', '/api/matrixvision/models', { body })).body.versions[0];
}

async function choose(model: string): Promise<void> {
  for (const { cameraId } of boxes) {
    const { settings } = (await test.call('GET', `/api/matrixvision/cameras/${cameraId}`)).body;
    const body = { settings: { ...settings, detection: { ...settings.detection, model } } };
    expect((await test.call('PATCH', `/api/matrixvision/cameras/${cameraId}`, { body })).status).toBe(200);
  }
}

const part = async (place: number) =>
  (await test.call('GET', `/api/cloud/edge/boxes/${boxes[place]!.id}`)).body.parts[0];
const states = async (place: number) =>
  ((await part(place)).figures.models ?? []).map((one: { name: string; state: string }) => `${one.name} ${one.state}`);
const soon = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 90_000, interval: 200 });

async function rollOut(name: string): Promise<{ state: string; reason: { text: string } }> {
  const body = { name, stages: boxes.map(({ id }) => [id]), settings: { soakSeconds: 0 } };
  const started = await test.call('POST', '/api/cloud/edge/rollouts', { body });
  expect(started.status).toBe(201);
  return soon(async () => {
    // A server looks every few seconds; here it is asked to.
    await test.host.use(cloudModule).edgeRollouts.advance();
    const { body: rollout } = await test.call('GET', `/api/cloud/edge/rollouts/${started.body.id}`);
    expect(rollout.state).not.toBe('running');
    return rollout;
  });
}

it('a model comes to boxes in stages by its hash, and one that a box cannot use stops and is taken back', async () => {
  for (const place of boxes.keys())
    await soon(async () => expect(await part(place)).toMatchObject({ reported: { cameras: [{ model: 'nanodet' }] } }));
  expect(existsSync(join(folder, 'gate', 'parts', 'matrixvision', 'own', 'models', 'nanodet-1.onnx'))).toBe(true);
  for (const { id } of boxes) await test.call('PATCH', `/api/cloud/edge/boxes/${id}`, { body: { held: true } });

  const good = await register('good', 0.9);
  await choose(good.sha256);
  expect(await rollOut('the first')).toMatchObject({ state: 'done' });
  for (const place of boxes.keys()) {
    await soon(async () => expect(await states(place)).toEqual(['good in-use']));
    expect(await part(place)).toMatchObject({
      desired: { models: [{ id: good.sha256, network: good.network }], cameras: [{ model: good.sha256 }] },
      ...{ reported: { cameras: [{ model: good.sha256 }] }, differences: [] },
    });
  }

  const bad = await register('bad', 0.8);
  changed = bad.network;
  await choose(bad.sha256);
  const failed = await rollOut('the second');
  expect(failed.state).toBe('failed');
  // The reason is the box's own, with the camera and the model in it.
  expect(failed.reason).toMatchObject({
    code: 'edge.part-refused',
    values: { reason: { code: 'box-camera.network-kept' } },
  });
  expect(failed.reason.text).toContain('gate camera goes on with the network good 1');
  expect(failed.reason.text).toContain('not loaded');
  await soon(async () => expect(await states(0)).toEqual(['bad refused', 'good in-use']));
  // The other box never heard of it.
  expect(await states(1)).toEqual(['good in-use']);
  for (const place of boxes.keys())
    expect((await part(place)).reported).toMatchObject({ cameras: [{ model: good.sha256 }] });
}, 240_000);
