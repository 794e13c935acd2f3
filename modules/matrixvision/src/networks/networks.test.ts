import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, type TestCall, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matrixvisionModule } from '../server.ts';
import { networkOf } from './network-of.ts';

let test: TestHost;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
});
afterAll(() => test.cleanup());

const base = '/api/matrixvision/networks';
const allow = (network: string, as: Pick<TestCall, 'as'> = {}) => test.call('POST', base, { body: { network }, ...as });
const remove = (network: string, as: Pick<TestCall, 'as'> = {}) =>
  test.call('POST', `${base}/remove`, { body: { network }, ...as });
/** What asking a camera at this machine answers; nothing listens there. */
const asked = async () =>
  (await test.call('POST', '/api/matrixvision/discovery/streams', { body: { address: 'http://127.0.0.1:9/' } })).body
    .error.code;

describe('a network inside the plant', () => {
  it('is reached from the moment on that an administrator allows it, until it is taken away', async () => {
    expect(await asked()).toBe('MEDIA_ADDRESS_FORBIDDEN');
    const { status, body } = await allow('127.0.0.1/32');
    expect([status, body.configured]).toEqual([201, []]);
    expect(body.items).toMatchObject([{ network: '127.0.0.1/32', by: expect.any(String) }]);
    expect(await asked()).toBe('MEDIA_UNREACHABLE');
    expect((await remove('127.0.0.1/32')).status).toBe(204);
    expect(await asked()).toBe('MEDIA_ADDRESS_FORBIDDEN');
  });

  it('is written down with who allowed it, once', async () => {
    await allow('192.168.7.0/24');
    await allow('192.168.7.0/24');
    await remove('192.168.7.0/24');
    const { body } = await test.call('GET', '/api/ledger/entries', { query: { limit: 200 } });
    const types = (body.items as { type: string; subject: string }[])
      .filter(({ subject }) => subject === '192.168.7.0/24')
      .map(({ type }) => type);
    expect(types.sort()).toEqual(['matrixvision.network-allow', 'matrixvision.network-remove']);
  });

  it('is allowed by administrators of all sites only; those who add cameras see which there are', async () => {
    const site = await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'North', parentId: null } });
    const siteIds = [site.body.id as string];
    expect((await allow('10.0.0.0/8', { as: 'engineer' })).body.error.code).toBe('ACCESS_DENIED');
    const ofOne = { as: { role: 'administrator', siteIds } } as const;
    expect((await allow('10.0.0.0/8', ofOne)).body.error.code).toBe('NETWORK_OF_ALL_SITES');
    expect((await remove('10.0.0.0/8', ofOne)).body.error.code).toBe('NETWORK_OF_ALL_SITES');
    expect((await test.call('GET', base, { as: 'engineer' })).status).toBe(200);
    expect((await test.call('GET', base, { as: 'operator' })).status).toBe(403);
  });

  it.each(['300.1.1.1/24', 'camera.local', '10.0.0.0/64', ''])('%j is none, and is refused', async (network) => {
    expect((await allow(network)).status).toBe(400);
  });

  it('that is not there cannot be taken away', async () => {
    const { status, body } = await remove('172.16.0.0/12');
    expect([status, body.error.code]).toEqual([404, 'NETWORK_UNKNOWN']);
  });
});

it.each([
  ['192.168.7.20', '192.168.7.0/24'],
  ['127.0.0.1', '127.0.0.1/32'],
  ['fd00::20', 'fd00::20/128'],
])('%s is most likely of %s', (address, network) => expect(networkOf(address)).toBe(network));
