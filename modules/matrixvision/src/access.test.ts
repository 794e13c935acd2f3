import { randomUUID } from 'node:crypto';
import { cloudModule } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { createTestHost, type Method, type TestCall, type TestHost } from '@millwright/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderedHead } from './attributes/test-support/rendered.ts';
import { analysisActor } from './runtime/finding-store.ts';
import { matrixvisionModule } from './server.ts';
import { boxMessage, chunkOfWalk, crossingAt, gateRule } from './test-support/box-message.ts';

const base = '/api/matrixvision';
const at = Date.parse('2026-03-01T10:00:00Z');
const octets = { 'content-type': 'application/octet-stream' };

interface Place {
  readonly siteId: string;
  readonly boxId: string;
  readonly cameraId: string;
  /** Taken away, to be brought back. */
  readonly goneCameraId: string;
  readonly eventId: string;
  readonly crossingId: string;
  readonly attributeId: string;
  readonly goneAttributeId: string;
  readonly exampleId: string;
  readonly goneExampleId: string;
  readonly findingId: string;
}

let test: TestHost;
let mine: Place;
let theirs: Place;

async function made(path: string, body: object): Promise<{ id: string }> {
  const answer = await test.call('POST', path, { body });
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201);
  return answer.body;
}
const source = { type: 'stream', url: 'rtsp://198.51.100.7/main' };

/** A site with everything that matrixvision keeps, whose names all begin with that of the site. */
async function placeOf(name: string): Promise<Place> {
  const { id: siteId } = await made('/api/cloud/nodes', { kind: 'site', name, parentId: null });
  const { body: invited } = await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name: `${name} box` } });
  const box = { id: invited.box.id as string, name: `${name} box`, siteId };
  const camera = (own: string) =>
    made(`${base}/cameras`, { siteId, boxId: box.id, name: `${name} ${own}`, settings: { source } });
  const { id: cameraId } = await camera('gate');
  const { id: goneCameraId } = await camera('old gate');
  await test.call('DELETE', `${base}/cameras/${goneCameraId}`);
  await test.call('PUT', `${base}/cameras/${cameraId}/rules`, { body: { version: 1, rules: [gateRule] } });
  const seen = await seenBy(box, cameraId);
  const taught = await taughtAt(siteId, name, seen.eventId);
  return { siteId, boxId: box.id, cameraId, goneCameraId, ...seen, ...taught };
}

/** An event with picture, clip, crossing, tracks and proof. */
async function seenBy(box: { id: string; name: string; siteId: string }, cameraId: string) {
  const part = test.host.use(cloudModule).edgeParts.get('matrixvision')!;
  const file = async (name: string, content: Uint8Array) => {
    const { hash, size } = await test.host.blobs.put(Buffer.from(content));
    return { sha256: hash, bytes: size, name };
  };
  const [eventId, runId] = [newId(), newId()];
  const receive = async (kind: string, payload: object, blobs: Awaited<ReturnType<typeof file>>[]) =>
    part.receive(analysisActor, boxMessage({ box, kind, payload: { cameraId, ...payload }, at, blobs }));
  const shot = await sharp({ create: { width: 640, height: 360, channels: 3, background: '#456' } })
    .jpeg()
    .toBuffer();
  const found = { runId, ruleVersion: 1, events: [crossingAt(eventId, at)] };
  await receive('found', found, [await file('picture.jpg', shot)]);
  const clip = { eventIds: [eventId], from: at, to: at + 1000 };
  await receive('clip', clip, [await file('clip.mp4', Buffer.from(`clip ${eventId}`))]);
  const { bytes, ...facts } = chunkOfWalk(at - 2000);
  await receive('chunk', { runId, ruleVersion: 1, ...facts }, [await file('tracks.mwt', bytes)]);
  const { body } = await test.call('GET', `${base}/crossings`, { query: { camera: cameraId } });
  return { eventId, crossingId: body.items[0].id as string };
}

