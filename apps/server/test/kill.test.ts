import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@millwright/db';
import { createTestDatabase, onServer, type TestDatabase } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from './support/random.ts';
import { runServer, type ServerProcess, startServer } from './support/server-process.ts';
import { type SentMessage, SparkplugSender } from './support/sparkplug-sender.ts';

/** MILLWRIGHT_TEST_SEED repeats a run's decisions; the moments of the kills still depend on the machine. */
const seed = Number(process.env.MILLWRIGHT_TEST_SEED ?? Date.now() % 1_000_000);
/**
 * Each round is the same check at another random moment; the seventh and every sixth from the fifth do more, so seven have
 * everything once. MILLWRIGHT_TEST_KILLS=20 for the long run. On a server the database is another process, which these
 * kills do not reach.
 */
const rounds = Number(process.env.MILLWRIGHT_TEST_KILLS ?? (onServer ? 4 : 8));
const group = 'Kill';
const points = 60;
const perMessage = 20;
/** The last ones are registers: what they rise by depends on the reading before, which may come late. */
const registers = 6;
/** Time in the readings runs faster than the clock, so that the kills fall into many hours and several days. */
const stepMs = 60_000;
const hourMs = 3_600_000;
/** Asia/Shanghai, all year round. */
const zoneMs = 8 * hourMs;

const isRegister = (alias: number) => alias > points - registers;

/** Multiples of 1/8, so that sums are exact in whichever order they are made. */
function expectedValue(alias: number, step: number): number {
  return isRegister(alias) ? (step * alias) / 8 : (((alias * 7919 + step * 104_729) % 8000) - 4000) / 8;
}

interface Bucket {
  count: number;
  total: number;
  increase: number;
  /** Seconds that the readings speak for. */
  covered: number;
  minimum: number;
  maximum: number;
}

/** What the rollups of one point must be, computed from its readings here. */
function rollupsOf(alias: number, readings: { time: number[]; value: number[] }, by: 'hour' | 'day') {
  const buckets: Record<string, Bucket> = {};
  readings.time.forEach((time, at) => {
    const value = readings.value[at]!;
    const inside = isRegister(alias) ? time - 0.001 : time;
    const label =
      by === 'hour'
        ? `${new Date(Math.floor(inside / hourMs) * hourMs).toISOString().slice(0, 19)}Z`
        : new Date(inside + zoneMs).toISOString().slice(0, 10);
    buckets[label] ??= { count: 0, total: 0, increase: 0, covered: 0, minimum: value, maximum: value };
    const bucket = buckets[label];
    bucket.count += 1;
    bucket.total += value;
    if (isRegister(alias) && at > 0) bucket.increase += value - readings.value[at - 1]!;
    if (at > 0) {
      const distance = time - readings.time[at - 1]!;
      // A register knows what it rose by; a momentary value speaks for two of the usual distances at most.
      const usual = at > 1 ? Math.min(distance, readings.time[at - 1]! - readings.time[at - 2]!) : distance;
      if (isRegister(alias) || distance <= 2 * usual) bucket.covered += distance / 1000;
    }
    bucket.minimum = Math.min(bucket.minimum, value);
    bucket.maximum = Math.max(bucket.maximum, value);
  });
  return buckets;
}

