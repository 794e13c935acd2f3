/**
 * The load: `node publisher.ts URL CLIENTS MESSAGES_PER_SECOND BYTES WINDOW SECONDS`, QoS 1, at most WINDOW messages of
 * a client unacknowledged, 0 messages per second meaning as fast as they are acknowledged. Prints one JSON line.
 */
import { connectAsync } from 'mqtt';

const [url, clientCount, rate, bytes, window, seconds] = [
  process.argv[2]!,
  ...process.argv.slice(3).map(Number),
] as unknown as [string, number, number, number, number, number];

const clients = await Promise.all(
  Array.from({ length: clientCount }, (_, index) => connectAsync(url, { clientId: `load-${index}` })),
);
const payload = Buffer.alloc(bytes, 1);
const end = performance.now() + seconds * 1000;
const latencies: number[] = [];
let sent = 0;

async function load(index: number): Promise<void> {
  const client = clients[index]!;
  const perClient = rate / clientCount;
  const start = performance.now();
  let mine = 0;
  let open = 0;
  const pending: Promise<unknown>[] = [];
  while (performance.now() < end) {
    const due = rate === 0 ? Number.POSITIVE_INFINITY : ((performance.now() - start) / 1000) * perClient;
    while (open < window && mine < due) {
      const at = performance.now();
      mine++;
      open++;
      sent++;
      pending.push(
        client.publishAsync(`plant/${index}/data`, payload, { qos: 1 }).then(() => {
          open--;
          latencies.push(performance.now() - at);
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(pending);
}

const start = performance.now();
await Promise.all(clients.map((_, index) => load(index)));
const elapsed = (performance.now() - start) / 1000;
await Promise.all(clients.map((client) => client.endAsync()));
latencies.sort((a, b) => a - b);
const quantile = (part: number) => Math.round(latencies[Math.floor((latencies.length - 1) * part)]! * 10) / 10;
console.log(
  JSON.stringify({
    sent,
    acknowledged: latencies.length,
    perSecond: Math.round(latencies.length / elapsed),
    p50ms: quantile(0.5),
    p99ms: quantile(0.99),
  }),
);
