import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { probe } from '@millwright/media';
import { hasRtspServer, type RtspServer, startRtspServer, writeAccessUnits } from '@millwright/media/test-support';
import { TcpProxy } from '@millwright/testkit';
import { renderScene, type SceneDefinition, walkwayStage } from '@millwright/testkit/scene';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BoxProcess, startBox, statusOf, waitingAt } from './support/box-process.ts';
import { eventually, type ServerProcess, startServer } from './support/server-process.ts';

/** How often the box is killed; MILLWRIGHT_KILLS=20 for the whole. */
const kills = Number(process.env.MILLWRIGHT_KILLS ?? 3);
/** A machine of two cores that runs other tests beside this one. */
const patienceMs = 120_000;

/** One walks through from left to right and back, so that the loop has no seam: somebody crosses every five seconds. */
const scene = {
  ...{ width: 512, height: 288, frameRate: 10, seconds: 10, seed: 5, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person', seed: 31, vest: true, hat: true },
      path: [
        { at: 0, x: -2.6, z: 6.7 },
        { at: 5, x: 2.6, z: 6.7 },
        { at: 10, x: -2.6, z: 6.7 },
      ],
    },
  ],
} satisfies SceneDefinition;
const crossingEveryMs = 5_000;
const middle = {
  ...{ id: 'middle', kind: 'line-crossing', name: 'Middle of the walkway', classes: ['person'] },
  line: [
    [0.5, 0.4],
    [0.5, 1],
  ],
};

interface StoredEvent {
  readonly id: string;
  readonly at: string;
  readonly receivedAt: string;
  readonly tracks: number[];
  readonly clipState: 'pending' | 'ready' | 'none';
  readonly clipReason: string | null;
  readonly hasPicture: boolean;
  readonly findingId: string | null;
  readonly proofMissing: string | null;
}

const folder = mkdtempSync(join(tmpdir(), 'millwright-box-'));
let server: ServerProcess;
let http: TcpProxy;
let broker: TcpProxy;
let rtsp: RtspServer | undefined;
let siteId: string;
let video: string;
let box: BoxProcess | undefined;