describe(`a server killed ${rounds} times during ingest (seed ${seed})`, () => {
  const random = seededRandom(seed);
  const between = (from: number, to: number) => from + random() * (to - from);
  const data = mkdtempSync(join(tmpdir(), 'millwright-kill-'));
  let database: TestDatabase | undefined;
  let server: ServerProcess;
  let password = '';
  let pointIds: string[] = [];
  let sourceId = '';
  const flags = () => (database ? ['--database-url', database.url] : []);

  const firstTime = Math.floor((Date.now() - 20 * 24 * hourMs) / hourMs) * hourMs;
  let step = 0;
  /** By `alias time`: what the server has taken responsibility for. */
  const promised = new Map<string, number>();
  /** Sent, and nobody knows whether stored. */
  let inDoubt: SentMessage[] = [];
  let everSent = 0;

  beforeAll(async () => {
    if (onServer) {
      database = await createTestDatabase();
      await database.db.close();
    }
    server = await startServer({ data, flags: flags() });
    const site = await server.call('POST', '/api/cloud/nodes', {
      ...{ kind: 'site', parentId: null, name: 'Kill', timezone: 'Asia/Shanghai' },
    });
    const source = await server.call('POST', '/api/cloud/sources', {
      ...{ siteId: site.body.id, name: 'edge', kind: 'sparkplug', config: { groupId: group } },
    });
    sourceId = source.body.id;
    const client = await server.call('POST', '/api/cloud/broker-clients', {
      ...{ username: 'edge', publish: [`spBv1.0/${group}/#`], subscribe: [], sourceId },
    });
    password = client.body.password;
    const described = await server.call('POST', `/api/cloud/sources/${sourceId}/points`, {
      points: Array.from({ length: points }, (_, at) => ({
        ...{ key: `node/device/point-${at + 1}`, name: `Point ${at + 1}`, unit: 'kW.h' },
        kind: isRegister(at + 1) ? 'counter' : 'gauge',
      })),
    });
    expect(described.status).toBe(201);
    pointIds = described.body.items.map(({ id }: { id: string }) => id);
  }, 120_000);
  afterAll(async () => {
    await server?.kill();
    await database?.cleanup();
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
  });

  /** Sends new readings, and what is in doubt from before, until the server is gone. */
  async function ingest(sender: SparkplugSender): Promise<void> {
    const again = inDoubt.filter(() => random() < 0.7);
    const repeated = sender.acknowledged.slice();
    inDoubt = inDoubt.filter((message) => !again.includes(message));
    const send = async (message: SentMessage, historical: boolean) => {
      everSent += 1;
      await sender.send(message, historical).catch(() => undefined);
    };
    const lane = async () => {
      while (sender.connected) {
        const kept = random() < 0.15 ? (again.pop() ?? repeated.pop()) : undefined;
        if (kept) {
          await send(kept, random() < 0.5);
          continue;
        }
        step += 1;
        const time = firstTime + step * stepMs;
        const messages = Array.from({ length: points / perMessage }, (_, part): SentMessage => {
          const aliases = Array.from({ length: perMessage }, (_, at) => part * perMessage + at + 1);
          const at = step;
          return { time, aliases, values: aliases.map((alias) => expectedValue(alias, at)) };
        });
        // Now and then one goes missing at the edge and comes later, out of order.
        if (random() < 0.03) again.push(messages.pop()!);
        await Promise.all(messages.map((message) => send(message, false)));
      }
    };
    await Promise.all(Array.from({ length: 4 }, lane));
    for (const { time, aliases, values } of sender.acknowledged)
      aliases.forEach((alias, at) => {
        promised.set(`${alias} ${time}`, values[at]!);
      });
    inDoubt.push(...sender.unacknowledged, ...again);
  }

  /** A console that looks at the plant meanwhile: its questions write rollups out in the middle of everything. */
  async function look(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const id = pointIds[Math.floor(random() * points)]!;
      const period = `from=${new Date(firstTime).toISOString()}&to=${new Date(firstTime + 20 * 24 * hourMs).toISOString()}`;
      await server.call('GET', `/api/cloud/points/${id}/trend?${period}`).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, between(20, 200)));
    }
  }

  /** Promised readings are there with their values, and the rollups are what the readings say. */
  async function check(aliases: readonly number[]): Promise<void> {
    const period = {
      from: new Date(firstTime - 24 * hourMs).toISOString(),
      to: new Date(firstTime + 40 * 24 * hourMs).toISOString(),
    };
    const of = new Map<number, Map<number, number>>(aliases.map((alias) => [alias, new Map()]));
    for (const [key, value] of promised) {
      const [alias, time] = key.split(' ').map(Number) as [number, number];
      of.get(alias)?.set(time, value);
    }
    const totals = async (by: 'hour' | 'day') => {
      const ids = aliases.map((alias) => pointIds[alias - 1]!);
      const { body } = await server.call('POST', '/api/cloud/totals', { pointIds: ids, ...period, by });
      return new Map<string, (Bucket & { bucket: string; mean: number })[]>(
        body.items.map(({ pointId, buckets }: { pointId: string; buckets: never[] }) => [pointId, buckets]),
      );
    };
    const stored = { hour: await totals('hour'), day: await totals('day') };
    for (const alias of aliases) {
      const id = pointIds[alias - 1]!;
      const query = `from=${period.from}&to=${period.to}&limit=100000`;
      const { body } = await server.call('GET', `/api/cloud/points/${id}/readings?${query}`);
      const found = new Map<number, number>(body.time.map((time: number, at: number) => [time, body.value[at]]));
      expect(found.size, `point ${alias} has a time twice`).toBe(body.time.length);
      const lost = [...of.get(alias)!].filter(([time, value]) => found.get(time) !== value);
      expect(lost, `acknowledged readings of point ${alias}`).toEqual([]);
      for (const [time, value] of found)
        expect(value, `point ${alias} at ${time}`).toBe(expectedValue(alias, (time - firstTime) / stepMs));
      for (const by of ['hour', 'day'] as const) {
        const there = Object.fromEntries(
          (stored[by].get(id) ?? []).map(({ bucket, mean: _, ...rest }) => [bucket, rest]),
        );
        expect(there, `${by}s of point ${alias}`).toEqual(rollupsOf(alias, body, by));
      }
    }
  }

  it('loses nothing acknowledged, repairs itself, and says the same in readings, rollups and ledger', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const broker = { url: server.mqttUrl, username: 'edge', password };
      const sender = await SparkplugSender.open(broker, group, points);
      const looking = new AbortController();
      const looks = look(looking.signal);
      const ingests = ingest(sender);
      // Once longer than the 5 s after which rollups are written by themselves.
      await new Promise((resolve) => setTimeout(resolve, round === 7 ? between(5_000, 5_500) : between(50, 1_500)));
      await server.kill();
      looking.abort();
      await Promise.all([looks, ingests]);
      await sender.close();
      if (round % 6 === 5) {
        // Killed again while it recovers from the kill before.
        const { child, exited } = runServer({ data, flags: flags() });
        await new Promise((resolve) => setTimeout(resolve, between(200, 3_000)));
        child.kill('SIGKILL');
        await exited;
      }
      server = await startServer({ data, flags: flags() });
      const { body: verified } = await server.call('POST', '/api/ledger/verify', {});
      expect(verified, `ledger after kill ${round}`).toMatchObject({ status: 'proved', problems: [] });
      await check([1 + Math.floor(random() * (points - registers)), points - Math.floor(random() * registers)]);
    }
    await check(Array.from({ length: points }, (_, at) => at + 1));
    expect(promised.size).toBeGreaterThan(rounds * perMessage);
    expect(await server.stop()).toBe(0);

    const db = await openDatabase({ url: database?.url ?? `pglite://${join(data, 'database')}` });
    try {
      const one = async (sql: string) => (await db.query<Record<string, number>>(sql)).rows[0]!;
      const { readings } = await one('select count(*) as readings from cloud_measurement');
      const delivered = await one(
        'select sum(received)::bigint as received, sum(stored)::bigint as stored, sum(duplicate)::bigint as duplicate, sum(rejected)::bigint as rejected from cloud_delivery',
      );
      expect(delivered.stored, 'every stored reading is counted once').toBe(readings);
      expect(delivered.received).toBe(delivered.stored! + delivered.duplicate! + delivered.rejected!);
      expect(delivered.received).toBeLessThanOrEqual(everSent * perMessage);
      expect(await one('select count(*) as pending from cloud_rollup_pending')).toEqual({ pending: 0 });
    } finally {
      await db.close();
    }
  }, 600_000);
});
