import { existsSync } from 'node:fs';
import { type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { processUsage } from '../lib/process-usage.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';
import { quantile, round } from '../lib/statistics.ts';
import { type FilledPlant, fill, filledPlant, plantFolder } from './filled-plant.ts';
import { measurePostgres } from './postgres-peer.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Name, length. `all` is longer than everything stored. */
const windows: readonly (readonly [string, number])[] = [
  ...([
    ['1 hour', hour],
    ['1 day', day],
    ['1 week', 7 * day],
    ['1 month', 30 * day],
  ] as const),
  ...([
    ['1 year', 365 * day],
    ['all', 5_000 * day],
  ] as const),
];

function figuresOf(name: string, samples: readonly number[], target: number): Figure[] {
  return [
    { name: `${name}: p50`, value: round(quantile(samples, 0.5), 1), unit: 'ms' },
    below(`${name}: p95`, round(quantile(samples, 0.95), 1), target, 'ms'),
  ];
}

async function measure(server: ServerUnderTest, plant: FilledPlant, calls: number): Promise<Figure[]> {
  const times = async (one: (turn: number) => Promise<number>) => {
    await one(0); // Once unmeasured: the first call of a kind compiles and prepares.
    const samples: number[] = [];
    for (let turn = 1; turn <= calls; turn += 1) samples.push(await one(turn));
    return samples;
  };
  const iso = (time: number) => new Date(time).toISOString();
  const totals = await times(() =>
    server.timed('POST', '/api/cloud/totals', {
      ...{ pointIds: plant.meters, from: iso(plant.end - 365 * day), to: iso(plant.end), by: 'month' },
    }),
  );
  const latest = await times(() =>
    server.timed('POST', '/api/cloud/latest', { pointIds: plant.points.slice(0, 1000) }),
  );
  const figures = [
    ...figuresOf('12 monthly totals of 50 meters', totals, 300),
    ...figuresOf('1,000 latest values', latest, 50),
  ];
  const subjects: readonly (readonly [string, (turn: number) => string])[] = [
    ['a 5-minute meter', (turn) => plant.meters[turn % plant.meters.length]!],
    ['a sensor of one reading a second', () => plant.dense],
  ];
  for (const [what, pick] of subjects)
    for (const [name, length] of windows) {
      const period = new URLSearchParams({ from: iso(plant.end - length), to: iso(plant.end) });
      const samples = await times((turn) => server.timed('GET', `/api/cloud/points/${pick(turn)}/trend?${period}`));
      figures.push(...figuresOf(`trend of ${what}, ${name}`, samples, 150));
    }
  return figures;
}

export const query: Benchmark = {
  name: 'query',
  summary:
    'with 10 million readings: 12 monthly totals of 50 meters < 300 ms, any trend < 150 ms, 1,000 latest values < 50 ms',
  duration: 'about 1 minute; the first time 3 minutes more to fill the database, which is kept in node_modules/.cache',
  options: [
    { name: 'readings', default: '10000000', summary: 'readings stored' },
    { name: 'calls', default: '20', summary: 'measured calls of each kind' },
    { name: 'peer', default: 'true', summary: 'false leaves PostgreSQL out' },
    { name: 'profile', default: '', summary: 'folder for --cpu-prof of the server' },
  ],
  async run(context) {
    const readings = context.number('readings');
    const folder = plantFolder(readings);
    if (!existsSync(filledPlant(folder))) await fill(folder, readings, context);
    const profile = context.option('profile');
    const server = await ServerUnderTest.start({
      folder,
      nodeOptions: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
    });
    context.onEnd(() => server.kill());
    const plant = (await import(filledPlant(folder), { with: { type: 'json' } })).default as FilledPlant;
    context.note('asking');
    const figures = await measure(server, plant, context.number('calls'));
    const usage = processUsage(server.pid);
    await server.stop();
    const peer = context.option('peer') === 'true' ? await measurePostgres(context) : undefined;
    return {
      protocol: [
        `apps/server on a folder with ${readings.toLocaleString('en')} readings of 1,000 points: 50 meters every 5 minutes for a year, one sensor every second, the rest hourly.`,
        `Each question ${context.option('calls')} times through HTTP on the same machine, one after the other, once unmeasured before; time to the parsed answer.`,
      ],
      figures: [
        ...figures,
        ...(usage ? [{ name: 'server resident', value: round(usage.residentMb), unit: 'MB' }] : []),
        ...(peer?.figures ?? []),
      ],
      compared: [peer?.text ?? 'PostgreSQL: peer absent.'],
    };
  },
};
