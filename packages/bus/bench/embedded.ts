/**
 * How much the embedded broker carries, and what it costs: `node packages/bus/bench/embedded.ts [SECONDS]`.
 * Publishers run in a process of their own; the handler resolves what has arrived every 20 ms, as a database commit
 * would. CPU is that of this process only.
 */
import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createLogger, systemClock } from '@millwright/kernel';
import { openBus } from '../src/index.ts';

const seconds = Number(process.argv[2] ?? 15);
const bytes = 6_000;
const run = promisify(execFile);

let waiting: (() => void)[] = [];
setInterval(() => {
  const batch = waiting;
  waiting = [];
  for (const resolve of batch) resolve();
}, 20).unref();

async function measure(name: string, clients: number, rate: number, window: number) {
  const bus = await openBus({
    kind: 'embedded',
    host: '127.0.0.1',
    port: 0,
    access: { authenticate: async () => ({ mayPublish: () => true, maySubscribe: () => true }) },
    logger: createLogger('error'),
    clock: systemClock,
  });
  let received = 0;
  await bus.subscribe('plant/#', () => {
    received++;
    return new Promise<void>((resolve) => waiting.push(resolve));
  });
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  const load = [bus.url, clients, rate, bytes, window, seconds].map(String);
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL('publisher.ts', import.meta.url)), ...load]);
  const used = process.cpuUsage(before);
  const elapsed = (performance.now() - start) / 1000;
  lag.disable();
  await bus.close();
  const answer = JSON.parse(stdout) as { perSecond: number; acknowledged: number; p50ms: number; p99ms: number };
  console.log({
    name,
    clients,
    ...answer,
    received,
    cores: Math.round((used.user + used.system) / 1e4 / elapsed) / 100,
    cpuMicrosecondsPerMessage: Math.round((used.user + used.system) / received),
    longestPauseMs: Math.round(lag.max / 1e6),
    residentMB: Math.round(process.memoryUsage().rss / 1e6),
  });
}

console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}, ${bytes} bytes, QoS 1, ${seconds} s`,
);
await measure('2,000 messages/s', 4, 2_000, 500);
await measure('as fast as it goes, one client', 1, 0, 1_000);
await measure('as fast as it goes, eight clients', 8, 0, 250);
