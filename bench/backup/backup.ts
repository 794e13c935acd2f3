import { createWriteStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiSampler } from '../ingest/api-sampler.ts';
import { type Benchmark, below } from '../lib/benchmark.ts';
import { processUsage } from '../lib/process-usage.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';
import { quantile, round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { fill, filledPlant, plantFolder } from '../query/filled-plant.ts';

interface Job {
  id: string;
  state: string;
  result: { rows: number };
}

export const backup: Benchmark = {
  name: 'backup',
  summary: 'how long a backup of a running server takes, and how long pages wait meanwhile: p95 < 100 ms',
  duration: 'about 2 minutes, and as much again the first time',
  options: [{ name: 'readings', default: '2000000', summary: 'readings stored before; kept for the next run' }],
  async run(context) {
    const folder = plantFolder(context.number('readings'));
    if (!existsSync(filledPlant(folder))) await fill(folder, context.number('readings'), context);
    const server = await ServerUnderTest.start({ folder });
    context.onEnd(() => server.kill());
    context.note('pages without a backup, 10 s');
    const quiet = await ApiSampler.start(server);
    await delay(10_000);
    await quiet.stop();
    context.note('backup');
    const busy = await ApiSampler.start(server);
    const begun = performance.now();
    const seconds = () => round((performance.now() - begun) / 1000, 1);
    let job = await server.call<Job>('POST', '/api/system/backups');
    while (job.state === 'queued' || job.state === 'running') {
      await delay(100);
      job = await server.call<Job>('GET', `/api/jobs/${job.id}`);
    }
    if (job.state !== 'done') throw new Error(`the backup ended as ${job.state}`);
    const prepared = seconds();
    const file = join(temporaryFolder(context), 'backup.tar');
    const { body } = await server.open(`/api/system/backups/${job.id}`);
    await pipeline(Readable.fromWeb(body as never), createWriteStream(file));
    const fetched = seconds();
    await busy.stop();
    const usage = processUsage(server.pid);
    await server.stop();
    return {
      protocol: [
        'apps/server in a process of its own with embedded defaults; the folder is filled once and kept.',
        'Meanwhile a page is asked for every 200 ms, due at its time however long the one before took: tree, 1,000 latest values, a trend, health.',
      ],
      figures: [
        { name: 'rows of the backup', value: job.result.rows },
        { name: 'size', value: round(statSync(file).size / 1e6), unit: 'MB' },
        { name: 'snapshot written aside', value: prepared, unit: 's' },
        { name: 'fetched as well', value: fetched, unit: 's' },
        { name: 'pages without a backup: p95', value: round(quantile(quiet.all, 0.95), 1), unit: 'ms' },
        below('pages during the backup: p95', round(quantile(busy.all, 0.95), 1), 100, 'ms'),
        { name: 'pages during the backup: slowest', value: round(Math.max(...busy.all)), unit: 'ms' },
        { name: 'health during the backup: slowest', value: round(Math.max(...busy.latencies.health!)), unit: 'ms' },
        ...(usage ? [{ name: 'highest resident memory', value: round(usage.peakResidentMb), unit: 'MB' }] : []),
      ],
      compared: [],
    };
  },
};