beforeAll(async () => {
  video = join(folder, 'walkway.mp4');
  [server] = await Promise.all([
    startServer({ data: join(folder, 'server'), flags: ['--embedded-durability', 'process'] }),
    renderScene(scene, { out: video }),
  ]);
  http = new TcpProxy(Number(new URL(server.url).port));
  broker = new TcpProxy(Number(new URL(server.mqttUrl).port));
  await Promise.all([http.start(), broker.start()]);
  siteId = await made('/api/cloud/nodes', { kind: 'site', parentId: null, name: 'Works', timezone: 'UTC' });
  // Debian's GStreamer, which CI installs; without it the box plays the file, which it fetches by its hash.
  if (!hasRtspServer()) return;
  const { width, height, frameRate } = scene;
  const file = await writeAccessUnits({ source: video, out: join(folder, 'units'), width, height, frameRate });
  rtsp = await startRtspServer({ streams: [{ path: '/walkway', file, frameRate }] });
}, 180_000);
afterAll(async () => {
  await box?.kill().catch(() => undefined);
  await rtsp?.close();
  await Promise.all([http?.stop(), broker?.stop()]);
  await server?.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

async function made(path: string, body: object | Buffer): Promise<string> {
  const answer = await server.call('POST', path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id ?? answer.body.hash;
}

/** A box with one camera that counts who walks through, and the line to start it by. */
async function newBox(name: string, source: object) {
  const { body } = await server.call('POST', '/api/cloud/edge/boxes', { siteId, name });
  const boxId: string = body.box.id;
  const recording = { mode: 'event', preSeconds: 1, postSeconds: 1 };
  const camera = { siteId, boxId, name: `${name} camera`, settings: { source, recording } };
  const cameraId = await made('/api/matrixvision/cameras', camera);
  const rules = { version: 1, rules: [middle] };
  expect((await server.call('PUT', `/api/matrixvision/cameras/${cameraId}/rules`, rules)).status).toBe(200);
  const first = ['--server', `http://127.0.0.1:${http.port}`, '--token', body.code];
  return { boxId, cameraId, first, data: join(folder, name), mqtt: ['--mqtt', `mqtt://127.0.0.1:${broker.port}`] };
}
async function fileSource() {
  const blob = await made('/api/cloud/uploads', readFileSync(video));
  return { type: 'file', blob, fileName: 'walkway.mp4', loop: true, rendered: true };
}

/** Oldest first. */
async function eventsOf(cameraId: string): Promise<StoredEvent[]> {
  const { body } = await server.call('GET', `/api/matrixvision/events?camera=${cameraId}&limit=500`);
  return body.items.reverse();
}
const detailOf = async (boxId: string) => (await server.call('GET', `/api/cloud/edge/boxes/${boxId}`)).body;

/** The switch between box and server is dead: what is connected hears nothing more, and nothing new goes through. */
function unplug(): void {
  for (const one of [http, broker]) {
    one.freeze();
    one.cut();
  }
}
function plugIn(): void {
  for (const one of [http, broker]) {
    // What was half said is said anew.
    one.cut();
    one.thaw();
  }
}

/** Everything about a camera's events that must hold however they came. */
async function expectWhole(boxId: string, cameraId: string, events: readonly StoredEvent[]): Promise<void> {
  const times = events.map(({ at }) => Date.parse(at));
  expect(new Set(events.map(({ at, tracks }) => `${at} ${tracks}`)).size, 'none is there twice').toBe(events.length);
  const received = events.map(({ receivedAt }) => Date.parse(receivedAt));
  expect(received, 'they came in the order in which they happened').toEqual([...received].sort((a, b) => a - b));
  const query = `camera=${cameraId}&limit=1000`;
  const crossings = (await server.call('GET', `/api/matrixvision/crossings?${query}`)).body.items;
  expect(crossings.map(({ at }: { at: string }) => Date.parse(at)).reverse(), 'each has its crossing').toEqual(times);
  const { holes, asides, streams } = await detailOf(boxId);
  expect([holes, asides, streams.length]).toEqual([[], [], 1]);
  for (const { id, clipState, clipReason, hasPicture, findingId, proofMissing } of events) {
    expect(hasPicture).toBe(true);
    expect([clipState, clipReason, id]).not.toEqual(['pending', clipReason, id]);
    if (clipState === 'ready') await expectPlayable(id);
    expect(findingId ?? proofMissing).not.toBeNull();
    if (!findingId) continue;
    const verified = await server.call('POST', `/api/ledger/entries/${findingId}/verify`, {});
    expect(verified.body.status).toBe('proved');
  }
}

async function expectPlayable(eventId: string): Promise<void> {
  const answer = await fetch(`${server.url}/api/matrixvision/events/${eventId}/clip.mp4`, {
    headers: { authorization: `Bearer ${server.operatorToken}` },
  });
  expect(answer.status).toBe(200);
  const path = join(folder, `${eventId}.mp4`);
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  expect(await probe({ url: path })).toMatchObject({ codec: 'h264', width: 512, height: 288 });
  rmSync(path);
}

/** All that waits on the box is at the server, and nothing of it is still to come. */
const settled = (cameraId: string, ids: () => ReadonlySet<string>) =>
  eventually(
    'all events to arrive with clip and proof',
    async () => {
      const events = await eventsOf(cameraId);
      const there = new Set(events.map(({ id }) => id));
      const isWhole = events.every((one) => one.clipState !== 'pending' && (one.findingId ?? one.proofMissing));
      return isWhole && [...ids()].every((id) => there.has(id)) && events;
    },
    patienceMs,
  );
/** Ends a camera, and resolves once the box has sent the last of it: what is looked at afterwards is all there is. */
async function endCamera(boxId: string, cameraId: string, data: string): Promise<void> {
  await server.call('PATCH', `/api/matrixvision/cameras/${cameraId}`, { enabled: false });
  const isEnded = async () => (await detailOf(boxId)).parts[0]?.reported?.cameras.length === 0;
  await eventually('the camera to be ended on the box', isEnded, patienceMs);
  await eventually('the box to have nothing left', async () => waitingAt(data).length === 0, patienceMs);
}
const foundIn = (data: string): string[] =>
  waitingAt(data)
    .filter(({ kind }) => kind === 'found')
    .flatMap(({ payload }) => payload.events.map(({ id }: { id: string }) => id));

describe('a box with a camera, on a machine of its own', () => {
  it('works through a cut link and a restart meanwhile; all of it arrives once, in order and proven', async () => {
    const source = rtsp ? { type: 'stream', url: rtsp.url('/walkway') } : await fileSource();
    const { boxId, cameraId, first, data, mqtt } = await newBox('gate-1', source);
    box = startBox(data, [...first, ...mqtt]);
    await eventually('the first event', async () => (await eventsOf(cameraId)).length > 0, patienceMs);
    const health = await eventually('a report by MQTT', async () => {
      const { box: facts, parts } = await detailOf(boxId);
      return facts.report?.health.transport === 'mqtt' && parts[0]?.figures.cameras?.[cameraId]?.fps > 0 && facts;
    });
    expect(health).toMatchObject({ state: 'online', errors: [], revision: health.desiredRevision });

    unplug();
    const cutAt = Date.now();
    await eventually('two to cross while the link is cut', async () => foundIn(data).length >= 2, patienceMs);
    const cut = await statusOf(data);
    expect(await box.stop(), box.output()).toBe(0);
    const beforeRestart = new Set(foundIn(data));
    // The server hears it no more, and still knows that it runs.
    expect(cut).toMatchObject({ pid: expect.any(Number), problem: { code: 'EDGE_SERVER_UNREACHABLE' } });
    expect(cut.report.parts.matrixvision.figures.cameras).toHaveProperty(cameraId);
    // Its last tracks and clips are on disk as well.
    expect(waitingAt(data).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['found', 'chunk', 'clip']));
    box = startBox(data, mqtt);
    await eventually(
      'another to cross after the restart',
      async () => foundIn(data).length > beforeRestart.size,
      patienceMs,
    );
    const whileCut = new Set(foundIn(data));
    plugIn();
    // Once more in the middle of a file.
    let crossed = 0;
    http.onData = (length) => {
      crossed += length;
      if (crossed < 100_000) return;
      http.onData = () => undefined;
      http.cut();
    };
    await eventually(
      'all of the cut to arrive',
      async () => {
        const there = new Set((await eventsOf(cameraId)).map(({ id }) => id));
        return [...whileCut].every((id) => there.has(id));
      },
      patienceMs,
    );
    // What is still being seen ends here, so that the last of it has its tracks.
    await endCamera(boxId, cameraId, data);
    const events = await settled(cameraId, () => whileCut);
    expect(await box.stop()).toBe(0);
    box = undefined;

    await expectWhole(boxId, cameraId, events);
    const late = events.filter(({ id }) => whileCut.has(id));
    for (const { at, receivedAt } of late) {
      expect(Date.parse(at)).toBeGreaterThan(cutAt - crossingEveryMs);
      expect(Date.parse(receivedAt)).toBeGreaterThanOrEqual(Date.parse(at));
    }
    // They stand where somebody crossed: five seconds apart, or a multiple where one was not seen.
    const own = late.filter(({ id }) => beforeRestart.has(id)).map(({ at }) => Date.parse(at) / crossingEveryMs);
    for (const [index, at] of own.entries())
      if (index > 0) expect(Math.abs(at - own[index - 1]! - Math.round(at - own[index - 1]!))).toBeLessThan(0.3);
    expect(events.filter(({ clipState }) => clipState === 'ready').length).toBeGreaterThanOrEqual(late.length);
    expect(events.every(({ findingId }) => findingId !== null)).toBe(true);
  }, 600_000);

  it(`killed ${kills} times, loses and doubles no event that it held, and its clips play`, async () => {
    const { boxId, cameraId, first, data, mqtt } = await newBox('gate-2', await fileSource());
    const promised = new Set<string>();
    const remember = async () => {
      for (const id of foundIn(data)) promised.add(id);
      for (const { id } of await eventsOf(cameraId)) promised.add(id);
    };
    for (let round = 1; round <= kills; round += 1) {
      const before = promised.size;
      // By way of the broker every other time.
      const by = round % 2 === 0 ? mqtt : ['--mqtt', 'off'];
      box = startBox(data, round === 1 ? [...first, ...by] : by);
      await eventually(
        'another event',
        async () => {
          if (round > 1 || (await eventsOf(cameraId)).length > 0) await remember();
          return promised.size > before;
        },
        patienceMs,
      );
      // At any moment: while the clip is recorded, cut, handed over or sent.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 4_000));
      if (round % 3 === 0) http.cut();
      await box.kill();
      await remember();
    }
    expect(promised.size).toBeGreaterThanOrEqual(kills);
    box = startBox(data, ['--mqtt', 'off']);
    await eventually(
      'the box to work again',
      async () => (await eventsOf(cameraId)).some(({ id }) => !promised.has(id)),
      patienceMs,
    );
    await endCamera(boxId, cameraId, data);
    const events = await settled(cameraId, () => promised);
    expect(await box.stop()).toBe(0);
    box = undefined;
    await expectWhole(boxId, cameraId, events);
    const missing = events.filter(({ proofMissing }) => proofMissing).map(({ proofMissing }) => proofMissing);
    // Tracks are handed over before the event that rests on them, unless the last ones were a second before.
    expect(missing.every((reason) => reason === 'tracks-lost')).toBe(true);
    expect(missing.length).toBeLessThanOrEqual(Math.ceil(kills / 5));
    const playable = events.filter(({ clipState }) => clipState === 'ready').length;
    process.stdout.write(
      `box killed ${kills} times: ${promised.size} events held, ${events.length} stored, ${playable} with a clip that plays, ${missing.length} whose tracks died with the box\n`,
    );
    expect(playable).toBeGreaterThan(0);
  }, 1_800_000);
});
