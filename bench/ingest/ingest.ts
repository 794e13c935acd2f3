import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openDatabase } from '@millwright/db';
import type { SparkplugLoadResult } from '@millwright/testkit/simulator';
import { atLeast, type Benchmark, type BenchmarkContext, below, type Figure } from '../lib/benchmark.ts';
import { processUsage } from '../lib/process-usage.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';
import { quantile, round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { ApiSampler } from './api-sampler.ts';
import { measurePostgres } from './postgres-peer.ts';

const run = promisify(execFile);
const generator = fileURLToPath(
  new URL('../../packages/testkit/src/simulator/load/sparkplug-load-main.ts', import.meta.url),
);
const group = 'Bench';

interface Phase {
  readonly name: string;
  readonly load: SparkplugLoadResult;
  readonly sampler: ApiSampler;
  readonly cpuSeconds: number | undefined;
  readonly residentMb: number | undefined;
}

/** A point per metric, all of one source, and a login that may publish for it. */
async function prepare(server: ServerUnderTest): Promise<{ sourceId: string; password: string }> {
  const site = await server.call<{ id: string }>('POST', '/api/cloud/nodes', {
    ...{ kind: 'site', parentId: null, name: 'Bench', timezone: 'Europe/Berlin' },
  });
  const source = await server.call<{ id: string }>('POST', '/api/cloud/sources', {
    ...{ siteId: site.id, name: 'Load', kind: 'sparkplug', config: { groupId: group } },
  });
  const { password } = await server.call<{ password: string }>('POST', '/api/cloud/broker-clients', {
    ...{ username: 'load', publish: [`spBv1.0/${group}/#`], subscribe: [`spBv1.0/${group}/#`], sourceId: source.id },
  });
  return { sourceId: source.id, password };
}

async function generate(
  context: BenchmarkContext,
  server: ServerUnderTest,
  password: string,
  rate: number,
  seconds: number,
) {
  const options = {
    ...{ url: server.mqttUrl, username: 'load', password, group, seconds, points: context.number('points') },
    ...{ connections: context.number('connections'), 'in-flight': context.number('in-flight') },
    ...{ 'points-per-message': context.number('points-per-message'), 'points-per-second': rate },
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const { stdout } = await run(process.execPath, [generator, ...flags], { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout) as SparkplugLoadResult;
}

async function phase(
  context: BenchmarkContext,
  server: ServerUnderTest,
  password: string,
  rate: number,
  seconds: number,
): Promise<Phase> {
  const name = rate > 0 ? `${rate} points/s asked` : 'as fast as acknowledged';
  context.note(`${name}, ${seconds} s`);
  const sampler = await ApiSampler.start(server);
  const before = processUsage(server.pid);
  const load = await generate(context, server, password, rate, seconds);
  const after = processUsage(server.pid);
  await sampler.stop();
  return {
    ...{ name, load, sampler, residentMb: after?.residentMb },
    cpuSeconds: before && after ? after.cpuSeconds - before.cpuSeconds : undefined,
  };
}

/** What the stopped server left in its database. */
async function storedIn(
  folder: string,
): Promise<{ rows: number; ledger: number; duplicates: number; rolledUp: number }> {
  const db = await openDatabase({ url: `pglite://${join(folder, 'database')}` });
  const one = async (sql: string) => Number((await db.query<{ n: number }>(sql)).rows[0]!.n);
  const found = {
    rows: await one('select count(*) as n from cloud_measurement'),
    ledger: await one('select sum(stored)::bigint as n from cloud_delivery'),
    duplicates: await one('select sum(duplicate)::bigint as n from cloud_delivery'),
    rolledUp: await one(`select sum(count)::bigint as n from cloud_rollup where resolution = 'h'`),
  };
  await db.close();
  return found;
}

function figuresOf({ name, load, sampler, cpuSeconds, residentMb }: Phase, asked: number): Figure[] {
  const p95 = round(quantile(sampler.all, 0.95), 1);
  return [
    atLeast(
      `${name}: acknowledged`,
      round(load.pointsPerSecond),
      Math.min(asked > 0 ? asked : 100_000, 100_000) * 0.99,
      'points/s',
    ),
    { name: `${name}: sent and not acknowledged`, value: load.pointsSent - load.pointsAcknowledged, unit: 'points' },
    { name: `${name}: publish to acknowledgement p50`, value: round(load.latencyMs.p50), unit: 'ms' },
    { name: `${name}: publish to acknowledgement p99`, value: round(load.latencyMs.p99), unit: 'ms' },
    below(`${name}: API p95`, p95, 100, 'ms'),
    ...Object.entries(sampler.latencies).map(([call, samples]) => ({
      name: `${name}: ${call} p50 / p95 / worst`,
      value: [0.5, 0.95, 1].map((share) => round(quantile(samples, share), 1)).join(' / '),
      unit: `ms, ${samples.length} calls`,
    })),
    ...(cpuSeconds === undefined
      ? []
      : [
          { name: `${name}: server CPU`, value: round(cpuSeconds / load.seconds, 2), unit: 'cores' },
          {
            name: `${name}: server CPU per point`,
            value: round((cpuSeconds / load.pointsAcknowledged) * 1e6, 2),
            unit: 'µs',
          },
        ]),
    ...(residentMb === undefined ? [] : [{ name: `${name}: server resident`, value: round(residentMb), unit: 'MB' }]),
  ];
}

export const ingest: Benchmark = {
  name: 'ingest',
  summary:
    'Sparkplug B at QoS 1, acknowledged after commit: 50,000 points/s and none lost, pages below 100 ms meanwhile',
  duration: 'about 3 minutes (two phases of 60 s), and 1 more with a PostgreSQL to compare with',
  options: [
    { name: 'rates', default: '50000,0', summary: 'points/s asked for, one phase each; 0: as fast as acknowledged' },
    { name: 'seconds', default: '60', summary: 'length of a phase' },
    { name: 'points', default: '5000', summary: 'different points' },
    { name: 'points-per-message', default: '100', summary: 'metrics of one Sparkplug message' },
    { name: 'connections', default: '5', summary: 'edge nodes, each on a connection of its own' },
    {
      name: 'in-flight',
      default: '100',
      summary: 'messages of one connection that may wait for their acknowledgement',
    },
    { name: 'peer', default: 'true', summary: 'false leaves PostgreSQL out' },
    { name: 'profile', default: '', summary: 'folder for --cpu-prof of the server' },
  ],
  async run(context) {
    const folder = temporaryFolder(context);
    const seconds = context.number('seconds');
    const profile = context.option('profile');
    const server = await ServerUnderTest.start({
      folder,
      nodeOptions: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
    });
    context.onEnd(() => server.kill());
    const { password } = await prepare(server);
    context.note('warming up; the points of the births are made');
    const phases: Phase[] = [];
    const warm = await generate(context, server, password, 5_000, 2);
    const rates = context.option('rates').split(',').map(Number);
    for (const rate of rates) phases.push(await phase(context, server, password, rate, seconds));
    await server.stop();
    context.note('counting what was stored');
    const stored = await storedIn(folder);
    const acknowledged = [warm, ...phases.map(({ load }) => load)].reduce(
      (sum, load) => sum + load.pointsAcknowledged,
      0,
    );
    const births = (1 + rates.length) * context.number('points');
    const expected = acknowledged + births;
    const peer = context.option('peer') === 'true' ? await measurePostgres(context) : undefined;
    return {
      protocol: [
        `apps/server in a process of its own: embedded PostgreSQL and broker, an empty folder, defaults throughout.`,
        `A load generator in another process: ${context.option('connections')} edge nodes, ${context.option('points')} points in all, messages of ${context.option('points-per-message')} metrics at QoS 1,`,
        `at most ${context.option('in-flight')} unacknowledged per connection; a message is acknowledged after the commit of its readings.`,
        `A third process asks for the tree, 1,000 latest values and one point's last hour in turn, one call every 200 ms.`,
        `After a clean stop the rows are counted in the database and compared with the acknowledgements, the delivery ledger and the rollups.`,
      ],
      figures: [
        ...phases.flatMap((one, index) => figuresOf(one, rates[index]!)),
        { name: 'acknowledged, births included', value: expected, unit: 'points' },
        {
          ...{ name: 'stored in the database', value: stored.rows, unit: 'points' },
          ...{ target: 'all that was acknowledged', met: stored.rows >= expected },
        },
        {
          name: 'delivery ledger says stored',
          value: stored.ledger,
          target: 'the same',
          met: stored.ledger === stored.rows,
        },
        {
          name: 'hourly rollups hold',
          value: stored.rolledUp,
          target: 'the same',
          met: stored.rolledUp === stored.rows,
        },
        { name: 'duplicates', value: stored.duplicates },
        ...(peer?.figures ?? []),
      ],
      compared: [
        'ThingsBoard publishes 3,333 points/s on 4 vCPU (c5.xlarge) at 20 to 25 % CPU with PostgreSQL (thingsboard.io, performance, scenarios B and C), and 5,000 to 10,000 points/s as the range of PostgreSQL (deployment scenarios).',
        peer?.text ?? 'PostgreSQL: peer absent.',
      ],
    };
  },
};
