import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import type { MqttClient } from 'mqtt';
import sparkplug from 'sparkplug-payload';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from './support/server-process.ts';
import { connectMqtt } from './support/sparkplug-sender.ts';

const codec = sparkplug.get('spBv1.0')!;
const octets = { 'content-type': 'application/octet-stream' };
const day = 86_400_000;

let host: TestHost;
let siteId = '';
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule], live: true });
  const site = { kind: 'site', parentId: null, name: 'Works', timezone: 'UTC' };
  siteId = (await host.call('POST', '/api/cloud/nodes', { body: site })).body.id;
});
afterAll(() => host.cleanup());

async function connectedSource(name: string, kind: string, config: object, state = 'online'): Promise<string> {
  const { body, status } = await host.call('POST', '/api/cloud/sources', { body: { siteId, name, kind, config } });
  expect(status).toBe(201);
  await eventually(`${name} to be ${state}`, async () => (await sourceState(body.id)) === state);
  return body.id;
}
const sourceState = async (id: string) => (await host.call('GET', `/api/cloud/sources/${id}`)).body.state.state;
const rejectionsOf = async (sourceId: string) =>
  (await host.call('GET', '/api/cloud/rejections', { query: { sourceId } })).body.items;
async function readingsOf(sourceId: string): Promise<number[]> {
  const { body } = await host.call('GET', '/api/cloud/points', { query: { sourceId } });
  const query = { from: '2020-01-01T00:00:00Z', to: new Date(Date.now() + day).toISOString() };
  const values: number[] = [];
  for (const { id } of body.items)
    values.push(...(await host.call('GET', `/api/cloud/points/${id}/readings`, { query })).body.value);
  return values;
}
async function deliveryOf(sourceId: string, from: string) {
  const query = { sourceId, from, to: new Date(Date.now() + 60_000).toISOString() };
  const { body } = await host.call('GET', '/api/cloud/delivery', { query });
  const total = (name: string) =>
    body.items.reduce((sum: number, hour: Record<string, number>) => sum + hour[name]!, 0);
  return { received: total('received'), stored: total('stored'), rejected: total('rejected') };
}

describe('a file with bad rows', () => {
  async function importFile(content: Buffer, source: string, timezone = 'UTC') {
    const { body: upload } = await host.call('POST', '/api/cloud/uploads', { body: content, headers: octets });
    const body = { hash: upload.hash, fileName: `${source}.csv`, site: 'Works', source, timezone };
    const started = await host.call('POST', '/api/cloud/imports', { body });
    expect(started.status, JSON.stringify(started.body)).toBe(202);
    const job = await host.jobEnd(started.body.jobId);
    expect(job.state, JSON.stringify(job.error)).toBe('done');
    return job.result;
  }
  const minutes = (count: number) =>
    Array.from({ length: count }, (_, at) => `2025-03-01 00:${String(at).padStart(2, '0')}`);

  it('takes the good rows, counts every bad one and keeps it as it arrived', async () => {
    const future = new Date(Date.now() + 400 * day).toISOString().slice(0, 16).replace('T', ' ');
    const good = minutes(20).map((time, at) => `${time},${at}.5`);
    const bad = [
      '2025-03-01 01:00,eleven',
      '2025-03-01 01:01,-5',
      '2025-03-01 01:02,1e300',
      '2025-13-45 99:99,7',
      `${future},8`,
      'only one cell',
    ];
    const rows = [...good.slice(0, 10), ...bad, ...good.slice(10)];
    const result = await importFile(Buffer.from(['time,Usage_kWh', ...rows].join('\n')), 'bad rows');
    expect(result).toMatchObject({ rows: 26, accepted: 20, rejected: 6, duplicates: 0 });
    expect(result.rejects.map(({ row }: { row: number }) => row).sort((a: number, b: number) => a - b)).toEqual([
      11, 12, 13, 14, 15, 16,
    ]);
    const kept = await rejectionsOf(result.source.id);
    const codes = kept.map(({ code }: { code: string }) => code).sort();
    expect(codes).toEqual(
      expect.arrayContaining(['in-the-future', 'negative-consumption', 'not-a-number', 'out-of-range']),
    );
    const raw = kept.map((rejection: { raw: string }) => rejection.raw).join('\n');
    for (const words of ['eleven', '-5', '2025-13-45', 'only one cell']) expect(raw).toContain(words);
    expect(await readingsOf(result.source.id)).toHaveLength(20);
    const delivered = await deliveryOf(result.source.id, '2025-02-28T00:00:00Z');
    expect(delivered.stored).toBe(20);
    expect(delivered.received).toBe(delivered.stored + delivered.rejected);
  });

  it('reads a GB18030 file that holds bytes of another encoding, and loses no reading to them', async () => {
    // 电量 (energy) in GB18030, one UTF-8 remark and one stray byte in a column of text.
    const rows = minutes(30).map((time, at) => {
      const remark = at === 7 ? Buffer.from('正常') : at === 9 ? Buffer.from([0xff]) : Buffer.from('d5fdb3a3', 'hex');
      return Buffer.concat([Buffer.from(`${time},${at}.25,`), remark, Buffer.from('\n')]);
    });
    const heading = Buffer.concat([
      Buffer.from('time,'),
      Buffer.from('b5e7c1bf', 'hex'),
      Buffer.from('(kWh),'),
      Buffer.from('b1b8d7a2', 'hex'),
      Buffer.from('\n'),
    ]);
    const result = await importFile(Buffer.concat([heading, ...rows]), 'mixed', 'Asia/Shanghai');
    expect(result.rows).toBe(30);
    expect(result.accepted + result.rejected).toBe(30);
    expect(result.points[0].name).toContain('电量');
    expect(await readingsOf(result.source.id)).toHaveLength(result.accepted);
    expect(result.accepted).toBeGreaterThanOrEqual(28);
  });

  it('takes an unknown unit for a plain number and keeps it for a person to correct', async () => {
    const rows = minutes(20).map((time, at) => `${time},${at % 7}.5`);
    const result = await importFile(Buffer.from(['time,Flow [florps]', ...rows].join('\n')), 'florps');
    expect(result).toMatchObject({ accepted: 20, rejected: 0 });
    expect(result.points).toMatchObject([{ unit: '1', count: 20 }]);
  });
});

