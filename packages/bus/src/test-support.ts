import { createLogger, systemClock } from '@millwright/kernel';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { vi } from 'vitest';
import type { BrokerAccess } from './bus.ts';
import { type EmbeddedBus, type EmbeddedBusOptions, openEmbeddedBus } from './embedded-bus.ts';

export const silentLogger = createLogger('silent');

export const everybody: BrokerAccess = {
  authenticate: async () => ({ mayPublish: () => true, maySubscribe: () => true }),
};

export function openTestBroker(options: Partial<EmbeddedBusOptions> = {}): Promise<EmbeddedBus> {
  return openEmbeddedBus({
    kind: 'embedded',
    host: '127.0.0.1',
    port: 0,
    access: everybody,
    logger: silentLogger,
    clock: systemClock,
    ...options,
  });
}

const open: MqttClient[] = [];

/** A publisher or subscriber like any other on the network; ended by `endClients`. */
export async function connectClient(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 50, ...options }, false);
  client.on('error', () => undefined);
  open.push(client);
  return client;
}

export async function endClients(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.endAsync(true)));
}

/** A promise to be settled from outside. */
export function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  return Promise.withResolvers<void>();
}

/** Waits until it holds; the test's own time limit is the deadline. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 15_000, interval: 10 });
}

let counter = 0;

/** Topics and client ids of their own for each test, so that an outside broker's leftovers do not matter. */
export const unique = (name: string) => `${name}-${process.pid}-${Date.now().toString(36)}-${++counter}`;
