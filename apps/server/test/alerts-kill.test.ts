import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, onServer, type TestDatabase } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from './support/random.ts';
import { eventually, startServer } from './support/server-process.ts';

/** MILLWRIGHT_TEST_SEED repeats a run's decisions; the moments of the kills still depend on the machine. */
const seed = Number(process.env.MILLWRIGHT_TEST_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);
const rounds = 3;

const data = mkdtempSync(join(tmpdir(), 'millwright-alerts-kill-'));
const kept = new Set<string>();
const takenBack = new Set<string>();
/** By message id: its alerts, as often as it arrived. */
const arrived = new Map<string, string[]>();
let received = 0;
let isKilling = true;
let database: TestDatabase | undefined;
let child: ChildProcess | undefined;

const receiver = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { id, data: sent } = JSON.parse(Buffer.concat(parts).toString('utf8'));
  const titles = sent.alerts.map((one: { title: string }) => one.title);
  received += 1;
  const before = arrived.get(id);
  if (before) expect(titles).toEqual(before);
  arrived.set(id, titles);
  // The answer takes a while, so that kills fall between arrival and acknowledgement.
  setTimeout(() => response.writeHead(isKilling && random() < 0.02 ? 503 : 204).end(), random() * 60);
});

const flags = () => [
  ...['--data', data, '--allowed-networks', '127.0.0.0/8'],
  ...(database ? ['--database-url', database.url] : []),
];

function raising(): ChildProcess {
  const own = ['--port', '0', '--mqtt-port', '0', '--empty', '--log-level', 'error'];
  const script = fileURLToPath(new URL('support/raising-server.ts', import.meta.url));
  const process_ = spawn(process.execPath, [script, ...own, ...flags()], { stdio: ['ignore', 'pipe', 'inherit'] });
  let rest = '';
  process_.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [what, id] = line.split(' ') as [string, string];
      if (what === 'kept') kept.add(id);
      if (what === 'taken-back') takenBack.add(id);
    }
  });
  return process_;
}

beforeAll(async () => {
  if (onServer) {
    database = await createTestDatabase();
    await database.db.close();
  }
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const server = await startServer({ data, flags: flags().slice(2) });
  const { port } = receiver.address() as AddressInfo;
  const config = { url: `http://127.0.0.1:${port}/` };
  const body = { name: 'Desk', kind: 'webhook', config, groupSeconds: 0, mostPerMinute: 600 };
  expect((await server.call('POST', '/api/cloud/alerts/channels', body)).status).toBe(201);
  await server.stop();
}, 120_000);
afterAll(async () => {
  child?.kill('SIGKILL');
  receiver.closeAllConnections();
  receiver.close();
  await database?.cleanup();
  rmSync(data, { recursive: true, force: true, maxRetries: 3 });
});

it(`a server killed ${rounds} times loses no alert that was committed, and sends none that was not (seed ${seed})`, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const before = kept.size;
    child = raising();
    const gone = new Promise((resolve) => child!.once('close', resolve));
    await eventually('alerts to be raised', async () => kept.size > before + 20 + random() * 60, 120_000);
    child.kill('SIGKILL');
    await gone;
  }
  isKilling = false;
  // One that only sends takes over.
  const server = await startServer({ data, flags: flags().slice(2) });
  const delivered = () => new Set([...arrived.values()].flat());
  await eventually('every alert to arrive', async () => [...kept].every((id) => delivered().has(id)), 120_000);
  await eventually(
    'every delivery to be recorded',
    async () => {
      const { body } = await server.call('GET', '/api/cloud/alerts/channels');
      const [{ waiting, gathering, undelivered }] = body.items;
      return waiting + gathering + undelivered === 0;
    },
    120_000,
  );
  const { body } = await server.call('GET', '/api/cloud/alerts/deliveries?state=delivered&limit=500');
  await server.stop();
  const all = [...arrived.values()].flat();
  expect(all.filter((id) => takenBack.has(id))).toEqual([]);
  // Each alert stands in one message, which may have come twice under its id.
  expect(new Set(all).size).toBe(all.length);
  for (const { id } of body.items) expect(arrived.has(id)).toBe(true);
  expect(received).toBeGreaterThanOrEqual(arrived.size);
}, 600_000);
