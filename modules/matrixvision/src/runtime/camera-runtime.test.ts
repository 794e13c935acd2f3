import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { type PersonInScene, renderScene, type SceneDefinition, walkwayStage } from '@millwright/testkit/scene';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { matrixvisionModule } from '../server.ts';

const person = (seed: number, path: PersonInScene['path']): PersonInScene => ({
  ...{ kind: 'person', seed, vest: true, hat: true, path },
});
/** One walks through from left to right and back, so that the loop has no seam. */
const definition = {
  ...{ width: 512, height: 288, frameRate: 10, seconds: 10, seed: 5, stage: walkwayStage() },
  actors: [
    person(31, [
      { at: 0, x: -2.6, z: 6.7 },
      { at: 5, x: 2.6, z: 6.7 },
      { at: 10, x: -2.6, z: 6.7 },
    ]),
  ],
} satisfies SceneDefinition;
const middle = {
  ...{ id: 'middle', kind: 'line-crossing', name: 'Middle of the walkway', classes: ['person'] },
  line: [
    [0.5, 0.4],
    [0.5, 1],
  ],
};

let folder: string;
let test: TestHost;
let siteId: string;
let cameraId: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-runtime-'));
  const video = join(folder, 'walkway.mp4');
  await renderScene(definition, { out: video });
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule], live: true });
  const site = await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } });
  siteId = site.body.id;
  const upload = await test.call('POST', '/api/cloud/uploads', {
    ...{ body: readFileSync(video), headers: { 'content-type': 'application/octet-stream' } },
  });
  const camera = await test.call('POST', '/api/matrixvision/cameras', {
    body: {
      ...{ siteId, name: 'Walkway' },
      settings: {
        source: { type: 'file', blob: upload.body.hash, fileName: 'walkway.mp4' },
        recording: { mode: 'continuous', preSeconds: 1, postSeconds: 1 },
        privacy: { blur: 'people' },
      },
    },
  });
  cameraId = camera.body.id;
  await test.call('PUT', `/api/matrixvision/cameras/${cameraId}/rules`, { body: { version: 1, rules: [middle] } });
}, 120_000);
afterAll(async () => {
  await test?.cleanup();
  await rm(folder, { recursive: true, force: true });
});

const events = async () => (await test.call('GET', '/api/matrixvision/events')).body.items;

