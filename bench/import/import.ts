import { execFile } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { syntheticCsv } from '../../modules/cloud/src/file/synthetic-csv.ts';
import { atLeast, type Benchmark, type BenchmarkContext, below, type Figure } from '../lib/benchmark.ts';
import { processUsage } from '../lib/process-usage.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { measurePandas } from './pandas-peer.ts';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const layouts = ['wide', 'long'] as const;

interface Imported {
  readonly rows: number;
  readonly rejected: number;
  readonly readings: { readonly stored: number };
}

/** Bytes of `24mb`, `2gb` or a plain number. */
function bytesOf(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(kb|mb|gb)?$/i.exec(text);
  if (!match) throw new Error(`--size ${text}: write 24mb or 2gb`);
  const scale = { '': 1, kb: 1e3, mb: 1e6, gb: 1e9 }[(match[2] ?? '').toLowerCase()]!;
  return Number(match[1]) * scale;
}

/** Starts the kernel's count of a process's highest memory anew; the highest so far is that of its start. */
function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // No such thing here: the peak then includes the start.
  }
}

/** Reads the file in a process of its own, which does nothing else. */
async function readOnly(file: string): Promise<{ readings: number; seconds: number; peakMb: number }> {
  const { stdout } = await run(process.execPath, [here('./read-only.ts'), file]);
  return JSON.parse(stdout) as { readings: number; seconds: number; peakMb: number };
}

async function importFile(server: ServerUnderTest, folder: string, file: string, name: string) {
  forgetPeak(server.pid);
  const before = processUsage(server.pid);
  const begun = performance.now();
  const { stdout } = await run(
    process.execPath,
    [
      ...[here('../../apps/cli/src/main.ts'), 'cloud', 'import', file, '--site', 'Bench', '--source', name],
      ...['--timezone', 'Europe/Berlin', '--data', folder, '--json'],
    ],
    { maxBuffer: 2 ** 26 },
  );
  const seconds = (performance.now() - begun) / 1000;
  const after = processUsage(server.pid);
  const result = JSON.parse(stdout) as Imported;
  return { result, seconds, before, after };
}

async function measure(
  context: BenchmarkContext,
  server: ServerUnderTest,
  folder: string,
  layout: (typeof layouts)[number],
) {
  const bytes = bytesOf(context.option('size'));
  const file = join(folder, `${layout}.csv`);
  context.note(`${layout}: writing ${context.option('size')}`);
  await pipeline(Readable.from(syntheticCsv(bytes, { layout, columns: 10 })), createWriteStream(file));
  context.note(`${layout}: reading it alone`);
  const alone = await readOnly(file);
  const figures: Figure[] = [
    { name: `${layout}: reading alone`, value: round(alone.readings / alone.seconds), unit: 'readings/s' },
    { name: `${layout}: readings in the file`, value: alone.readings },
    below(`${layout}: highest memory of the process that reads alone`, round(alone.peakMb), 400, 'MB'),
  ];
  if (context.option('store') === 'false') return { figures, file };
  context.note(`${layout}: importing ${alone.readings.toLocaleString('en')} readings`);
  const { result, seconds, before, after } = await importFile(server, folder, file, layout);
  const { stored } = result.readings;
  figures.push(
    atLeast(`${layout}: import`, round(stored / seconds), 100_000, 'readings/s'),
    {
      ...{ name: `${layout}: stored`, value: stored, unit: 'readings' },
      ...{ target: 'all of the file', met: stored === alone.readings && result.rejected === 0 },
    },
    { name: `${layout}: import took`, value: round(seconds, 1), unit: 's' },
  );
  if (before && after) {
    figures.push(
      {
        name: `${layout}: server CPU per reading`,
        value: round(((after.cpuSeconds - before.cpuSeconds) / stored) * 1e6, 2),
        unit: 'µs',
      },
      below(`${layout}: highest memory of the server, database included`, round(after.peakResidentMb), 400, 'MB'),
      { name: `${layout}: of which it had before`, value: round(before.residentMb), unit: 'MB' },
    );
  }
  return { figures, file };
}

export const fileImport: Benchmark = {
  name: 'import',
  summary:
    'CSV files through `millwright cloud import`: at least 100,000 readings/s, memory below 400 MB whatever the size',
  duration: 'about 2 minutes; `--size 2gb --store false` about 3',
  options: [
    { name: 'size', default: '80mb', summary: 'of each file' },
    {
      name: 'store',
      default: 'true',
      summary: 'false reads the files and imports nothing: quick also with --size 2gb',
    },
    { name: 'layouts', default: 'wide,long', summary: 'wide: time and 10 columns; long: time, point, value' },
    { name: 'python', default: 'python3', summary: 'a Python that has pandas, to compare with' },
  ],
  async run(context) {
    const folder = temporaryFolder(context);
    const server = await ServerUnderTest.start({ folder });
    context.onEnd(() => server.kill());
    const figures: Figure[] = [];
    const compared: string[] = [];
    for (const layout of layouts.filter((one) => context.option('layouts').split(',').includes(one))) {
      const measured = await measure(context, server, folder, layout);
      figures.push(...measured.figures);
      context.note(`${layout}: pandas`);
      const peer = await measurePandas(context.option('python'), measured.file, layout);
      if (peer)
        figures.push({
          name: `${layout}: pandas reading alone`,
          value: round(peer.readingsPerSecond),
          unit: 'readings/s',
        });
      compared.push(
        peer
          ? `pandas ${peer.version}, read_csv with parsed times${layout === 'wide' ? ', melted to one row a reading' : ''}: compare with "reading alone"; highest memory ${round(peer.peakMb)} MB.`
          : 'pandas: peer absent (bench/import/peer/requirements.txt).',
      );
    }
    await server.stop();
    return {
      protocol: [
        'A CSV of one row a second (wide: time and 10 numbers a row; long: a row for each of 10 points) is written to disk first.',
        'A running apps/server with embedded defaults; `millwright cloud import FILE` in a process of its own uploads the file, whose columns are guessed,',
        'and waits for the job: upload, reading, checks, storing, rollups, delivery ledger and evidence are all inside the time.',
        '"Reading alone" is modules/cloud/src/file in a process of its own: guess the mapping, then read every value, storing nothing.',
      ],
      figures,
      compared: [...new Set(compared)],
    };
  },
};
