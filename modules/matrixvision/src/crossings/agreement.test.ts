import { type CloudServices, cloudModule } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRules } from '../rules/engine.ts';
import type { Counts } from '../rules/rule.ts';
import { parseRules } from '../rules/rules-file.ts';
import { analysisActor } from '../runtime/finding-store.ts';
import { TrackWriter } from '../runtime/track-writer.ts';
import type { FoundEvent, TrackChunk } from '../runtime/watched-camera.ts';
import { matrixvisionModule } from '../server.ts';
import { boxMessage } from '../test-support/box-message.ts';
import { observationsOf, straight } from '../test-support/walk.ts';
import { quantiseObservation } from '../tracks/quantise.ts';

const start = Date.parse('2026-03-01T10:00:00Z');
const [toRight, toLeft] = [straight([0.3, 0.5], [0.7, 0.5], 20), straight([0.7, 0.5], [0.3, 0.5], 20)];
/** Someone every five seconds for five minutes, each third one back; in every seventh case one who was lost before. */
const walks = Array.from({ length: 60 }, (_, index) =>
  observationsOf(
    [
      {
        ...{ track: 1 + index, path: index % 3 === 0 ? toLeft : toRight },
        ...(index % 7 === 0 && { rejoinedFrom: 0 }),
      },
    ],
    100,
    start + index * 5_000,
  ).map(quantiseObservation),
).flat();

const gate = {
  ...{ id: 'gate', kind: 'line-crossing', name: 'Gate' },
  line: [
    [0.5, 0.1],
    [0.5, 0.9],
  ],
};

let test: TestHost;
let siteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  const site = await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } });
  siteId = site.body.id;
});
afterAll(() => test.cleanup());

/** What a camera of a box finds by a rule, handed in as a box does it. */
async function told(name: string, settings: object) {
  const cloud: CloudServices = test.host.use(cloudModule);
  const part = cloud.edgeParts.get('matrixvision')!;
  const { body: made } = await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name } });
  const box = { id: made.box.id as string, name, siteId };
  const source = { type: 'stream', url: 'rtsp://198.51.100.7/main' };
  const { body: camera } = await test.call('POST', '/api/matrixvision/cameras', {
    body: { siteId, boxId: box.id, name, settings: { source } },
  });
  const file = { version: 1, rules: [{ ...gate, ...settings }] };
  await test.call('PUT', `/api/matrixvision/cameras/${camera.id}/rules`, { body: file });
  const engine = createRules(parseRules(file));
  const chunks: TrackChunk[] = [];
  const writer = new TrackWriter((chunk) => chunks.push(chunk));
  const found: FoundEvent[] = [];
  const take = (events: ReturnType<typeof engine.observe>) =>
    found.push(...events.map((event) => ({ id: newId(), event, width: 1000, height: 1000 })));
  for (const observation of walks) {
    writer.add(observation);
    take(engine.observe(observation));
  }
  take(engine.finish());
  writer.flush();
  const runId = newId();
  const of = { cameraId: camera.id, runId, ruleVersion: 1 };
  const send = async (kind: string, payload: object, name: string, bytes: Uint8Array) => {
    const { hash, size } = await test.host.blobs.put(bytes);
    const blobs = [{ sha256: hash, bytes: size, name }];
    await part.receive(analysisActor, boxMessage({ box, kind, payload: { ...of, ...payload }, at: start, blobs }));
  };
  await send('found', { events: found }, 'picture.jpg', Buffer.from('picture'));
  const eventIds = found.map(({ id }) => id);
  await send('clip', { eventIds, from: start, to: start + 1 }, 'clip.mp4', Buffer.from('clip'));
  for (const { bytes, ...facts } of chunks) await send('chunk', facts, 'tracks.mwt', bytes);
  return { camera: camera.id as string, live: engine.counts().gate!, rules: file, found };
}

const none = { in: 0, out: 0, unconfirmedIn: 0, unconfirmedOut: 0 };
type Figures = typeof none;
const sum = (rows: readonly Figures[]): Figures =>
  rows.reduce(
    (all, row) => ({
      ...{ in: all.in + row.in, out: all.out + row.out },
      unconfirmedIn: all.unconfirmedIn + row.unconfirmedIn,
      unconfirmedOut: all.unconfirmedOut + row.unconfirmedOut,
    }),
    none,
  );
