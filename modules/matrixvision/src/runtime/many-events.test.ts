import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { cloudModule, type EdgePartServer, type ReceivedEdgeMessage } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Observation } from '../observation.ts';
import { createRules } from '../rules/engine.ts';
import { parseRules } from '../rules/rules-file.ts';
import { matrixvisionModule } from '../server.ts';
import { quantiseObservation } from '../tracks/quantise.ts';
import { analysisActor } from './finding-store.ts';
import { TrackWriter } from './track-writer.ts';
import type { TrackChunk } from './watched-camera.ts';

const start = Date.parse('2026-03-01T10:00:00Z');
const runId = newId();
let test: TestHost;
let part: EdgePartServer;
let siteId = '';
let boxId = '';
/** Alerts by the message that they came in. */
const delivered = new Map<string, number>();
const receiver = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const chunk of request) parts.push(chunk as Buffer);
  const { id, data } = JSON.parse(Buffer.concat(parts).toString('utf8'));
  delivered.set(id, data.alerts?.length ?? 0);
  response.writeHead(204).end();
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const config = { allowedNetworks: '127.0.0.0/8' };
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule], live: true, config, logLevel: 'warn' });
  part = test.host.use(cloudModule).edgeParts.get('matrixvision')!;
  const site = { kind: 'site', name: 'Works', parentId: null };
  siteId = (await test.call('POST', '/api/cloud/nodes', { body: site })).body.id;
  boxId = (await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name: 'box' } })).body.box.id;
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const channel = { name: 'Desk', kind: 'webhook', config: { url }, groupSeconds: 10 };
  expect((await test.call('POST', '/api/cloud/alerts/channels', { body: channel })).status).toBe(201);
}, 120_000);
afterAll(async () => {
  await test?.cleanup();
  receiver.closeAllConnections();
  receiver.close();
});

const rules = parseRules({
  version: 1,
  rules: [
    {
      ...{ id: 'gate', kind: 'line-crossing' },
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
    },
  ],
});
const things = 1000;
/** A thousand things cross the line within a minute, some seventeen a second: a festival at its gate. */
function minute(): Observation[] {
  return Array.from({ length: 620 }, (_, step) => {
    const time = start + step * 100;
    const objects = Array.from({ length: things }, (_, thing) => ({
      thing,
      age: step - Math.floor((thing * 600) / things),
    }))
      .filter(({ age }) => age >= 0 && age < 12)
      .map(({ thing, age }) => ({
        ...{ track: thing + 1, score: 0.9, label: 'person', state: 'seen' as const, rejoined: false },
        box: { x: 150 + age * 55, y: 40 + (thing % 12) * 70, width: 30, height: 80 },
      }));
    return quantiseObservation({ time, width: 1000, height: 1000, objects });
  });
}

it('takes in a thousand events in a minute: each once, proven, in few alerts, while the console is answered', async () => {
  const source = { type: 'stream', url: 'rtsp://198.51.100.7/main' };
  const made = await test.call('POST', '/api/matrixvision/cameras', {
    body: { siteId, boxId, name: 'Gate', settings: { source, recording: { mode: 'off' } } },
  });
  expect(made.status).toBe(201);
  const cameraId: string = made.body.id;
  await test.call('PUT', `/api/matrixvision/cameras/${cameraId}/rules`, { body: rules });
  const message = (kind: string, payload: object, blobs: ReceivedEdgeMessage['blobs'] = []) =>
    ({
      ...{ box: { id: boxId, name: 'box', siteId }, sequence: 1, id: newId(), part: 'matrixvision', kind },
      ...{ time: start, at: start, clock: 'measured', receivedAt: start, late: false, blobs },
      payload: { cameraId, runId, ruleVersion: 1, ...payload },
    }) as ReceivedEdgeMessage;
  const keep = async (name: string, bytes: Uint8Array) => {
    const { hash, size } = await test.host.blobs.put(bytes);
    return [{ sha256: hash, bytes: size, name }];
  };

  const chunks: TrackChunk[] = [];
  const writer = new TrackWriter((chunk) => chunks.push(chunk));
  const engine = createRules(rules);
  const told: ReceivedEdgeMessage[] = [];
  const ids: string[] = [];
  for (const observation of minute()) {
    writer.add(observation);
    const events = engine.observe(observation).map((event) => ({ id: newId(), event, width: 1000, height: 1000 }));
    if (events.length === 0) continue;
    ids.push(...events.map(({ id }) => id));
    told.push(message('found', { events }, await keep('picture.jpg', Buffer.from(`picture ${observation.time}`))));
  }
  writer.flush();
  expect(ids).toHaveLength(things);

  const asking = new AbortController();
  const answers: number[] = [];
  const console = (async () => {
    while (!asking.signal.aborted) {
      const began = performance.now();
      for (const path of ['/api/matrixvision/events', '/api/matrixvision/cameras', '/api/cloud/tree'])
        expect((await test.call('GET', path)).status).toBe(200);
      answers.push(performance.now() - began);
      await setTimeout(300);
    }
  })();
  try {
    for (const [index, found] of told.entries()) {
      await part.receive(analysisActor, found);
      // The answer got lost on the way, and the box says it again.
      if (index % 10 === 0) await part.receive(analysisActor, found);
    }
    for (const { bytes, ...facts } of chunks)
      await part.receive(analysisActor, message('chunk', facts, await keep('tracks.mwt', bytes)));
  } finally {
    asking.abort();
    await console;
  }

  const count = async (sql: string) => (await test.host.db.query<{ count: number }>(sql)).rows[0]!.count;
  expect(await count('select count(*)::int as count from matrixvision_event')).toBe(things);
  const stored = await test.host.db.query<{ id: string }>('select id from matrixvision_event');
  expect(new Set(stored.rows.map(({ id }) => id))).toEqual(new Set(ids));
  const query = { camera: cameraId, from: '2026-03-01T10:00:00Z', to: '2026-03-01T11:00:00Z', bucketMinutes: 60 };
  const counts = (await test.call('GET', '/api/matrixvision/crossings/counts', { query })).body.items;
  expect(counts).toMatchObject([{ ruleId: 'gate', in: 0, out: things }]);
  expect(await count('select count(*)::int as count from matrixvision_event where finding_id is null')).toBe(0);
  expect((await test.call('POST', '/api/ledger/verify', { body: {} })).body).toMatchObject({ problems: [] });
  expect(await count('select count(*)::int as count from cloud_alert')).toBe(things);
  // It was asked all the while and answered each time; how fast is for a benchmark to say.
  expect(answers.length).toBeGreaterThan(5);
  await vi.waitFor(() => expect([...delivered.values()].reduce((sum, alerts) => sum + alerts, 0)).toBeGreaterThan(0), {
    ...{ timeout: 60_000, interval: 200 },
  });
  expect(delivered.size).toBeLessThan(30);
}, 480_000);
