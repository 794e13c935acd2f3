import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudModule } from '../server.ts';

let host: TestHost;
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule] });
});
afterAll(() => host.cleanup());

const create = async (kind: string, parentId: string | null, name: string, more: object = {}) =>
  host.call('POST', '/api/cloud/nodes', { body: { kind, parentId, name, ...more } });

describe('the plant tree', () => {
  it('keeps the ISA-95 order and lets levels be left out', async () => {
    const site = (await create('site', null, 'Order', { timezone: 'Asia/Shanghai' })).body;
    const area = (await create('area', site.id, 'Hall')).body;
    const asset = await create('asset', site.id, 'Weather station');
    expect(asset.status).toBe(201);
    expect((await create('line', area.id, 'Line 1')).body).toMatchObject({
      kind: 'line',
      parentId: area.id,
      siteId: site.id,
    });
    const wrong = await create('area', asset.body.id, 'Area under an asset');
    expect(wrong.status).toBe(422);
    expect(wrong.body.error.code).toBe('NODE_MISPLACED');
  });

  it('refuses a second node of one name in one place, whatever the case', async () => {
    const site = (await create('site', null, 'Twice')).body;
    await create('area', site.id, 'Hall');
    const second = await create('area', site.id, 'HALL');
    expect([second.status, second.body.error.code]).toEqual([409, 'NODE_EXISTS']);
  });

  it('renames and moves a node without touching what hangs on it, and says so in the ledger', async () => {
    const site = (await create('site', null, 'Moves')).body;
    const [from, to] = [(await create('area', site.id, 'A')).body, (await create('area', site.id, 'B')).body];
    const line = (await create('line', from.id, 'Line')).body;
    const moved = await host.call('PATCH', `/api/cloud/nodes/${line.id}`, {
      body: { parentId: to.id, name: 'Line 7' },
    });
    expect(moved.body).toMatchObject({ id: line.id, parentId: to.id, name: 'Line 7' });
    const { body } = await host.call('GET', '/api/ledger/entries', {
      query: { subject: line.id, type: 'cloud.node-change' },
    });
    expect(body.items[0].content.before).toMatchObject({ name: 'Line', parentId: from.id });
  });

  it('never lets a node become its own ancestor or leave its site', async () => {
    const [one, two] = [(await create('site', null, 'Loop 1')).body, (await create('site', null, 'Loop 2')).body];
    const outer = (await create('area', one.id, 'Outer')).body;
    const inner = (await create('area', outer.id, 'Inner')).body;
    for (const parentId of [inner.id, two.id]) {
      const answer = await host.call('PATCH', `/api/cloud/nodes/${outer.id}`, { body: { parentId } });
      expect([answer.status, answer.body.error.code]).toEqual([422, 'NODE_MISPLACED']);
    }
  });

  it('removes only what carries nothing', async () => {
    const site = (await create('site', null, 'Remove')).body;
    const area = (await create('area', site.id, 'Hall')).body;
    expect((await host.call('DELETE', `/api/cloud/nodes/${site.id}`)).body.error.code).toBe('NODE_IN_USE');
    expect((await host.call('DELETE', `/api/cloud/nodes/${area.id}`)).status).toBe(204);
    expect((await host.call('DELETE', `/api/cloud/nodes/${site.id}`)).status).toBe(204);
  });

  it('brings a removed node back where it stood, unless its name was given away or its parent is gone', async () => {
    const site = (await create('site', null, 'Restore')).body;
    const area = (await create('area', site.id, 'Hall')).body;
    const back = (id: string) => host.call('POST', `/api/cloud/nodes/${id}/restore`);
    expect((await back(area.id)).body.error.code).toBe('NODE_UNKNOWN');
    await host.call('DELETE', `/api/cloud/nodes/${area.id}`);
    expect((await host.call('POST', `/api/cloud/nodes/${area.id}/restore`, { as: 'viewer' })).status).toBe(403);
    expect((await back(area.id)).body).toEqual(area);
    await host.call('DELETE', `/api/cloud/nodes/${area.id}`);
    const other = (await create('area', site.id, 'Hall')).body;
    expect((await back(area.id)).body.error.code).toBe('NODE_EXISTS');
    await host.call('DELETE', `/api/cloud/nodes/${other.id}`);
    await host.call('DELETE', `/api/cloud/nodes/${site.id}`);
    expect((await back(area.id)).body.error.code).toBe('NODE_UNKNOWN');
  });

  it('refuses a time zone that the IANA database does not know', async () => {
    const answer = await create('site', null, 'Nowhere', { timezone: 'Asia/Atlantis' });
    expect([answer.status, answer.body.error.code]).toEqual([422, 'TIMEZONE_UNKNOWN']);
  });

  it('shows a person with rights on one site only that site', async () => {
    const mine = (await create('site', null, 'Mine')).body;
    await create('site', null, 'Theirs');
    const as = { role: 'engineer' as const, siteIds: [mine.id] };
    const { body } = await host.call('GET', '/api/cloud/tree', { as });
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Mine']);
    const viewer = await host.call('PATCH', `/api/cloud/nodes/${mine.id}`, { as: 'viewer', body: { name: 'Ours' } });
    expect([viewer.status, viewer.body.error.code]).toEqual([403, 'ACCESS_DENIED']);
  });
});