/** An attribute with a version in use, an example that is there and one that was taken away. */
async function taughtAt(siteId: string, name: string, eventId: string) {
  const attribute = (own: string) => made(`${base}/attributes`, { siteId, name: `${name} ${own}`, part: 'head' });
  const { id: attributeId } = await attribute('hat');
  const { id: goneAttributeId } = await attribute('old hat');
  await test.call('DELETE', `${base}/attributes/${goneAttributeId}`);
  const examples = [];
  for (const present of [true, false])
    for (const seed of [1, 2, 3]) {
      const { data, width, height } = renderedHead(present, seed + eventId.charCodeAt(9));
      const body = await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      const upload = await test.call('POST', `${base}/attributes/pictures`, { body, headers: octets });
      examples.push({ picture: upload.body.hash, fileName: `${name} ${present} ${seed}.png`, present });
    }
  const added = await test.call('POST', `${base}/attributes/${attributeId}/examples`, { body: { examples } });
  expect(added.status).toBe(201);
  const [exampleId, goneExampleId] = added.body.items.map(({ id }: { id: string }) => id);
  await test.call('DELETE', `${base}/attributes/${attributeId}/examples/${goneExampleId}`);
  const taught = await test.jobEnd((await test.call('POST', `${base}/attributes/${attributeId}/teach`)).body.jobId);
  expect(taught.state).toBe('done');
  const { body } = await test.call('GET', `${base}/attributes/${attributeId}/versions`);
  return { attributeId, goneAttributeId, exampleId, goneExampleId, findingId: body.items[0].findingId as string };
}

beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  mine = await placeOf('Mine');
  theirs = await placeOf('Theirs');
}, 120_000);
afterAll(() => test.cleanup());

interface Attempt {
  readonly method: Method;
  readonly path: string;
  readonly query?: object;
  readonly body?: object;
}

const span = { from: new Date(at - 60_000).toISOString(), to: new Date(at + 60_000).toISOString() };
const lock = '00000000-0000-7000-8000-000000000000';

/** Every way to what belongs to one place; those that change most come last. */
function attemptsOn(place: Place): Attempt[] {
  const { siteId, boxId, cameraId, goneCameraId, eventId, crossingId, attributeId, exampleId } = place;
  const camera = `${base}/cameras/${cameraId}`;
  const attribute = `${base}/attributes/${attributeId}`;
  const rules = { version: 1, rules: [gateRule] };
  const ofCamera = { camera: cameraId, ...span };
  const get = (path: string, query: object = {}): Attempt => ({ method: 'GET', path, query });
  const by = (method: Method, path: string, body?: object, query: object = {}): Attempt => ({
    ...{ method, path, query },
    ...(body && { body }),
  });
  return [
    get(camera),
    get(`${camera}/rules`),
    get(`${camera}/rules`, { version: 1 }),
    get(`${camera}/rules/history`),
    get(`${camera}/snapshot.jpg`),
    get(`${camera}/recordings`, span),
    get(`${camera}/recordings/clip.mp4`, span),
    get(`${base}/events`, { site: siteId }),
    get(`${base}/events/precision`, { site: siteId }),
    get(`${base}/events/export`, { site: siteId, format: 'csv' }),
    get(`${base}/events/${eventId}`),
    get(`${base}/events/${eventId}/picture.jpg`),
    get(`${base}/events/${eventId}/clip.mp4`),
    get(`${base}/crossings`, { camera: cameraId }),
    get(`${base}/crossings/counts`, ofCamera),
    get(`${base}/crossings/export`, { ...ofCamera, format: 'csv' }),
    get(`${base}/crossings/counts/export`, { ...ofCamera, format: 'csv' }),
    get(`${base}/tracks/export`, { ...ofCamera, format: 'csv' }),
    get(`${base}/crossings/${crossingId}/picture.jpg`),
    get(`${base}/tracks/heat-map`, ofCamera),
    get(`${base}/tracks/paths`, ofCamera),
    get(`${base}/tracks/search`, ofCamera),
    get(attribute),
    get(`${attribute}/candidates`),
    get(`${attribute}/candidates/${eventId}/picture.jpg`),
    get(`${attribute}/examples`),
    get(`${attribute}/examples/${exampleId}/picture.png`),
    get(`${attribute}/versions`),
    get(`${attribute}/versions/1/model`),
    by('POST', `${camera}/recount`, { rules, ...span }),
    by('POST', `${camera}/recordings/locks`, span),
    by('DELETE', `${camera}/recordings/locks/${lock}`),
    by('POST', `${base}/cameras`, { siteId, name: 'spy', settings: { source } }),
    by('PATCH', camera, { settings: { source: { ...source, url: 'rtsp://198.51.100.66/spy' } } }),
    by('PUT', `${camera}/rules`, rules),
    by('POST', `${base}/events/${eventId}/review`, { state: 'rejected', note: 'nothing to see' }),
    by('POST', `${base}/attributes`, { siteId, name: 'spy', part: 'head' }),
    by('POST', `${attribute}/look`, {}),
    by('POST', `${attribute}/examples`, { examples: [{ eventId, present: true }] }),
    by('PATCH', `${attribute}/examples/${exampleId}`, { present: false }),
    by('PUT', `${attribute}/use`, { version: 1 }),
    by('POST', `${attribute}/teach`),
    by('POST', `${attribute}/examples/${place.goneExampleId}/restore`),
    by('DELETE', `${attribute}/examples/${exampleId}`),
    by('POST', `${base}/attributes/${place.goneAttributeId}/restore`),
    by('DELETE', attribute),
    by('POST', `${base}/cameras/${goneCameraId}/restore`),
    by('PATCH', `${base}/cameras/${goneCameraId}`, { boxId }),
    by('DELETE', camera),
  ];
}

