import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cloudModule } from '@millwright/cloud/server';
import { assemble } from '@millwright/host';
import { seededRandom } from '@millwright/imaging';
import { createLogger, loadConfig, operatorActor, systemClock } from '@millwright/kernel';
import { orionModule } from '@millwright/orion/server';
import { atLeast, type Benchmark } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';
import { temporaryFolder } from '../../lib/temporary-folder.ts';
import { ownDatabase } from './own-database.ts';

export const distributed: Benchmark = {
  name: 'orion/distributed',
  summary: 'trials of an experiment with two worker processes against one: at least 1.8 times as fast',
  duration: 'about 2 minutes',
  positional: 'database',
  options: [
    { name: 'database', default: '', summary: 'PostgreSQL server whose user may create databases' },
    { name: 'rows', default: '30000', summary: 'of the data set' },
    { name: 'trials', default: '24', summary: 'of the experiment' },
    { name: 'rounds', default: '3', summary: 'each of one worker and of two, in turn' },
  ],
  async run(context) {
    const url = await ownDatabase(context);
    const folder = temporaryFolder(context);
    const config = loadConfig({
      flags: { data: join(folder, 'server'), databaseUrl: url, jobConcurrency: '0', port: '0', mqttPort: '0' },
      environment: {},
    });
    const assembly = await assemble({
      ...{ config, modules: [cloudModule, orionModule], mode: 'live', version: 'bench', clock: systemClock },
      logger: createLogger('error'),
    });
    context.onEnd(() => assembly.stop());
    await assembly.goLive();
    const { host } = assembly;
    const { datasets, experiments } = host.use(orionModule);
    const workers: ChildProcess[] = [];
    const startWorker = async () => {
      const own = join(folder, `worker-${workers.length}-${Math.round(performance.now())}`);
      mkdirSync(own);
      symlinkSync(join(folder, 'server', 'blobs'), join(own, 'blobs'));
      const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
      const child = spawn(process.execPath, [entry, url, own], { stdio: ['ignore', 'pipe', 'inherit'] });
      workers.push(child);
      await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
    };
    const stopWorker = async () => {
      const child = workers.pop();
      if (!child || child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    context.onEnd(async () => {
      while (workers.length > 0) await stopWorker();
    });
    const site = await host
      .use(cloudModule)
      .plant.create(operatorActor, { kind: 'site', parentId: null, name: 'Works' });
    const { hash } = await host.blobs.put(Buffer.from(csv(context.number('rows'))));
    const source = { kind: 'file', upload: hash, fileName: 'machine.csv' } as const;
    await startWorker();
    const frozen = await datasets.freeze(operatorActor, { siteId: site.id, name: 'machine', source });
    while ((await host.jobs.get(operatorActor, frozen.id)).state !== 'done') await delay(100);
    const [dataset] = await datasets.list(operatorActor);
    let number = 0;
    /** Seconds from the first trial's start to the last one's end, so that setting it up is not counted. */
    const seconds = async (trials: number) => {
      number += 1;
      const penalty = Array.from({ length: trials }, (_, at) => 10 ** (at / 4 - 3));
      const { id } = await experiments.create(operatorActor, {
        ...{ name: `round ${number}`, datasetId: dataset!.id, family: 'tables', folds: 20, seed: 1 },
        task: { target: 'power', task: 'regression' },
        search: { kinds: [{ kind: 'ridge', settings: {}, grid: { penalty }, propose: false }], most: 1_000 },
      });
      for (;;) {
        await delay(100);
        const { items } = await experiments.trials(operatorActor, id, { order: 'asc', limit: 1_000, offset: 0 });
        if (items.some(({ state }) => state !== 'done')) continue;
        const starts = items.map(({ startedAt }) => Date.parse(startedAt!));
        const ends = items.map(({ endedAt }) => Date.parse(endedAt!));
        return (Math.max(...ends) - Math.min(...starts)) / 1_000;
      }
    };
    const trials = context.number('trials');
    const [one, two]: [number[], number[]] = [[], []];
    await seconds(4);
    for (let turn = 0; turn < context.number('rounds'); turn += 1) {
      context.note(`round ${turn + 1}: one worker`);
      one.push(await seconds(trials));
      await startWorker();
      // Both have read the data and loaded the code.
      await seconds(6);
      context.note(`round ${turn + 1}: two workers`);
      two.push(await seconds(trials));
      await stopWorker();
    }
    const [alone, both] = [median(one), median(two)];
    return {
      protocol: [
        `${trials} trials of ridge with 20 folds on ${context.option('rows')} rows; worker processes that do one trial at a time, the server none.`,
        'Rounds of one and of two workers in turn, on the same database and files; from the first start to the last end of a trial; medians.',
      ],
      figures: [
        atLeast('two worker processes against one', round(alone / both, 2), 1.8, 'times'),
        { name: 'one worker', value: round(alone, 2), unit: 's' },
        { name: 'two workers', value: round(both, 2), unit: 's' },
        {
          name: 'all rounds, one; two',
          value: `${one.map((s) => round(s, 1)).join(', ')}; ${two.map((s) => round(s, 1)).join(', ')}`,
          unit: 's',
        },
      ],
      compared: [],
    };
  },
};

function csv(rows: number): string {
  const random = seededRandom(5);
  const lines = ['time,load,heat,flow,pressure,grade,power'];
  for (let row = 0; row < rows; row++) {
    const [load, heat, flow, pressure] = [100 * random(), 60 * random(), random(), 10 * random()];
    const time = new Date(Date.UTC(2026, 0, 1) + row * 60_000).toISOString();
    const power = 0.6 * load + heat + 5 * flow + random();
    lines.push([time, load, heat, flow, pressure, 'ABCDEFGH'[row % 8], power].join(','));
  }
  return lines.join('\n');
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