describe('a camera that plays a file', () => {
  it('counts who crosses the line, with picture, clip and a proof that verify repeats', async () => {
    const proved = await vi.waitFor(
      async () => {
        const found = (await events()).find(({ findingId }: { findingId: string | null }) => findingId);
        expect(found).toBeDefined();
        return found;
      },
      { timeout: 150_000, interval: 1_000 },
    );
    expect(proved).toMatchObject({
      ...{ kind: 'line-crossing', ruleName: 'Middle of the walkway', label: 'person', hasPicture: true },
      clipState: 'ready',
    });
    const verified = await test.call('POST', `/api/ledger/entries/${proved.findingId}/verify`, { body: {} });
    expect(verified.body).toMatchObject({ status: 'proved', method: { id: 'matrixvision.rule-event' } });
    const clip = await test.call('GET', `/api/matrixvision/events/${proved.id}/clip.mp4`, {
      headers: { range: 'bytes=4-7' },
    });
    expect([clip.status, String(clip.body)]).toEqual([206, 'ftyp']);
    const picture = await test.call('GET', `/api/matrixvision/events/${proved.id}/picture.jpg`);
    expect([picture.status, picture.headers['content-type']]).toEqual([200, 'image/jpeg']);
  }, 200_000);

  it('shows people covered to those who may not know them', async () => {
    const event = (await events()).find(({ findingId }: { findingId: string | null }) => findingId);
    const bytesOf = async (path: string, as: 'administrator' | 'operator') => {
      // A clip is covered by the tracks of all of it, which are stored half a minute at a time.
      const answer = await vi.waitFor(
        async () => {
          const given = await test.call('GET', path, { as });
          expect(given.status).toBe(200);
          return given;
        },
        { timeout: 90_000, interval: 500 },
      );
      return String(answer.body);
    };
    for (const file of ['picture.jpg', 'clip.mp4']) {
      const path = `/api/matrixvision/events/${event.id}/${file}`;
      const [seen, covered] = [await bytesOf(path, 'administrator'), await bytesOf(path, 'operator')];
      expect(covered.length).toBeGreaterThan(1_000);
      expect(covered).not.toBe(seen);
    }
    const snapshot = await test.call('GET', `/api/matrixvision/cameras/${cameraId}/snapshot.jpg`, { as: 'operator' });
    expect(snapshot.status).toBe(200);
    const query = { from: new Date(Date.now() - 60_000).toISOString(), to: new Date().toISOString() };
    const recording = `/api/matrixvision/cameras/${cameraId}/recordings/clip.mp4`;
    expect((await test.call('GET', recording, { as: 'operator', query })).body.error.code).toBe('ACCESS_DENIED');
  }, 200_000);

  it('says how it is, and shows its newest picture', async () => {
    const { body } = await test.call('GET', `/api/matrixvision/cameras/${cameraId}`);
    expect(body.state).toMatchObject({ state: 'streaming', width: 512, height: 288, codec: 'h264', health: 'good' });
    expect(body.state.detectionsPerSecond).toBeGreaterThan(0);
    const snapshot = await test.call('GET', `/api/matrixvision/cameras/${cameraId}/snapshot.jpg`, {
      query: { width: 256 },
    });
    expect([snapshot.status, snapshot.headers['content-type']]).toEqual([200, 'image/jpeg']);
    const denied = await test.call('GET', `/api/matrixvision/cameras/${cameraId}/snapshot.jpg`, { as: 'viewer' });
    expect(denied.status).toBe(403);
  });

  it('answers who was there, where they stood, and what another line would have counted', async () => {
    const span = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
    const query = { camera: cameraId, ...span };
    const search = (await test.call('GET', '/api/matrixvision/tracks/search', { query })).body.items;
    expect(search.some(({ label }: { label: string }) => label === 'person')).toBe(true);
    const map = (await test.call('GET', '/api/matrixvision/tracks/heat-map', { query })).body;
    expect(map.seconds.reduce((sum: number, one: number) => sum + one, 0)).toBeGreaterThan(5);
    const paths = (await test.call('GET', '/api/matrixvision/tracks/paths', { query })).body.items;
    expect(paths.length).toBeGreaterThan(0);
    const outside = {
      ...middle,
      line: [
        [0.01, 0.01],
        [0.02, 0.01],
      ],
    };
    const recount = await test.call('POST', `/api/matrixvision/cameras/${cameraId}/recount`, {
      body: { ...span, rules: { version: 1, rules: [outside] } },
    });
    const [rule] = recount.body.rules;
    expect(rule.old.events).toBeGreaterThan(0);
    expect(rule.new.events).toBe(0);
    const counts = (await test.call('GET', '/api/matrixvision/crossings/counts', { query })).body.items;
    const sum = (one: Record<string, number>) => one.in! + one.out! + one.unconfirmedIn! + one.unconfirmedOut!;
    expect(counts.map(sum).reduce((a: number, b: number) => a + b, 0)).toBeGreaterThan(0);
  }, 90_000);

  it('cuts out who is there now with the pose, for those alone who may know people', async () => {
    const body = { siteId, name: 'orange vest', part: 'torso' };
    const { id } = (await test.call('POST', '/api/matrixvision/attributes', { body })).body;
    const look = `/api/matrixvision/attributes/${id}/look`;
    // People are covered on this camera, so an engineer looks at none.
    expect((await test.call('POST', look, { as: 'engineer', body: {} })).body).toEqual({ cameras: 0, found: 0 });
    await vi.waitFor(async () => expect((await test.call('POST', look, { body: {} })).body.found).toBe(1), {
      ...{ timeout: 120_000, interval: 500 },
    });
    const { attributes } = test.host.use(matrixvisionModule);
    const [person] = await vi.waitFor(
      async () => {
        const seen = await attributes.people.seenOn(cameraId);
        expect(seen?.people).toHaveLength(1);
        return seen!.people;
      },
      { timeout: 60_000, interval: 200 },
    );
    const { width, height } = await sharp(person!.jpeg).metadata();
    expect([width, height]).toEqual([person!.size.width, person!.size.height]);
    expect(height).toBeGreaterThan(60);
    expect(height).toBeLessThan(288);
    expect(person!.keypoints).toHaveLength(17);
    const { y, height: share } = person!.box;
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y + share).toBeLessThanOrEqual(1);
  }, 200_000);

  it('keeps a recording that can be cut and locked', async () => {
    const path = `/api/matrixvision/cameras/${cameraId}/recordings`;
    const query = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
    const { body } = await test.call('GET', path, { query });
    expect(body.segments.length).toBeGreaterThan(0);
    // What is being written now is not lost; what passed before its first picture may be, on a machine with much to do.
    const [{ from, to }] = body.segments;
    const lost: { to: string; reason: string }[] = body.hours.flatMap((hour: { lost: object[] }) => hour.lost);
    expect(lost.filter((one) => Date.parse(one.to) > Date.parse(from) + 1_000)).toEqual([]);
    const clip = await test.call('GET', `${path}/clip.mp4`, { query: { from, to } });
    expect([clip.status, clip.headers['content-type']]).toEqual([200, 'video/mp4']);
    const lock = await test.call('POST', `${path}/locks`, { body: { from, to } });
    expect(lock.status).toBe(201);
    expect((await test.call('GET', path, { query })).body.locks).toMatchObject([{ id: lock.body.id }]);
    expect((await test.call('DELETE', `${path}/locks/${lock.body.id}`)).status).toBe(204);
    expect((await test.call('GET', `${path}/clip.mp4`, { query: { from: to, to: from } })).status).toBe(422);
  }, 90_000);

  it('goes on being shown to those who look while its settings are changed', async () => {
    const headers = { authorization: `Bearer ${await test.token('administrator')}` };
    const heard: string[] = [];
    const socket = await test.assembly.app.injectWS(`/api/matrixvision/cameras/${cameraId}/live`, { headers });
    socket.on('message', (raw, isBinary) => {
      if (!isBinary) heard.push((JSON.parse(String(raw)) as { type: string }).type);
    });
    const fragments = async () => vi.waitFor(() => expect(heard).toContain('fragment'), { timeout: 30_000 });
    await fragments();
    const path = `/api/matrixvision/cameras/${cameraId}`;
    const { settings } = (await test.call('GET', path)).body;
    await test.call('PATCH', path, {
      body: { settings: { ...settings, detection: { ...settings.detection, mostPerSecond: 4 } } },
    });
    // Begins anew: state, video, fragments.
    heard.splice(0);
    await vi.waitFor(() => expect(heard).toContain('video'), { timeout: 30_000 });
    heard.splice(0);
    await fragments();
    socket.terminate();
  }, 120_000);

  it('goes over to covered pictures, or ends, for whoever looks on when rights are taken away or the session ends', async () => {
    const { body: user } = await test.call('POST', '/api/access/users', {
      body: { name: 'liu', role: 'administrator' },
    });
    // There is to be one administrator at least.
    await test.call('POST', '/api/access/users', { body: { name: 'chen', role: 'administrator' } });
    const signIn = async (password: string) => {
      const { headers } = await test.call('POST', '/api/session', { as: 'nobody', body: { name: 'liu', password } });
      return { cookie: String(headers['set-cookie']).split(';')[0]! };
    };
    const as = await signIn(user.password);
    const next = 'steam and copper pipes';
    await test.call('PUT', '/api/session/password', { as, body: { current: user.password, next } });
    const look = async (headers: { cookie: string }) => {
      const heard: (Buffer | { type: string; mime?: string | null })[] = [];
      const path = `/api/matrixvision/cameras/${cameraId}/live`;
      const take = (raw: Buffer, isBinary: boolean) => heard.push(isBinary ? raw : JSON.parse(String(raw)));
      const socket = await test.assembly.app.injectWS(path, { headers }, { onInit: (one) => one.on('message', take) });
      const closed = new Promise<[number, string]>((resolve) =>
        socket.on('close', (code: number, reason: Buffer) => resolve([code, String(reason)])),
      );
      return { heard, closed };
    };
    const isVideo = (one: object) => one instanceof Buffer;
    const change = async (role: string) => {
      const { status } = await test.call('PATCH', `/api/access/users/${user.user.id}`, { body: { role } });
      expect(status).toBe(200);
    };
    const wait = { timeout: 60_000, interval: 100 };
    const { heard, closed } = await look(as);
    await vi.waitFor(() => expect(heard.filter(isVideo).length).toBeGreaterThan(1), wait);
    await change('operator');
    const isCovered = (one: object) => 'mime' in one && one.mime === null;
    await vi.waitFor(() => expect(heard.some(isCovered)).toBe(true), wait);
    const since = () => heard.slice(heard.findIndex(isCovered));
    await vi.waitFor(
      () => expect(since().filter((one) => 'type' in one && one.type === 'tracks').length).toBeGreaterThan(10),
      wait,
    );
    expect(since().some(isVideo)).toBe(false);
    await change('administrator');
    await vi.waitFor(() => expect(since().some(isVideo)).toBe(true), wait);
    await change('viewer');
    expect(await closed).toEqual([4403, 'ACCESS_DENIED']);
    await change('operator');
    const again = await signIn(next);
    const second = await look(again);
    await vi.waitFor(() => expect(second.heard.length).toBeGreaterThan(0), wait);
    await test.call('DELETE', '/api/session', { as: again });
    expect((await second.closed)[0]).toBe(4401);
  }, 120_000);

  it('says which rules can find nothing, until they can', async () => {
    const put = (rules: object[]) =>
      test.call('PUT', `/api/matrixvision/cameras/${cameraId}/rules`, { body: { version: 1, rules } });
    const notes = async () =>
      (await test.call('GET', `/api/matrixvision/cameras/${cameraId}`)).body.state.notes.map(
        ({ code, values }: { code: string; values: { rule: string } }) => [code, values.rule],
      );
    const hats = { id: 'hats', kind: 'equipment-missing', attribute: 'hard hat' };
    await put([middle, hats, { ...middle, id: 'typed-wrong', classes: ['Person'] }]);
    await vi.waitFor(
      async () =>
        expect(await notes()).toEqual([
          ['cameras.rule-attribute', 'hats'],
          ['cameras.rule-labels', 'typed-wrong'],
        ]),
      { timeout: 60_000, interval: 500 },
    );
    await put([middle]);
    await vi.waitFor(async () => expect(await notes()).toEqual([]), { timeout: 60_000, interval: 500 });
  }, 130_000);

  it('is stopped when it is switched off', async () => {
    await test.call('PATCH', `/api/matrixvision/cameras/${cameraId}`, { body: { enabled: false } });
    await vi.waitFor(async () => {
      const { body } = await test.call('GET', `/api/matrixvision/cameras/${cameraId}`);
      expect(body.state.state).toBe('off');
    }, 30_000);
    const snapshot = await test.call('GET', `/api/matrixvision/cameras/${cameraId}/snapshot.jpg`);
    expect(snapshot.body.error.code).toBe('CAMERA_NOT_RUNNING');
  }, 60_000);
});

describe('a camera that cannot be reached', () => {
  it('says why with a code, and is asked once its network is allowed', async () => {
    const { body } = await test.call('POST', '/api/matrixvision/cameras', {
      body: { siteId, name: 'Inside', settings: { source: { type: 'stream', url: 'rtsp://127.0.0.1:9/main' } } },
    });
    await vi.waitFor(
      async () => {
        const { state } = (await test.call('GET', `/api/matrixvision/cameras/${body.id}`)).body;
        expect(state).toMatchObject({ state: 'lost', code: 'MEDIA_ADDRESS_FORBIDDEN' });
        expect(state.message).toContain('allowedNetworks');
      },
      { timeout: 20_000, interval: 500 },
    );
    await test.call('POST', '/api/matrixvision/networks', { body: { network: '127.0.0.1/32' } });
    await vi.waitFor(
      async () => {
        const { state } = (await test.call('GET', `/api/matrixvision/cameras/${body.id}`)).body;
        expect(state).toMatchObject({ state: 'lost', code: 'MEDIA_UNREACHABLE' });
      },
      { timeout: 60_000, interval: 500 },
    );
  }, 100_000);
});