const get = async (path: string, query: object) =>
  (await test.call('GET', `/api/matrixvision/${path}`, { query: { ...query } })).body;

describe.each([
  ['a cooldown', { cooldown: 60 }, 5],
  ['events in one direction only', { direction: 'in' }, 20],
  ['both', { cooldown: 60, direction: 'out' }, 5],
])('a line with %s', (name, settings, events) => {
  it('has a stored crossing for each one that is counted, whoever asks', async () => {
    const { camera, live, rules, found } = await told(name, settings);
    const span = { from: '2026-03-01T09:00:00Z', to: '2026-03-01T11:00:00Z' };
    expect(live).toEqual({ in: 17, out: 34, unconfirmedIn: 3, unconfirmedOut: 6 } satisfies Counts);
    const counted = sum((await get('crossings/counts', { camera, ...span })).items);
    expect(counted).toEqual(live);
    const { items: crossings } = await get('crossings', { camera, limit: 1000 });
    expect(crossings).toHaveLength(60);
    const recount = await test.call('POST', `/api/matrixvision/cameras/${camera}/recount`, {
      body: { ...span, rules },
    });
    expect(recount.body.rules).toMatchObject([{ old: { counts: live, events }, new: { counts: live, events } }]);
    const csv = String(await get('crossings/export', { camera }));
    expect(csv.trim().split('\r\n').slice(1)).toHaveLength(60);
    // Each of them can be looked at.
    for (const { id, before, after, hasPicture } of crossings) {
      const crossing = found.find((one) => one.id === id)!.event.crossing!;
      expect([before.x, after.x]).toEqual([crossing.from.x, crossing.to.x]);
      expect(hasPicture).toBe(true);
      const stored = await get(`events/${id}`, {});
      expect(stored).toMatchObject({ clipState: 'ready', findingId: expect.any(String), proofMissing: null });
    }
    // The cooldown and the direction say what asks for attention.
    const { items, total } = await get('events', { camera, limit: 500 });
    expect([items.length, total]).toEqual([events, events]);
    expect(items.every(({ keptBack }: { keptBack: unknown }) => keptBack === null)).toBe(true);
    const raised = (
      await test.host.db.query<{ count: number }>(`select count(*)::int as count from cloud_alert where subject = $1`, [
        `${camera}/gate`,
      ])
    ).rows[0]!.count;
    expect(raised).toBe(events);
  }, 60_000);
});

it('judges a crossing without an event with the others of its rule', async () => {
  const { camera, found } = await told('judged', { cooldown: 600 });
  const review = (id: string, state: string) =>
    test.call('POST', `/api/matrixvision/events/${id}/review`, { body: { state, note: '' } });
  expect((await review(found[0]!.id, 'confirmed')).status).toBe(200);
  expect((await review(found[1]!.id, 'rejected')).body).toMatchObject({ keptBack: 'cooldown', state: 'rejected' });
  const { items } = await get('events/precision', { camera });
  expect(items).toMatchObject([{ events: 1, confirmed: 1, rejected: 1, precision: 0.5 }]);
}, 60_000);

it('counts the same of a stretch in the tracks as in what is stored of it, at its ends too', async () => {
  const { camera, rules } = await told('a stretch', { cooldown: 60 });
  // Somebody is on the line at either end: crossed a tenth of a second after `from`, and before `to`.
  for (const [first, last] of [
    [60_900, 120_900],
    [61_000, 121_000],
    [60_000, 180_000],
  ] as const) {
    const span = { from: new Date(start + first).toISOString(), to: new Date(start + last).toISOString() };
    const counted = sum((await get('crossings/counts', { camera, ...span })).items);
    const recount = await test.call('POST', `/api/matrixvision/cameras/${camera}/recount`, {
      body: { ...span, rules },
    });
    expect(recount.body.rules[0].old.counts).toEqual(counted);
    const line = JSON.stringify(gate.line);
    const { items } = await get('tracks/search', { camera, ...span, line });
    expect(items).toHaveLength(counted.in + counted.out + counted.unconfirmedIn + counted.unconfirmedOut);
    expect(items.filter(({ confirmed }: { confirmed: boolean }) => confirmed)).toHaveLength(counted.in + counted.out);
  }
}, 60_000);
