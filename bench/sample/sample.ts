import { setTimeout as delay } from 'node:timers/promises';
import { type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { childrenOf, scriptOf } from '../lib/child-processes.ts';
import { processUsage, proportionalMb } from '../lib/process-usage.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { pageQuestions, type SamplePlantFacts } from './pages.ts';

async function facts(server: ServerUnderTest): Promise<SamplePlantFacts | undefined> {
  const { items: tree } = await server.call<{ items: { id: string; name: string; kind: string }[] }>(
    ...(['GET', '/api/cloud/tree'] as const),
  );
  const { items: points } = await server.call<{ items: SamplePlantFacts['points'] }>(
    ...(['GET', '/api/cloud/points?limit=2000'] as const),
  );
  if (points.length === 0) return undefined;
  return { sites: tree.filter(({ kind }) => kind === 'site'), points, year: new Date().getUTCFullYear() };
}

async function historyState(server: ServerUnderTest): Promise<string> {
  const { items } = await server.call<{ items: { type: string; state: string }[] }>('GET', '/api/jobs');
  return items.find(({ type }) => type === 'sample.history')?.state ?? 'absent';
}

/** Cameras are a process each. */
const childName = (pid: number, index: number): string =>
  scriptOf(pid) === 'decoder-process.ts' ? `camera ${index}` : 'simulator';

export const sample: Benchmark = {
  name: 'sample',
  summary:
    'how soon after `npm start` on an empty folder every page has something to show (30 s), and what the plant costs afterwards',
  duration: 'about 5 minutes',
  options: [
    { name: 'steady', default: '180', summary: 'seconds after the start at which the steady state is measured' },
    { name: 'most', default: '400', summary: 'seconds after which pages still without an answer are given up' },
  ],
  async run(context) {
    const folder = temporaryFolder(context);
    const begun = performance.now();
    const seconds = () => round((performance.now() - begun) / 1000, 1);
    const server = await ServerUnderTest.start({ folder, sample: true });
    context.onEnd(() => server.kill());
    const figures: Figure[] = [{ name: 'first answered request', value: round(server.startMs / 1000, 1), unit: 's' }];
    const open = new Set(pageQuestions);
    let written: number | undefined;
    let plant: SamplePlantFacts | undefined;
    while ((open.size > 0 || written === undefined) && seconds() < context.number('most')) {
      plant ??= await facts(server);
      if (plant) {
        for (const question of open) {
          const answered = await question.answered(server, plant).catch(() => false);
          if (!answered) continue;
          open.delete(question);
          context.note(`${seconds()} s  ${question.page}`);
          figures.push(below(question.page, seconds(), 30, 's'));
        }
        if (written === undefined && (await historyState(server)) === 'done') {
          written = seconds();
          context.note(`${written} s  history written`);
        }
      }
      await delay(500);
    }
    for (const { page } of open) figures.push({ name: page, value: 'never', target: '< 30', met: false });
    figures.push({ name: 'a year and more of every point is stored', value: written ?? 'never', unit: 's' });
    await delay(Math.max(0, context.number('steady') - seconds()) * 1000);
    const processes = [
      { name: 'server', pid: server.pid },
      ...childrenOf(server.pid).map((pid, index) => ({ name: childName(pid, index), pid })),
    ];
    const before = processes.map(({ pid }) => processUsage(pid));
    const span = 30;
    await delay(span * 1000);
    processes.forEach(({ name, pid }, index) => {
      const [then, now] = [before[index], processUsage(pid)];
      if (!then || !now) return;
      figures.push(
        { name: `${name}, steady: CPU`, value: round((now.cpuSeconds - then.cpuSeconds) / span, 3), unit: 'cores' },
        { name: `${name}, steady: resident`, value: round(now.residentMb), unit: 'MB' },
        { name: `${name}, shared memory in proportion`, value: round(proportionalMb(pid) ?? Number.NaN), unit: 'MB' },
        { name: `${name}: highest so far`, value: round(now.peakResidentMb), unit: 'MB' },
      );
    });
    await server.stop();
    return {
      protocol: [
        'apps/server with embedded defaults on an empty folder; the time counts from the start of its process.',
        'Each page’s questions are asked over HTTP every half second until their answer has data; the time is that of the answer.',
        `Steady state: CPU over ${span} s from second ${Math.max(context.number('steady'), written ?? 0)} on; resident memory at its end.`,
        'The simulator is a process of its own: it stands for the machines and meters. So is each camera’s decoder.',
      ],
      figures,
      compared: [],
    };
  },
};
