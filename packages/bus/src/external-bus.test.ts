import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { BusMessage } from './bus.ts';
import { openBus } from './open-bus.ts';
import { connectClient, deferred, endClients, openTestBroker, silentLogger, unique, until } from './test-support.ts';

const text = (message: BusMessage) => Buffer.from(message.payload).toString();

// Our own broker stands for the outside one, so that this runs everywhere; the URL names another one to run it on.
const externalUrl = process.env.MILLWRIGHT_TEST_MQTT_URL;

async function startBroker(): Promise<{ url: string; close(): Promise<void> }> {
  return externalUrl ? { url: externalUrl, close: async () => undefined } : openTestBroker();
}

describe('connection to an outside broker', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    await endClients();
    for (const part of closing.splice(0).reverse()) await part.close();
  });

  const start = async () => {
    const broker = await startBroker();
    closing.push(broker);
    return broker;
  };
  const connect = async (url: string, clientId: string, more: { unclaimedAfterMs?: number } = {}) => {
    const bus = await openBus({ kind: 'external', url, clientId, logger: silentLogger, ...more });
    closing.push(bus);
    return bus;
  };

  it('gets again after a restart what it had not acknowledged, once the handler is back', async () => {
    const broker = await start();
    const root = unique('plant');
    const clientId = unique('server');
    const first = await connect(broker.url, clientId);
    const held = deferred();
    const committed: string[] = [];
    let reached = 0;
    await first.subscribe(`${root}/#`, async (message) => {
      reached++;
      if (text(message) === '1') await held.promise;
      committed.push(text(message));
    });
    const publisher = await connectClient(broker.url);
    for (const index of [0, 1, 2]) await publisher.publishAsync(`${root}/meter`, String(index), { qos: 1 });
    await until(() => reached === 3);
    // The first server's handler never commits: its close must not acknowledge for it.
    held.reject(new Error('killed'));
    await first.close();
    await publisher.publishAsync(`${root}/meter`, '3', { qos: 1 });

    const second = await connect(broker.url, clientId);
    await delay(200);
    const seen: string[] = [];
    await second.subscribe(`${root}/#`, async (message) => void seen.push(text(message)));
    await until(() => new Set(seen).size === 3);
    expect([...new Set(seen)]).toEqual(['1', '2', '3']);
  });

  it('keeps the subscription at the broker when it ends shortly before a stop', async () => {
    const broker = await start();
    const root = unique('plant');
    const clientId = unique('server');
    const first = await connect(broker.url, clientId);
    const end = await first.subscribe(root, async () => undefined);
    await end();
    await first.close();
    await (await connectClient(broker.url)).publishAsync(root, 'meanwhile', { qos: 1 });
    const second = await connect(broker.url, clientId);
    const seen: string[] = [];
    await second.subscribe(root, async (message) => void seen.push(text(message)));
    await until(() => seen.length > 0);
    expect(seen).toEqual(['meanwhile']);
  });

  it('lets go of a message that nobody wants any more', async () => {
    const broker = await start();
    const [old, wanted] = [unique('old'), unique('plant')];
    const clientId = unique('server');
    const first = await connect(broker.url, clientId);
    await first.subscribe(old, async () => undefined);
    await first.close();
    const publisher = await connectClient(broker.url);
    await publisher.publishAsync(old, 'x', { qos: 1 });
    const second = await connect(broker.url, clientId, { unclaimedAfterMs: 100 });
    const seen: string[] = [];
    await second.subscribe(wanted, async (message) => void seen.push(text(message)));
    await publisher.publishAsync(wanted, 'y', { qos: 1 });
    await until(() => seen.length === 1);
    await delay(200);
    await second.close();
    const third = await connect(broker.url, clientId);
    const late: string[] = [];
    await third.subscribe(old, async (message) => void late.push(text(message)));
    await delay(200);
    expect(late).toEqual([]);
  });

  it('works on many messages at once and in order', async () => {
    const broker = await start();
    const root = unique('plant');
    const bus = await connect(broker.url, unique('server'));
    const commit = deferred();
    const seen: number[] = [];
    await bus.subscribe(root, async (message) => {
      seen.push(Number(text(message)));
      await commit.promise;
    });
    const publisher = await connectClient(broker.url);
    for (let index = 0; index < 200; index++) publisher.publish(root, String(index), { qos: 1 });
    // Mosquitto leaves 20 unacknowledged unless its max_inflight_messages says otherwise.
    await until(() => seen.length >= 20);
    commit.resolve();
    await until(() => seen.length === 200);
    expect(seen).toEqual([...Array(200).keys()]);
  });

  it.skipIf(externalUrl)('connects again after the broker was away', async () => {
    const broker = await openTestBroker();
    const bus = await connect(broker.url, unique('server'));
    const seen: string[] = [];
    await bus.subscribe('plant/#', async (message) => void seen.push(text(message)));
    await broker.close();
    const again = await openTestBroker({ port: broker.port });
    closing.unshift(again);
    const publisher = await connectClient(again.url);
    // The new broker knows nothing of the session, so the subscription has to be made anew.
    while (seen.length === 0) {
      await publisher.publishAsync('plant/meter', 'back', { qos: 1 });
      await delay(50);
    }
    expect(seen[0]).toBe('back');
  });

  it.skipIf(externalUrl)('says that a login or a subscription is refused', async () => {
    const broker = await openTestBroker({
      access: {
        authenticate: async (_clientId, username) =>
          username === 'server' ? { mayPublish: () => true, maySubscribe: (filter) => filter !== '#' } : null,
      },
    });
    closing.push(broker);
    const options = { kind: 'external', url: broker.url, clientId: 'server', logger: silentLogger } as const;
    await expect(openBus(options)).rejects.toMatchObject({ code: 'BUS_LOGIN_REFUSED' });
    const bus = await openBus({ ...options, username: 'server', password: 'x' });
    closing.push(bus);
    await expect(bus.subscribe('#', async () => undefined)).rejects.toMatchObject({ code: 'BUS_SUBSCRIBE_FAILED' });
  });

  it('says that no broker answers', async () => {
    await expect(
      openBus({
        kind: 'external',
        url: 'mqtt://127.0.0.1:9',
        clientId: 'server',
        logger: silentLogger,
        connectTimeoutMs: 300,
      }),
    ).rejects.toMatchObject({ code: 'BUS_UNREACHABLE', message: expect.stringContaining('ECONNREFUSED') });
  });
});