describe('the broker', () => {
  let client: MqttClient;
  let password = '';
  const login = (username: string, secret: string) => ({ url: host.host.bus.url, username, password: secret });

  beforeAll(async () => {
    const made = await host.call('POST', '/api/cloud/broker-clients', {
      body: { username: 'press', publish: ['press/#', 'spBv1.0/Bad/+/node/#', 'spBv1.0/Bad/+/node'], subscribe: [] },
    });
    password = made.body.password;
    client = await connectMqtt(login('press', password), 'press-1');
  });
  afterAll(() => client.endAsync(true));

  it('acknowledges malformed JSON, writes it down as it came, and stores the next good message', async () => {
    const id = await connectedSource('json', 'mqtt-json', {
      topic: 'press/+/power',
      payload: { shape: 'value', value: 'v', time: 'ts' },
    });
    const bad = ['{"v": 1,', '', '[]', '{"v": "high"}', 'null', Buffer.from([0, 0xff, 0xfe])];
    // Resolves only once the broker has acknowledged it, which it does after the handler.
    for (const payload of bad) await client.publishAsync('press/1/power', payload, { qos: 1 });
    await client.publishAsync('press/1/power', JSON.stringify({ v: 7, ts: Date.now() - 1000 }), { qos: 1 });
    expect(await readingsOf(id)).toEqual([7]);
    const kept = await rejectionsOf(id);
    expect(kept.length).toBeGreaterThanOrEqual(bad.length - 1);
    const raw = kept.map((rejection: { raw: string | null }) => rejection.raw);
    expect(raw).toEqual(expect.arrayContaining(['{"v": 1,', '{"v": "high"}']));
    expect(await deliveryOf(id, new Date(Date.now() - 3_600_000).toISOString())).toMatchObject({ stored: 1 });
  });

  it('refuses negative, absurd and future values of JSON with the reason of each', async () => {
    const id = await connectedSource('absurd', 'mqtt-json', {
      topic: 'press/+/energy',
      payload: { shape: 'value', value: 'v', time: 'ts' },
    });
    const points = [{ key: 'press/1/energy', name: 'Energy', unit: 'kW.h', kind: 'delta', maximum: 1000 }];
    await host.call('POST', `/api/cloud/sources/${id}/points`, { body: { points } });
    await eventually('the source to be open again', async () => (await sourceState(id)) === 'online');
    const now = Date.now();
    const sent = [
      { v: -4, ts: now - 5000 },
      { v: 1e12, ts: now - 4000 },
      { v: 5, ts: now + 30 * day },
      { v: 6, ts: -5 },
      { v: 3, ts: now - 3000 },
    ];
    for (const message of sent) await client.publishAsync('press/1/energy', JSON.stringify(message), { qos: 1 });
    expect(await readingsOf(id)).toEqual([3]);
    const codes = (await rejectionsOf(id)).map(({ code }: { code: string }) => code).sort();
    expect(codes).toEqual(['before-1970', 'in-the-future', 'negative-consumption', 'out-of-range']);
  });

  it('acknowledges malformed Sparkplug, writes it down, and stores the next good message', async () => {
    const id = await connectedSource('plug', 'sparkplug', { groupId: 'Bad' }, 'connecting');
    // Until then it has not subscribed, and hears nothing.
    await eventually('plug to listen', async () => {
      const { body } = await host.call('GET', `/api/cloud/sources/${id}`);
      return JSON.stringify(body.state).includes('Waiting for an edge node');
    });
    const say = (topic: string, payload: Uint8Array | string) =>
      client.publishAsync(`spBv1.0/Bad/${topic}`, Buffer.from(payload), { qos: 1 });
    const timestamp = Date.now() - 5000;
    const metric = (value: number, time: number) => ({
      name: 'power',
      type: 'Double' as const,
      value,
      timestamp: time,
    });
    const message = (seq: number, metrics: object[]) =>
      codec.encodePayload({ timestamp, metrics, seq } as Parameters<typeof codec.encodePayload>[0]);
    await say('NBIRTH/node', 'this is no protobuf');
    await say('NBIRTH/node', message(0, [{ name: 'bdSeq', type: 'UInt64', value: 0 }, metric(1, timestamp)]));
    await say('NDATA/node', Buffer.from([0x0a, 0xff, 0xff, 0xff]));
    await say('NDATA/node', message(1, [{ name: 'power', type: 'String', value: 'warm', timestamp }]));
    await say('NDATA/node', message(2, [metric(2, timestamp + 1000)]));
    await eventually('the good readings', async () => (await readingsOf(id)).includes(2));
    expect((await readingsOf(id)).sort()).toEqual([1, 2]);
    const kept = await rejectionsOf(id);
    expect(kept.filter(({ code }: { code: string }) => code === 'malformed').length).toBeGreaterThanOrEqual(2);
    const asBase64 = Buffer.from('this is no protobuf').toString('base64');
    expect(kept.map(({ raw }: { raw: string | null }) => raw)).toContain(asBase64);
    expect(client.connected).toBe(true);
  });

  it('lets nobody in whom it does not know, and says so in the ledger', async () => {
    for (const [name, secret] of [
      ['press', 'guess'],
      ['ghost', password],
      ['', ''],
    ] as const)
      await expect(connectMqtt(login(name, secret), `intruder-${name}`)).rejects.toThrow();
    await expect(connectMqtt({ url: host.host.bus.url }, 'nameless')).rejects.toThrow();
    await eventually('the refusals in the ledger', async () => {
      const query = { type: 'cloud.broker-denied' };
      const { body } = await host.call('GET', '/api/ledger/entries', { query });
      const who = new Set(body.items.map(({ subject }: { subject: string }) => subject));
      return ['intruder-press', 'intruder-ghost', 'intruder-', 'nameless'].every((name) => who.has(name));
    });
  });

  it('refuses a message to another’s topic, ends the connection and writes it down', async () => {
    const id = await connectedSource('victim', 'mqtt-json', { topic: 'oven/#', payload: { shape: 'value' } });
    const thief = await connectMqtt(login('press', password), 'thief');
    const closed = new Promise<void>((resolve) => thief.once('close', () => resolve()));
    thief.publish('oven/1', '99', { qos: 1 });
    await closed;
    await thief.endAsync(true);
    expect(await readingsOf(id)).toEqual([]);
    const denial = await eventually('the refusal in the ledger', async () => {
      const query = { type: 'cloud.broker-denied', subject: 'thief' };
      return (await host.call('GET', '/api/ledger/entries', { query })).body.items[0];
    });
    expect(denial.content).toMatchObject({ action: 'publish', username: 'press', topic: 'oven/1' });
    // Its own topics are still its own.
    await client.publishAsync('press/9/other', '1', { qos: 1 });
  });

  it('ends what a client has open when it is revoked, and lets it in no more', async () => {
    const made = await host.call('POST', '/api/cloud/broker-clients', {
      body: { username: 'leaver', publish: ['leaver/#'], subscribe: [] },
    });
    const leaver = await connectMqtt(login('leaver', made.body.password), 'leaver');
    await leaver.publishAsync('leaver/1', '1', { qos: 1 });
    const closed = new Promise<void>((resolve) => leaver.once('close', () => resolve()));
    expect((await host.call('DELETE', '/api/cloud/broker-clients/leaver')).status).toBe(204);
    await closed;
    await leaver.endAsync(true);
    await expect(connectMqtt(login('leaver', made.body.password), 'leaver')).rejects.toThrow();
    const unknown = await host.call('DELETE', '/api/cloud/broker-clients/leaver');
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'BROKER_CLIENT_UNKNOWN']);
    const again = await host.call('POST', '/api/cloud/broker-clients', {
      body: { username: 'leaver', publish: ['leaver/#'], subscribe: [] },
    });
    await (await connectMqtt(login('leaver', again.body.password), 'leaver')).endAsync();
  });

  it('lets no client take over the connection of another by its id', async () => {
    const made = await host.call('POST', '/api/cloud/broker-clients', {
      body: { username: 'rival', publish: ['rival/#'], subscribe: [] },
    });
    await expect(connectMqtt(login('rival', made.body.password), 'press-1')).rejects.toThrow();
    expect(client.connected).toBe(true);
    await client.publishAsync('press/9/other', '2', { qos: 1 });
  });
});
