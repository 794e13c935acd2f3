import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sealed, unsealed } from './mac.ts';
import { type Box, createEdgeHost, type EdgeHost, message, sha256, stream } from './support/edge-host.ts';

let host: EdgeHost;
const clients: MqttClient[] = [];
beforeAll(async () => {
  host = await createEdgeHost({ live: true });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
afterAll(() => host.cleanup());

async function connect(id: string, password: string): Promise<MqttClient> {
  const client = await mqtt.connectAsync(host.host.bus.url, { username: `edge:${id}`, password, reconnectPeriod: 0 });
  clients.push(client);
  return client;
}
const up = (box: Box) => `millwright/edge/${box.id}/up`;
const down = (box: Box) => `millwright/edge/${box.id}/down`;
const batch = (from: number, to: number) => ({
  ...{ stream, first: 1 },
  messages: Array.from({ length: to - from + 1 }, (_, at) => message(from + at)),
});

describe('a box on the broker', () => {
  it('sends its messages, and gets a receipt that only the server can have made', async () => {
    const box = await host.enrol('broker');
    const client = await connect(box.id, box.token);
    await client.subscribeAsync(down(box));
    const answered = new Promise<string>((resolve) => client.once('message', (_, payload) => resolve(String(payload))));
    await client.publishAsync(up(box), sealed(sha256(box.token), 'up', batch(1, 3)), { qos: 1 });
    const receipt = await answered;
    expect(unsealed(sha256(box.token), 'down', receipt)).toMatchObject({ stream, applied: 3, state: 'applied' });
    // Neither another way round nor with another key.
    expect(unsealed(sha256(box.token), 'up', receipt)).toBeUndefined();
    expect(unsealed(sha256('mwe_other'), 'down', receipt)).toBeUndefined();
    expect(unsealed(sha256(box.token), 'down', receipt.replace('"applied":3', '"applied":9'))).toBeUndefined();
    expect(await host.taken()).toHaveLength(3);
  });

  it('may use its own two topics and no other, with its token and no other', async () => {
    const [box, other] = [await host.enrol('own'), await host.enrol('other')];
    await expect(connect(box.id, other.token)).rejects.toThrow();
    await expect(connect(box.id, 'mwe_x')).rejects.toThrow();
    const client = await connect(box.id, box.token);
    const refused = await client.subscribeAsync([down(other), '#', up(box)]).catch((error: Error) => error);
    const granted = Array.isArray(refused) ? refused.map(({ qos }) => qos) : [128];
    expect(granted.every((qos) => qos === 128)).toBe(true);
    const before = (await host.taken()).length;
    // It is never acknowledged; the refusal is written down before the next one of an allowed topic is taken.
    client.publish(up(other), sealed(sha256(other.token), 'up', batch(1, 1)), { qos: 1 }, () => undefined);
    const denied = async () =>
      (
        await host.call('GET', '/api/ledger/entries', { query: { type: 'cloud.broker-denied', limit: 50 } })
      ).body.items.some(({ content }: { content: { topic?: string } }) => content.topic === up(other));
    while (!(await denied())) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await host.taken()).toHaveLength(before);
  });

  it('is not believed what it did not sign, or what is no batch', async () => {
    const box = await host.enrol('forged');
    const client = await connect(box.id, box.token);
    const before = (await host.taken()).length;
    for (const forged of [sealed(sha256('mwe_x'), 'up', batch(1, 1)), 'x', sealed(sha256(box.token), 'up', { a: 1 })])
      await client.publishAsync(up(box), forged, { qos: 1 });
    expect(await host.taken()).toHaveLength(before);
    await client.publishAsync(up(box), sealed(sha256(box.token), 'up', batch(1, 1)), { qos: 1 });
    expect(await host.taken()).toHaveLength(before + 1);
  });

  it('is put out the moment it is removed', async () => {
    const box = await host.enrol('removed');
    const client = await connect(box.id, box.token);
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    await host.call('DELETE', `/api/cloud/edge/boxes/${box.id}`);
    await closed;
    await expect(connect(box.id, box.token)).rejects.toThrow();
  });
});
