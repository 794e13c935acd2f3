import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cloudModule } from '@millwright/cloud/server';
import { energyModule } from '@millwright/energy/server';
import { operatorActor } from '@millwright/kernel';
import { createTestHost } from '@millwright/testkit';
import { type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { round } from '../lib/statistics.ts';

const day = 86_400_000;
/** A year that is over, on a site's clock without changes. */
const start = Date.parse('2024-01-01T00:00+08:00');

interface Watched {
  readonly seconds: number;
  /** Longest that the event loop was late, in milliseconds; other work on the machine is in it. */
  readonly delay: number;
  /** Most that this thread computed in one turn of the loop, in milliseconds: what it would be late by on a free core. */
  readonly turn: number;
  /** Most resident memory, in MB. */
  readonly memory: number;
}

async function watched(work: () => Promise<unknown>): Promise<Watched> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const resident = () => process.memoryUsage.rss() / 2 ** 20;
  let [turn, memory, running] = [0, resident(), true];
  const cpu = () => process.threadCpuUsage().user + process.threadCpuUsage().system;
  let last = cpu();
  const look = () => {
    const now = cpu();
    turn = Math.max(turn, (now - last) / 1000);
    last = now;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  const weigh = setInterval(() => {
    memory = Math.max(memory, resident());
  }, 100);
  delay.enable();
  const before = performance.now();
  await work();
  const seconds = (performance.now() - before) / 1000;
  delay.disable();
  running = false;
  clearInterval(weigh);
  return { seconds, delay: delay.max / 1e6, turn, memory };
}

export const report: Benchmark = {
  name: 'report',
  summary: 'report, profile, heat map and bill of a year of 10-second readings: nothing holds the server up for 50 ms',
  duration: 'about 2 minutes',
  options: [
    { name: 'days', default: '366', summary: 'days of readings' },
    { name: 'step', default: '10', summary: 'seconds between readings' },
  ],
  async run(context) {
    const [days, step] = [context.number('days'), context.number('step')];
    const host = await createTestHost({ modules: [cloudModule, energyModule] });
    context.onEnd(() => host.cleanup());
    const cloud = host.host.use(cloudModule);
    const site = await cloud.plant.create(operatorActor, {
      ...{ kind: 'site', parentId: null, name: 'Works', timezone: 'Asia/Shanghai' },
    });
    const source = await cloud.sources.create(operatorActor, { siteId: site.id, name: 'meter', kind: 'file' });
    const [point] = await cloud.points.ensure(operatorActor, source, [
      {
        ...{ key: 'usage', name: 'Usage', unit: 'kW.h', kind: 'counter', intervalSeconds: step, mainMeter: true },
        ...{ carrier: 'electricity', quantity: 'energy' },
      },
    ]);
    const count = Math.floor((days * day) / (step * 1000));
    const piece = 20_000;
    for (let at = 0; at < count; at += piece) {
      const length = Math.min(piece, count - at);
      await cloud.store.write({
        ...{ sourceId: source.id, keys: ['usage'], historical: true },
        ...{ keyIndex: new Int32Array(length), quality: new Int16Array(length) },
        time: Float64Array.from({ length }, (_, row) => start + (at + row + 1) * step * 1000),
        value: Float64Array.from({ length }, (_, row) => (at + row) * 0.5),
      });
      if (Math.floor((at + length) / 1e6) > Math.floor(at / 1e6))
        context.note(`${Math.floor((at + length) / 1e6)} million stored`);
    }
    await cloud.store.settle();
    const iso = (time: number) => new Date(time).toISOString();
    const period = { from: iso(start), to: iso(start + days * day) };
    const query = { pointId: point!.id, ...period };
    const answered = async (call: ReturnType<typeof host.call>): Promise<{ evidence?: string }> => {
      const { status, body } = await call;
      if (status !== 200) throw new Error(JSON.stringify(body));
      return body as { evidence?: string };
    };
    const figures: Figure[] = [];
    const measure = async (name: string, work: () => Promise<unknown>) => {
      context.note(name);
      const { seconds, delay, turn, memory } = await watched(work);
      figures.push(
        { name: `${name}: time`, value: round(seconds, 2), unit: 's' },
        below(`${name}: most computed in one turn`, round(turn, 1), 50, 'ms'),
        { name: `${name}: latest turn`, value: round(delay, 1), unit: 'ms' },
        { name: `${name}: most memory`, value: round(memory), unit: 'MB' },
      );
    };
    let evidence = '';
    await measure('report, recorded', async () => {
      evidence = (await answered(host.call('POST', '/api/energy/reports', { body: query }))).evidence!;
    });
    await measure('verification of it', () => answered(host.call('POST', `/api/ledger/entries/${evidence}/verify`)));
    await measure('profile, 15 min', () =>
      answered(host.call('GET', '/api/energy/profile', { query: { ...query, interval: '15m' } })),
    );
    await measure('profile, 1 h', () =>
      answered(host.call('GET', '/api/energy/profile', { query: { ...query, interval: '1h' } })),
    );
    await measure('heat map', () => answered(host.call('GET', '/api/energy/heat-map', { query })));
    await measure('consumption by month', () =>
      answered(
        host.call('GET', '/api/energy/consumption', {
          query: { site: 'Works', ...period, by: 'month', compare: 'true' },
        }),
      ),
    );
    return {
      protocol: [
        `Modules cloud and energy with embedded PostgreSQL (on its own thread) in this process; one register read every ${step} s for ${days} days: ${count.toLocaleString('en')} readings.`,
        'Each question once over HTTP. Computed in one turn: CPU time of the server thread between two turns of its event loop, at most.',
        'Latest turn: maximum of monitorEventLoopDelay, which other work on the machine adds to.',
      ],
      figures,
      compared: [],
    };
  },
};