/** Lists that are narrowed to the caller's own sites, and what belongs to no site. */
const lists = [
  'GET /cameras',
  'GET /attributes',
  'GET /events',
  'GET /events/precision',
  'GET /events/export',
  'GET /models',
];
const ofNoSite = [
  'POST /attributes/pictures',
  'GET /networks',
  'POST /networks',
  'POST /networks/remove',
  'POST /discovery',
  'POST /discovery/streams',
  'POST /models/files',
  'POST /models/describe',
];
/** Of a model, which is made of a real network: its own service asks for the site first. */
const ofModels = /^\w+ \/models(\/try|\/\{id\}(\/restore)?)?$/;

const call = ({ method, path, ...rest }: Attempt, as: TestCall['as']) =>
  test.call(method, path, { ...(rest as TestCall), as });

describe('rights on one site', () => {
  it('are tried on every route of matrixvision', async () => {
    const { paths } = (await test.call('GET', '/api/openapi.json')).body as { paths: Record<string, object> };
    const tried = attemptsOn(theirs).map(({ method, path }) => `${method} ${path}`);
    const missing = Object.entries(paths)
      .filter(([path]) => path.startsWith(`${base}/`))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const))
      .filter(([method, path]) => {
        const short = `${method} ${path.slice(base.length)}`;
        const like = new RegExp(`^${method} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
        return (
          method !== 'HEAD' &&
          !ofModels.test(short) &&
          ![...lists, ...ofNoSite].includes(short) &&
          !tried.some((one) => like.test(one))
        );
      });
    expect(missing).toEqual([]);
  });

  it.each(['engineer', 'operator', 'viewer'] as const)('give a %s nothing of another site', async (role) => {
    const as = { role, siteIds: [mine.siteId] };
    const through: string[] = [];
    for (const attempt of attemptsOn(theirs)) {
      const { status } = await call(attempt, as);
      if (status !== 403) through.push(`${attempt.method} ${attempt.path} answers ${status}`);
    }
    expect(through).toEqual([]);
  });

  it('narrow every list to the sites of the caller', async () => {
    const as = { role: 'engineer' as const, siteIds: [mine.siteId] };
    const foreign = ['Theirs', ...Object.values(theirs)];
    const told: string[] = [];
    const seen: string[] = [];
    const asked = [
      ...lists.map((list) => base + list.slice(4)),
      '/api/ledger/entries',
      '/api/jobs',
      '/api/cloud/alerts',
    ];
    for (const path of asked) {
      if (JSON.stringify((await test.call('GET', path)).body).includes('Theirs')) seen.push(path);
      const text = JSON.stringify((await test.call('GET', path, { as })).body);
      for (const word of foreign) if (text.includes(word)) told.push(`${path} tells ${word}`);
    }
    expect(told).toEqual([]);
    // The test would prove nothing if there were nothing to see.
    expect(seen).toEqual(expect.arrayContaining([`${base}/cameras`, `${base}/attributes`, `${base}/events`]));
    for (const path of [`/api/ledger/entries/${theirs.findingId}`, `/api/ledger/entries/${theirs.findingId}/verify`])
      expect((await test.call(path.endsWith('verify') ? 'POST' : 'GET', path, { as })).status).toBe(403);
  });

  it('do not let what is one’s own reach into another site', async () => {
    const as = { role: 'engineer' as const, siteIds: [mine.siteId] };
    const refused = async (method: Method, path: string, body: object) =>
      (await test.call(method, path, { as, body })).status;
    const camera = { siteId: mine.siteId, name: 'bridge', settings: { source } };
    expect(await refused('POST', `${base}/cameras`, { ...camera, boxId: theirs.boxId })).toBe(403);
    expect(await refused('PATCH', `${base}/cameras/${mine.cameraId}`, { boxId: theirs.boxId })).toBe(403);
    expect(await refused('POST', `${base}/cameras`, { ...camera, assetId: theirs.siteId })).toBe(403);
    const examples = [{ eventId: theirs.eventId, present: true }];
    expect(await refused('POST', `${base}/attributes/${mine.attributeId}/examples`, { examples })).toBe(403);
    const crossed = `${base}/attributes/${mine.attributeId}/examples/${theirs.exampleId}`;
    expect(await refused('PATCH', crossed, { present: false })).toBe(404);
  });

  it('hold for live views and live news, too', async () => {
    const { app } = test.assembly;
    const token = await test.token('engineer', { siteIds: [mine.siteId] });
    const headers = { authorization: `Bearer ${token}` };
    const heard: string[] = [];
    const live = await app.injectWS('/api/live', { headers });
    live.on('message', (raw) => heard.push(String(raw)));
    live.send(JSON.stringify({ subscribe: ['matrixvision-events:all', 'matrixvision-camera:all'] }));
    await expect.poll(() => test.host.live.hasListeners('matrixvision-events:all')).toBe(true);
    const review = { body: { state: 'confirmed', note: '' } };
    for (const { eventId } of [theirs, mine]) await test.call('POST', `${base}/events/${eventId}/review`, review);
    await expect.poll(() => heard.some((text) => text.includes(mine.eventId))).toBe(true);
    expect(heard.filter((text) => text.includes(theirs.eventId))).toEqual([]);
    live.terminate();
    const closed = async (cameraId: string) => {
      let reason = '';
      const socket = await app.injectWS(
        `${base}/cameras/${cameraId}/live`,
        { headers },
        {
          onInit: (one) =>
            one.on('close', (_code, why) => {
              reason = String(why);
            }),
        },
      );
      await expect.poll(() => reason).not.toBe('');
      socket.terminate();
      return reason;
    };
    expect(await closed(theirs.cameraId)).toBe('ACCESS_SITE_DENIED');
    expect(await closed(mine.cameraId)).toBe('CAMERA_NOT_RUNNING');
    expect(await closed(randomUUID())).toBe('CAMERA_UNKNOWN');
  });

  it('are those of the site alone: its own engineer may all of it', async () => {
    const as = { role: 'engineer' as const, siteIds: [theirs.siteId] };
    const refused: string[] = [];
    for (const attempt of attemptsOn(theirs)) {
      const { status } = await call(attempt, as);
      if (status === 403 || status === 401 || status >= 500)
        refused.push(`${attempt.method} ${attempt.path} ${status}`);
    }
    expect(refused).toEqual([]);
  });
});
