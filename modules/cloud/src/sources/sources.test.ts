import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudModule } from '../server.ts';

let host: TestHost;
let siteId: string;
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule] });
  siteId = (
    await host.call('POST', '/api/cloud/nodes', {
      body: { kind: 'site', parentId: null, name: 'Works', timezone: 'UTC' },
    })
  ).body.id;
});
afterAll(() => host.cleanup());

const create = (body: object, as?: 'operator') =>
  host.call('POST', '/api/cloud/sources', { body: { siteId, ...body }, as });

describe('sources', () => {
  it('checks the settings of a connector and lists every problem', async () => {
    const answer = await create({ name: 'PLC', kind: 'modbus', config: { port: 99_999 } });
    expect([answer.status, answer.body.error.code]).toEqual([422, 'SOURCE_CONFIG_INVALID']);
    expect(answer.body.error.details.problems.length).toBeGreaterThanOrEqual(2);
  });

  it('says which kinds there are when asked for another', async () => {
    const answer = await create({ name: 'Abacus', kind: 'abacus' });
    expect(answer.body.error.message).toContain('sparkplug');
  });

  it('never shows a password again, and keeps it when the form sends the cover back', async () => {
    const config = { endpointUrl: 'opc.tcp://127.0.0.1:1', user: 'u', password: 'secret' };
    const made = (await create({ name: 'OPC', kind: 'opcua', config, enabled: false })).body;
    expect(made.config.password).toBe('***');
    await host.call('PATCH', `/api/cloud/sources/${made.id}`, {
      body: { config: { ...made.config, samplingMs: 500 } },
    });
    const { rows } = await host.host.db.query<{ config: { password: string; samplingMs: number } }>(
      'select config from cloud_source where id = $1',
      [made.id],
    );
    expect(rows[0]!.config).toMatchObject({ password: 'secret', samplingMs: 500 });
    const { body } = await host.call('GET', '/api/ledger/entries', { query: { subject: made.id } });
    expect(JSON.stringify(body)).not.toContain('secret"');
  });

  it('takes posted readings, counts them, and refuses who may not push', async () => {
    const source = (await create({ name: 'REST', kind: 'rest-push' })).body;
    await host.call('POST', `/api/cloud/sources/${source.id}/points`, {
      body: { points: [{ key: 'p', name: 'Power', unit: 'kW', kind: 'gauge' }] },
    });
    const time = new Date(Date.now() - 60_000).toISOString();
    const body = {
      readings: [
        { key: 'p', time, value: 5 },
        { key: 'p', time, value: 5 },
        { key: 'q', time, value: 1 },
        { key: 'p', time: 'never', value: 2 },
      ],
    };
    const path = `/api/cloud/sources/${source.id}/readings`;
    expect((await host.call('POST', path, { body })).body).toEqual({ stored: 1, duplicate: 1, rejected: 2 });
    expect((await host.call('POST', path, { body, as: 'viewer' })).status).toBe(403);
    const points = await host.call('GET', '/api/cloud/points', { query: { sourceId: source.id } });
    const latest = await host.call('POST', '/api/cloud/latest', { body: { pointIds: [points.body.items[0].id] } });
    expect(latest.body.items).toMatchObject([{ value: 5, quality: 0 }]);
  });

  it('brings a removed source back as it was, with its readings', async () => {
    const source = (await create({ name: 'Gone', kind: 'rest-push' })).body;
    const path = `/api/cloud/sources/${source.id}`;
    const restore = (as?: 'viewer') => host.call('POST', `${path}/restore`, as && { as });
    expect((await restore()).body.error.code).toBe('SOURCE_UNKNOWN');
    expect((await host.call('DELETE', path)).status).toBe(204);
    expect((await host.call('GET', path)).status).toBe(404);
    expect((await restore('viewer')).status).toBe(403);
    expect((await restore()).body).toMatchObject({ id: source.id, name: 'Gone', enabled: true });
    const { body } = await host.call('GET', '/api/ledger/entries', { query: { subject: source.id } });
    expect(body.items.map(({ type }: { type: string }) => type)).toEqual([
      'cloud.source-restore',
      'cloud.source-remove',
      'cloud.source-create',
    ]);
  });

  it('refuses a unit that UCUM does not have', async () => {
    const source = (await create({ name: 'Units', kind: 'rest-push' })).body;
    const points = [{ key: 'p', name: 'Energy', unit: 'kWh', kind: 'counter' }];
    const answer = await host.call('POST', `/api/cloud/sources/${source.id}/points`, { body: { points } });
    expect([answer.status, answer.body.error.code]).toEqual([422, 'UNIT_UNKNOWN']);
  });
});

describe('broker clients', () => {
  it('lets a known client publish to its own topics only', async () => {
    const made = await host.call('POST', '/api/cloud/broker-clients', {
      body: { username: 'edge-1', publish: ['spBv1.0/g/+/edge-1/#'], subscribe: ['spBv1.0/g/NCMD/edge-1'] },
    });
    const { brokerClients } = host.host.use(cloudModule);
    const client = await brokerClients.authenticate('any', 'edge-1', made.body.password);
    expect(client?.mayPublish('spBv1.0/g/NDATA/edge-1')).toBe(true);
    expect(client?.mayPublish('spBv1.0/g/NDATA/edge-2')).toBe(false);
    expect(client?.maySubscribe('spBv1.0/g/NCMD/edge-1')).toBe(true);
    expect(client?.maySubscribe('spBv1.0/g/#')).toBe(false);
    expect(await brokerClients.authenticate('any', 'edge-1', 'guess')).toBeNull();
    await host.call('DELETE', '/api/cloud/broker-clients/edge-1');
    expect(await brokerClients.authenticate('any', 'edge-1', made.body.password)).toBeNull();
  });
});
