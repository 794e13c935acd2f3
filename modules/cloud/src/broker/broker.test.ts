import { operatorActor } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CloudServices, cloudModule } from '../server.ts';

describe('what a broker client may subscribe to', () => {
  let test: TestHost;
  let cloud: CloudServices;
  beforeAll(async () => {
    test = await createTestHost({ modules: [cloudModule] });
    cloud = test.host.use(cloudModule);
  });
  afterAll(() => test.cleanup());

  const allowed = async (subscribe: string[], asked: string) => {
    const username = `client-${subscribe.join(' ')}-${asked}`;
    const { password } = await cloud.brokerClients.create(operatorActor, { username, publish: [], subscribe });
    return (await cloud.brokerClients.authenticate('id', username, password))!.maySubscribe(asked);
  };

  it('lies within what it was allowed, wildcards and all', async () => {
    expect(await allowed(['plant/#'], 'plant/+/power')).toBe(true);
    expect(await allowed(['plant/+/power'], 'plant/#')).toBe(false);
    expect(await allowed(['plant/+'], 'plant/a/b')).toBe(false);
    expect(await allowed(['#'], 'plant/#')).toBe(true);
  });

  it('is never what the broker says of itself, unless that was named', async () => {
    expect(await allowed(['#'], '$SYS/#')).toBe(false);
    expect(await allowed(['+/broker/#'], '$SYS/broker/clients')).toBe(false);
    expect(await allowed(['$SYS/#'], '$SYS/broker/clients')).toBe(true);
  });
});
