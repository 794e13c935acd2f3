import { connect as connectSocket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connectAsync, MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import type { BrokerAccess } from './bus.ts';
import type { BrokerDenial, EmbeddedBus } from './embedded-bus.ts';
import { connectClient, deferred, endClients, openTestBroker, until } from './test-support.ts';

/** Every client may publish below its own name and read commands to itself; `meter` has the password `secret`. */
const ownTopicsOnly: BrokerAccess = {
  authenticate: async (clientId, username, password) =>
    username !== undefined && password === 'secret'
      ? {
          mayPublish: (topic) => topic.startsWith(`plant/${clientId}/`),
          maySubscribe: (filter) => filter === `command/${clientId}`,
        }
      : null,
};

const credentials = { username: 'meter', password: 'secret' };

describe('embedded broker', () => {
  let bus: EmbeddedBus;
  afterEach(async () => {
    await endClients();
    await bus.close();
  });

  it('acknowledges at QoS 1 only after every matching handler has resolved', async () => {
    bus = await openTestBroker();
    const first = deferred();
    const second = deferred();
    const called: string[] = [];
    await bus.subscribe('plant/#', async () => {
      called.push('first');
      await first.promise;
    });
    await bus.subscribe('plant/+', async () => {
      called.push('second');
      await second.promise;
    });
    const client = await connectClient(bus.url);
    let acknowledgements = 0;
    client.on('packetreceive', (packet) => {
      if (packet.cmd === 'puback') acknowledgements++;
    });
    const published = client.publishAsync('plant/meter', 'x', { qos: 1 });
    await until(() => called.length === 2);
    await delay(100);
    expect(acknowledgements).toBe(0);
    first.resolve();
    await delay(100);
    expect(acknowledgements).toBe(0);
    second.resolve();
    await published;
    expect(acknowledgements).toBe(1);
  });

  it('holds back a later acknowledgement until the earlier message is through', async () => {
    bus = await openTestBroker();
    const slow = deferred();
    const called: string[] = [];
    await bus.subscribe('plant/#', async (message) => {
      called.push(message.topic);
      if (message.topic === 'plant/slow') await slow.promise;
    });
    const client = await connectClient(bus.url);
    const acknowledged: string[] = [];
    const publish = async (topic: string) => {
      await client.publishAsync(topic, 'x', { qos: 1 });
      acknowledged.push(topic);
    };
    const published = [publish('plant/slow'), publish('plant/fast'), publish('nobody/listens')];
    await until(() => called.length === 2);
    await delay(50);
    expect(acknowledged).toEqual([]);
    slow.resolve();
    await Promise.all(published);
    expect(acknowledged).toEqual(['plant/slow', 'plant/fast', 'nobody/listens']);
  });

  it('works on a thousand messages of one client at once', async () => {
    bus = await openTestBroker();
    const commit = deferred();
    let waiting = 0;
    await bus.subscribe('plant/#', async () => {
      waiting++;
      await commit.promise;
    });
    const client = await connectClient(bus.url);
    const payload = Buffer.alloc(6_000, 1);
    const published = Array.from({ length: 1_000 }, () => client.publishAsync('plant/meter', payload, { qos: 1 }));
    await until(() => waiting === 1_000);
    expect(bus.waiting).toEqual({ messages: 1_000, bytes: 6_000_000 });
    commit.resolve();
    await Promise.all(published);
    await until(() => bus.waiting.messages === 0);
  });

  it('acknowledges QoS 2 too only after the handlers', async () => {
    bus = await openTestBroker();
    const held = deferred();
    let called = 0;
    await bus.subscribe('plant/#', async () => {
      called++;
      await held.promise;
    });
    const client = await connectClient(bus.url);
    let done = false;
    const published = client.publishAsync('plant/meter', 'x', { qos: 2 }).then(() => {
      done = true;
    });
    await until(() => called === 1);
    await delay(50);
    expect(done).toBe(false);
    held.resolve();
    await published;
    expect(called).toBe(1);
  });

  it('tells the handler who published', async () => {
    bus = await openTestBroker();
    let publisher: string | undefined;
    await bus.subscribe('plant/#', async (message) => {
      publisher = message.clientId;
    });
    const client = await connectClient(bus.url, { clientId: 'gateway-7' });
    await client.publishAsync('plant/meter', 'x', { qos: 1 });
    expect(publisher).toBe('gateway-7');
    expect(bus.clients()).toEqual(['gateway-7']);
  });

  it('stops reading while too much waits, and goes on afterwards', async () => {
    const total = 600;
    const payload = Buffer.alloc(6_000, 1);
    bus = await openTestBroker({ waitingLimit: { messages: 50 } });
    let called = 0;
    let commit = deferred();
    await bus.subscribe('plant/#', async () => {
      called++;
      await commit.promise;
    });
    const client = await connectClient(bus.url);
    const quiet = await connectClient(bus.url);
    const published = Array.from({ length: total }, () => client.publishAsync('plant/meter', payload, { qos: 1 }));
    await until(() => called >= 50);
    await delay(200);
    // What was already read behind the limit is one buffer of the stream and one read of the socket at most.
    expect(called).toBeLessThan(50 + (3 * 65_536) / payload.length);
    // A client that sends nothing for the handlers is not held up.
    await quiet.subscribeAsync('anything');
    while (called < total) {
      const current = commit;
      commit = deferred();
      current.resolve();
      await delay(5);
    }
    commit.resolve();
    await Promise.all(published);
    expect(called).toBe(total);
  });

  it('counts the bytes that wait as well', async () => {
    bus = await openTestBroker({ waitingLimit: { bytes: 1_000_000 } });
    let called = 0;
    const commit = deferred();
    await bus.subscribe('plant/#', async () => {
      called++;
      await commit.promise;
    });
    const client = await connectClient(bus.url);
    const payload = Buffer.alloc(250_000, 1);
    const published = Array.from({ length: 20 }, () => client.publishAsync('plant/meter', payload, { qos: 1 }));
    await until(() => called >= 4);
    await delay(200);
    expect(called).toBeLessThanOrEqual(5);
    commit.resolve();
    await Promise.all(published);
    expect(called).toBe(20);
  });

  it('cuts off a subscriber that does not read', async () => {
    bus = await openTestBroker();
    const reader = await connectClient(bus.url, { clientId: 'frozen', reconnectPeriod: 0 });
    await reader.subscribeAsync('plant/#', { qos: 0 });
    (reader.stream as unknown as { pause(): void }).pause();
    reader.stream.unpipe();
    const writer = await connectClient(bus.url);
    const payload = Buffer.alloc(1_000_000, 1);
    for (let sent = 0; sent < 80 && bus.clients().includes('frozen'); sent++)
      await writer.publishAsync('plant/camera', payload, { qos: 1 });
    await until(() => !bus.clients().includes('frozen'));
  });

  it('lets nobody in without the right password', async () => {
    const denials: BrokerDenial[] = [];
    bus = await openTestBroker({ access: ownTopicsOnly, onDenied: (denial) => denials.push(denial) });
    await expect(
      connectAsync(bus.url, { clientId: 'm1', username: 'meter', password: 'guess', reconnectPeriod: 0 }, false),
    ).rejects.toMatchObject({ code: 4 });
    expect(denials).toEqual([{ action: 'connect', clientId: 'm1', username: 'meter', topic: undefined }]);
    expect(bus.clients()).toEqual([]);
  });

  it('answers "server unavailable" when rights cannot be looked up', async () => {
    bus = await openTestBroker({
      access: {
        authenticate: async () => {
          throw new Error('database away');
        },
      },
    });
    await expect(connectAsync(bus.url, { reconnectPeriod: 0 }, false)).rejects.toMatchObject({ code: 3 });
  });

  it.each([0, 1, 2] as const)("refuses a message to another client's topic at QoS %i", async (qos) => {
    const denials: BrokerDenial[] = [];
    bus = await openTestBroker({ access: ownTopicsOnly, onDenied: (denial) => denials.push(denial) });
    const seen: string[] = [];
    await bus.subscribe('#', async (message) => void seen.push(message.topic));
    const client = await connectClient(bus.url, { ...credentials, clientId: 'm1', reconnectPeriod: 0 });
    await client.publishAsync('plant/m1/power', '1', { qos: 1 });
    client.publish('plant/m2/power', '1', { qos });
    await until(() => !client.connected);
    expect(seen).toEqual(['plant/m1/power']);
    expect(denials).toEqual([{ action: 'publish', clientId: 'm1', username: 'meter', topic: 'plant/m2/power' }]);
  });

  it('refuses a subscription that the client has no right to, and keeps the others', async () => {
    const denials: BrokerDenial[] = [];
    bus = await openTestBroker({ access: ownTopicsOnly, onDenied: (denial) => denials.push(denial) });
    const client = await connectClient(bus.url, { ...credentials, clientId: 'm1' });
    const seen: string[] = [];
    client.on('message', (topic) => seen.push(topic));
    await client.subscribeAsync('command/m1', { qos: 1 });
    await client.subscribeAsync('#', { qos: 1 }).catch(() => undefined);
    await bus.publish('plant/m2/power', '1', { qos: 1 });
    await bus.publish('command/m1', '1', { qos: 1 });
    await until(() => seen.length > 0);
    expect(seen).toEqual(['command/m1']);
    expect(denials).toEqual([{ action: 'subscribe', clientId: 'm1', username: 'meter', topic: '#' }]);
  });

  it('refuses a client whose will is for a topic of another', async () => {
    const denials: BrokerDenial[] = [];
    bus = await openTestBroker({ access: ownTopicsOnly, onDenied: (denial) => denials.push(denial) });
    const will = { topic: 'plant/m2/state', payload: Buffer.from('dead'), qos: 1, retain: false } as const;
    await expect(
      connectAsync(bus.url, { ...credentials, clientId: 'm1', will, reconnectPeriod: 0 }, false),
    ).rejects.toMatchObject({ code: 5 });
    expect(denials).toEqual([{ action: 'will', clientId: 'm1', username: 'meter', topic: 'plant/m2/state' }]);
  });

  it("hands a lost client's will to the handlers, again if a handler fails", async () => {
    bus = await openTestBroker({ access: ownTopicsOnly });
    const seen: string[] = [];
    await bus.subscribe('plant/+/state', async (message) => {
      seen.push(`${message.clientId} ${Buffer.from(message.payload).toString()}`);
      if (seen.length === 1) throw new Error('database away');
    });
    const will = { topic: 'plant/m1/state', payload: Buffer.from('dead'), qos: 1, retain: false } as const;
    const client = await connectClient(bus.url, { ...credentials, clientId: 'm1', will, reconnectPeriod: 0 });
    client.stream.destroy();
    await until(() => seen.length === 2);
    expect(seen).toEqual(['m1 dead', 'm1 dead']);
  });

  it('sends no will after an orderly disconnect, nor at its own stop', async () => {
    bus = await openTestBroker();
    const seen: string[] = [];
    await bus.subscribe('#', async (message) => void seen.push(message.topic));
    const will = { topic: 'plant/state', payload: Buffer.from('dead'), qos: 1, retain: false } as const;
    await (await connectClient(bus.url, { will })).endAsync();
    await connectClient(bus.url, { will, reconnectPeriod: 0 });
    await bus.close();
    expect(seen).toEqual([]);
  });

  it('lets a second connection with the same client id take over', async () => {
    bus = await openTestBroker();
    const seen: string[] = [];
    await bus.subscribe('#', async (message) => void seen.push(Buffer.from(message.payload).toString()));
    const first = await connectClient(bus.url, { clientId: 'm1', reconnectPeriod: 0 });
    const second = await connectClient(bus.url, { clientId: 'm1', reconnectPeriod: 0 });
    await until(() => !first.connected);
    await second.publishAsync('plant/m1', 'second', { qos: 1 });
    expect(seen).toEqual(['second']);
    expect(bus.clients()).toEqual(['m1']);
  });

  it('gives no client id to another user, connected or with a session kept for it', async () => {
    const denials: BrokerDenial[] = [];
    const access: BrokerAccess = {
      authenticate: async () => ({ mayPublish: () => true, maySubscribe: () => true }),
    };
    bus = await openTestBroker({ access, onDenied: (denial) => denials.push(denial) });
    const owner = await connectClient(bus.url, { clientId: 'press', username: 'press', clean: false });
    const thief = () => connectAsync(bus.url, { clientId: 'press', username: 'thief', reconnectPeriod: 0 });
    await expect(thief()).rejects.toThrow();
    expect(owner.connected).toBe(true);
    await owner.endAsync();
    await until(() => bus.clients().length === 0);
    await expect(thief()).rejects.toThrow();
    expect(denials).toMatchObject([
      { action: 'connect', clientId: 'press', username: 'thief' },
      { action: 'connect', clientId: 'press', username: 'thief' },
    ]);
    // A clean session of its own gives the id back.
    const again = await connectClient(bus.url, { clientId: 'press', username: 'press', clean: true });
    await again.endAsync();
    await until(() => bus.clients().length === 0);
    await connectClient(bus.url, { clientId: 'press', username: 'thief' });
  });

  it('ends the connection of a client whose right is withdrawn, and lets it in no more', async () => {
    const right = new AbortController();
    const access: BrokerAccess = {
      authenticate: async () => ({ mayPublish: () => true, maySubscribe: () => true, revoked: right.signal }),
    };
    bus = await openTestBroker({ access });
    const client = await connectClient(bus.url, { clientId: 'press' });
    right.abort();
    await until(() => !client.connected && bus.clients().length === 0);
    await expect(connectAsync(bus.url, { clientId: 'press', reconnectPeriod: 0 })).rejects.toThrow();
  });

  it('ends a connection when told to', async () => {
    bus = await openTestBroker();
    const client = await connectClient(bus.url, { clientId: 'm1', reconnectPeriod: 0 });
    expect(await bus.disconnect('m1')).toBe(true);
    await until(() => !client.connected);
    expect(await bus.disconnect('m1')).toBe(false);
  });

  it('survives bytes that are not MQTT', async () => {
    bus = await openTestBroker();
    const socket = connectSocket(bus.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await connectClient(bus.url)).connected).toBe(true);
  });

  it('ends the connection of a client whose packet is too long', async () => {
    bus = await openTestBroker({ maximumPacketBytes: 100_000 });
    const client = await connectClient(bus.url, { reconnectPeriod: 0 });
    await client.publishAsync('plant/meter', Buffer.alloc(99_000), { qos: 1 });
    client.publish('plant/meter', Buffer.alloc(100_001), { qos: 1 });
    await until(() => !client.connected);
  });

  it('keeps messages for an absent client, and no more than a thousand', async () => {
    bus = await openTestBroker();
    const session = { clientId: 'edge', clean: false, reconnectPeriod: 0 };
    const edge = await connectClient(bus.url, session);
    await edge.subscribeAsync('command/edge', { qos: 1 });
    await edge.endAsync();
    for (let index = 0; index < 1_100; index++) await bus.publish('command/edge', String(index), { qos: 1 });
    const seen: number[] = [];
    const back = new MqttClient(() => connectSocket(bus.port, '127.0.0.1') as never, session);
    back.on('message', (_topic, payload) => seen.push(Number(payload)));
    await until(() => seen.length >= 1_000);
    await delay(100);
    expect(seen).toEqual([...Array(1_000).keys()]);
    await bus.publish('command/edge', '2000', { qos: 1 });
    await until(() => seen.length === 1_001);
    expect(seen.at(-1)).toBe(2_000);
    await back.endAsync(true);
  });

  it('closes although a client reads nothing', async () => {
    bus = await openTestBroker();
    const reader = await connectClient(bus.url, { reconnectPeriod: 0 });
    await reader.subscribeAsync('plant/#', { qos: 0 });
    reader.stream.unpipe();
    (reader.stream as unknown as { pause(): void }).pause();
    for (let sent = 0; sent < 12; sent++) void bus.publish('plant/camera', Buffer.alloc(1_000_000));
    await delay(100);
    await bus.close();
  });

  it('says which port is taken', async () => {
    bus = await openTestBroker();
    await expect(openTestBroker({ port: bus.port })).rejects.toMatchObject({ code: 'BUS_LISTEN_FAILED' });
  });
});
