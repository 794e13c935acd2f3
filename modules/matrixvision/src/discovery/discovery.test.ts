import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { matrixvisionModule } from '../server.ts';

let test: TestHost;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
});
afterAll(() => test.cleanup());

const ask = (body: object, as?: 'operator') =>
  test.call('POST', '/api/matrixvision/discovery/streams', { body, ...(as && { as }) });

it('a camera inside the network is asked only where its network is allowed', async () => {
  const { status, body } = await ask({ address: 'http://127.0.0.1:9/onvif/device_service' });
  expect([status, body.error.code]).toEqual([403, 'MEDIA_ADDRESS_FORBIDDEN']);
});

it('only those who may add cameras look for them', async () => {
  expect((await ask({ address: 'http://198.51.100.7/' }, 'operator')).status).toBe(403);
  expect((await test.call('POST', '/api/matrixvision/discovery', { as: 'operator' })).status).toBe(403);
});

it('what is no address is refused with a sentence', async () => {
  const { status, body } = await ask({ address: 'not an address' });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body.error.message.length).toBeGreaterThan(10);
});
