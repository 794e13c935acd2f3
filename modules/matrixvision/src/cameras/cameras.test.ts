import { cloudModule } from '@millwright/cloud/server';
import { type Caller, createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matrixvisionModule } from '../server.ts';

let test: TestHost;
let siteId: string;
let otherSiteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  const site = async (name: string) =>
    (await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name, parentId: null } })).body.id;
  siteId = await site('Harbour works');
  otherSiteId = await site('Hill works');
});
afterAll(() => test.cleanup());

const stream = { type: 'stream', url: 'rtsp://198.51.100.7/main', username: 'viewer', password: 'a steady camera' };
const add = (name: string, more: object = {}, as?: 'viewer') =>
  test.call('POST', '/api/matrixvision/cameras', {
    ...(as && { as }),
    body: { siteId, name, enabled: false, settings: { source: stream }, ...more },
  });
const line = {
  ...{ id: 'gate', kind: 'line-crossing' },
  line: [
    [0.5, 0.1],
    [0.5, 0.9],
  ],
};

describe('cameras', () => {
  it('are added with defaults, and never show their password', async () => {
    const { status, body } = await add('gate 1');
    expect(status).toBe(201);
    expect(body.settings).toMatchObject({
      source: { password: '***', transport: 'tcp' },
      detection: { model: 'nanodet', mostPerSecond: 5 },
      recording: { mode: 'event', preSeconds: 5, postSeconds: 5 },
    });
    expect(body.state.state).toBe('off');
    expect(JSON.stringify((await test.call('GET', '/api/matrixvision/cameras')).body)).not.toContain('steady');
    const entries = await test.host.ledger.list({ kind: 'operator', id: 'o', name: 'o', role: 'administrator' }, {
      limit: 50,
    } as never);
    expect(JSON.stringify(entries)).not.toContain('steady');
  });

  it('are listed by name, the tenth after the ninth', async () => {
    const names = ['yard 10', 'yard 9', 'yard 1'];
    for (const name of names) await add(name);
    const { items } = (await test.call('GET', '/api/matrixvision/cameras')).body;
    const listed = items.map(({ name }: { name: string }) => name).filter((name: string) => names.includes(name));
    expect(listed).toEqual(['yard 1', 'yard 9', 'yard 10']);
  });

  it('keep their password when the covered one comes back, and send it to no other host', async () => {
    const { body } = await add('gate 2');
    const at = (url: string) => ({ ...body.settings, source: { ...body.settings.source, url } });
    const patch = (url: string) =>
      test.call('PATCH', `/api/matrixvision/cameras/${body.id}`, { body: { settings: at(url) } });
    const { host } = new URL(body.settings.source.url);
    expect((await patch(`rtsp://${host}/other`)).status).toBe(200);
    expect((await patch('rtsp://198.51.100.8/main')).body.error.code).toBe('MEDIA_PASSWORD_ELSEWHERE');
    const { rows } = await test.host.db.query<{ settings: { source: { url: string; password: string } } }>(
      'select settings from matrixvision_camera where id = $1',
      [body.id],
    );
    expect(rows[0]!.settings.source).toMatchObject({ url: `rtsp://${host}/other`, password: 'a steady camera' });
  });

  it('refuse a password within the address, and unknown fields by their path', async () => {
    const inUrl = await add('gate 3', { settings: { source: { type: 'stream', url: 'rtsp://u:p@198.51.100.7/' } } });
    expect(inUrl.status).toBe(400);
    expect(JSON.stringify(inUrl.body)).toContain('must not hold a password');
    const unknown = await add('gate 3', { settings: { source: stream, detektion: {} } });
    expect(unknown.status).toBe(400);
    expect(JSON.stringify(unknown.body)).toContain('detektion');
  });

  it('have a name of their own within a site, which a removed one gives back', async () => {
    const first = await add('yard');
    expect((await add('yard')).body.error.code).toBe('CAMERA_EXISTS');
    expect((await add('yard', { siteId: otherSiteId })).status).toBe(201);
    expect((await test.call('DELETE', `/api/matrixvision/cameras/${first.body.id}`)).status).toBe(204);
    expect((await add('yard')).status).toBe(201);
    const back = await test.call('POST', `/api/matrixvision/cameras/${first.body.id}/restore`);
    expect(back.body.error.code).toBe('CAMERA_EXISTS');
  });

  it('are seen and changed by site', async () => {
    const { body } = await add('dock', { siteId: otherSiteId });
    const as: Caller = { role: 'engineer', siteIds: [siteId] };
    const list = await test.call('GET', '/api/matrixvision/cameras', { as });
    expect(list.body.items.every((camera: { siteId: string }) => camera.siteId === siteId)).toBe(true);
    expect((await test.call('GET', `/api/matrixvision/cameras/${body.id}`, { as })).status).toBe(403);
    const patch = { as, body: { enabled: true } };
    expect((await test.call('PATCH', `/api/matrixvision/cameras/${body.id}`, patch)).status).toBe(403);
    expect((await add('by a viewer', {}, 'viewer')).status).toBe(403);
  });

  it('stand at an asset of their own site', async () => {
    const area = await test.call('POST', '/api/cloud/nodes', {
      body: { kind: 'area', name: 'Quay', parentId: otherSiteId },
    });
    const refused = await add('misplaced', { assetId: area.body.id });
    expect(refused.body.error.code).toBe('CAMERA_MISPLACED');
  });
});

describe('the rules of a camera', () => {
  it('are versions that are never changed', async () => {
    const { body: camera } = await add('line 1');
    const path = `/api/matrixvision/cameras/${camera.id}/rules`;
    expect((await test.call('GET', path)).body).toMatchObject({ version: 0, rules: { version: 1, rules: [] } });
    const put = (rules: object[]) => test.call('PUT', path, { body: { version: 1, rules } });
    expect((await put([line])).body.version).toBe(1);
    expect((await put([])).body.version).toBe(2);
    expect((await test.call('GET', path, { query: { version: 1 } })).body.rules.rules[0]).toMatchObject(line);
    const history = (await test.call('GET', `${path}/history`)).body.items;
    expect(history.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect((await test.call('GET', path, { query: { version: 7 } })).body.error.code).toBe('RULE_SET_UNKNOWN');
    expect((await test.call('GET', `/api/matrixvision/cameras/${camera.id}`)).body.ruleVersion).toBe(2);
  });

  it('refuse an unknown field by its path', async () => {
    const { body: camera } = await add('line 2');
    const answer = await test.call('PUT', `/api/matrixvision/cameras/${camera.id}/rules`, {
      body: { version: 1, rules: [{ ...line, dwel: 3 }] },
    });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('dwel');
  });
});
