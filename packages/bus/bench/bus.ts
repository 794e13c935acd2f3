/**
 * How much the bus carries, and what it costs: `node packages/bus/bench/bus.ts [SECONDS] [MQTT_URL]`. With a URL the
 * outside broker there, else the embedded one and plain aedes beside it.
 * Publishers run in a process of their own; the handler resolves what has arrived every 20 ms, as a database commit
 * would. CPU is that of this process only.
 */
import { execFile } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogger, systemClock } from '@millwright/kernel';
import { Aedes } from 'aedes';
import { openBus } from '../src/index.ts';

const seconds = Number(process.argv[2] ?? 15);
const outside = process.argv[3];
const bytes = 6_000;
const run = promisify(execFile);

let waiting: (() => void)[] = [];
setInterval(() => {
  const batch = waiting;
  waiting = [];
  for (const resolve of batch) resolve();
}, 20).unref();

/** The work of a consumer: over with the next batch. */
const commit = () => new Promise<void>((resolve) => waiting.push(resolve));

interface Broker {
  readonly url: string;
  close(): Promise<void>;
}

async function openOurs(onMessage: () => Promise<void>): Promise<Broker> {
  const bus = await openBus({
    kind: 'embedded',
    host: '127.0.0.1',
    port: 0,
    access: { authenticate: async () => ({ mayPublish: () => true, maySubscribe: () => true }) },
    logger: createLogger('error'),
    clock: systemClock,
  });
  await bus.subscribe('plant/#', onMessage);
  return bus;
}

async function openOutside(onMessage: () => Promise<void>): Promise<Broker> {
  const bus = await openBus({
    kind: 'external',
    url: outside!,
    clientId: 'bench-server',
    logger: createLogger('error'),
  });
  await bus.subscribe('plant/#', onMessage);
  return bus;
}

/** The peer: aedes as it comes, with its own hook holding back the acknowledgement. */
async function openPlainAedes(onMessage: () => Promise<void>): Promise<Broker> {
  const aedes = await Aedes.createBroker({
    authorizePublish: (_client, _packet, done) => void onMessage().then(() => done(null), done),
  });
  const server = createServer((socket) => void aedes.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function measure(name: string, open: typeof openOurs, clients: number, rate: number, window: number) {
  let received = 0;
  const bus = await open(() => {
    received++;
    return commit();
  });
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  const load = [bus.url, clients, rate, bytes, window, seconds].map(String);
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL('publisher.ts', import.meta.url)), ...load]);
  const answer = JSON.parse(stdout) as { perSecond: number; acknowledged: number; p50ms: number; p99ms: number };
  // An outside broker acknowledges the publishers before this process has the messages.
  while (received < answer.acknowledged && performance.now() - start < (seconds + 30) * 1000) await delay(20);
  const used = process.cpuUsage(before);
  const elapsed = (performance.now() - start) / 1000;
  lag.disable();
  await bus.close();
  console.log({
    name,
    clients,
    ...answer,
    received,
    receivedPerSecond: Math.round(received / elapsed),
    cores: Math.round((used.user + used.system) / 1e4 / elapsed) / 100,
    cpuMicrosecondsPerMessage: Math.round((used.user + used.system) / received),
    longestPauseMs: Math.round(lag.max / 1e6),
    residentMB: Math.round(process.memoryUsage().rss / 1e6),
  });
}

console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}, ${bytes} bytes, QoS 1, ${seconds} s`,
);
if (outside) {
  await measure('2,000 messages/s, outside broker', openOutside, 4, 2_000, 500);
  await measure('10,000 messages/s, outside broker', openOutside, 4, 10_000, 500);
} else {
  await measure('2,000 messages/s', openOurs, 4, 2_000, 500);
  await measure('as fast as it goes, one client', openOurs, 1, 0, 1_000);
  await measure('as fast as it goes, eight clients', openOurs, 8, 0, 250);
  await measure('plain aedes, one client', openPlainAedes, 1, 0, 1_000);
  await measure('plain aedes, eight clients', openPlainAedes, 8, 0, 250);
}
