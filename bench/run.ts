/** `npm run bench -- NAME [FOLDER] [--option value] [--json FILE]`; without a name it lists the benchmarks. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Benchmark, BenchmarkContext } from './lib/benchmark.ts';
import { load, machine } from './lib/machine.ts';
import { printHead, printReport, type RunRecord } from './lib/print-report.ts';
import { round } from './lib/statistics.ts';

const loaders: Record<string, () => Promise<Benchmark>> = {
  ingest: async () => (await import('./ingest/ingest.ts')).ingest,
  import: async () => (await import('./import/import.ts')).fileImport,
  query: async () => (await import('./query/query.ts')).query,
  report: async () => (await import('./report/report.ts')).report,
  idle: async () => (await import('./idle/idle.ts')).idle,
  backup: async () => (await import('./backup/backup.ts')).backup,
  sample: async () => (await import('./sample/sample.ts')).sample,
  mot: async () => (await import('./mot/mot.ts')).mot,
  video: async () => (await import('./video/video.ts')).video,
  detectors: async () => (await import('./detectors/detectors.ts')).detectors,
  'hard-hat': async () => (await import('./hard-hat/hard-hat.ts')).hardHat,
  measuring: async () => (await import('./measuring/measuring.ts')).measuring,
  counts: async () => (await import('./counts/counts.ts')).counts,
  anomaly: async () => (await import('./anomaly/anomaly.ts')).anomaly,
  media: async () => (await import('./media/media.ts')).media,
  streams: async () => (await import('./streams/streams.ts')).streams,
  latency: async () => (await import('./latency/latency.ts')).latency,
  codes: async () => (await import('./codes/codes.ts')).codes,
  reading: async () => (await import('./reading/reading.ts')).reading,
  template: async () => (await import('./template/template.ts')).template,
  'console-size': async () => (await import('./console-size/console-size.ts')).consoleSize,
  classify: async () => (await import('./classify/classify.ts')).classify,
  'energy-baseline': async () => (await import('./energy-baseline/energy-baseline.ts')).energyBaseline,
  'orion/nab': async () => (await import('./orion/nab/nab.ts')).nab,
  'orion/skab': async () => (await import('./orion/skab/skab.ts')).skab,
  'orion/promise': async () => (await import('./orion/promise/promise.ts')).promise,
  'orion/online': async () => (await import('./orion/online/online.ts')).online,
  'orion/simulator': async () => (await import('./orion/simulator/simulator.ts')).simulator,
  'orion/ai4i': async () => (await import('./orion/ai4i/ai4i.ts')).ai4i,
  'orion/trees': async () => (await import('./orion/trees/trees.ts')).trees,
  'orion/cmapss': async () => (await import('./orion/cmapss/cmapss.ts')).cmapss,
  'orion/steel': async () => (await import('./orion/steel/steel.ts')).steel,
  'orion/series': async () => (await import('./orion/series/series.ts')).series,
  'orion/ett': async () => (await import('./orion/ett/ett.ts')).ett,
  'orion/distributed': async () => (await import('./orion/distributed/distributed.ts')).distributed,
  'orion/queue-simulation': async () => (await import('./orion/queue-simulation/queue-simulation.ts')).queueSimulation,
  defects: async () => (await import('./defects/defects.ts')).defects,
};

const say = (text: string) => process.stdout.write(`${text}\n`);

async function list(): Promise<void> {
  say('npm run bench -- NAME [--option value] [--json FILE]\n');
  for (const load of Object.values(loaders)) {
    const { name, summary, duration, options } = await load();
    say(`${name}\n    ${summary}\n    takes ${duration}`);
    for (const option of options)
      say(`    --${option.name} (${option.default === '' ? 'none' : option.default})  ${option.summary}`);
    say('');
  }
}

async function run(benchmark: Benchmark, argv: string[]): Promise<boolean> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: benchmark.positional !== undefined,
    options: {
      json: { type: 'string', default: '' },
      ...Object.fromEntries(
        benchmark.options.map((option) => [option.name, { type: 'string' as const, default: option.default }]),
      ),
    },
  });
  const options = values as Record<string, string>;
  if (benchmark.positional && positionals[0] !== undefined) options[benchmark.positional] = positionals[0];
  const cleanups: (() => Promise<void> | void)[] = [];
  const context: BenchmarkContext = {
    option: (name) => options[name]!,
    number(name) {
      const value = Number(options[name]);
      if (Number.isNaN(value)) throw new Error(`--${name}: ${options[name]} is no number`);
      return value;
    },
    note: (text) => process.stderr.write(`  … ${text}\n`),
    onEnd: (cleanup) => cleanups.push(cleanup),
  };
  let cleaning: Promise<void> | undefined;
  const cleanUp = () => {
    cleaning ??= (async () => {
      for (const cleanup of cleanups.reverse()) await cleanup();
    })();
    return cleaning;
  };
  process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)));
  const facts = machine();
  const loadBefore = load();
  const begun = performance.now();
  say(printHead(benchmark, facts, loadBefore));
  try {
    const report = await benchmark.run(context);
    const { json: _, ...rest } = options;
    const record: RunRecord = {
      ...{ benchmark: benchmark.name, at: new Date().toISOString(), machine: facts, options: rest },
      ...{ loadBefore, loadAfter: load(), seconds: round((performance.now() - begun) / 1000) },
      ...report,
    };
    say(printReport(record));
    say(JSON.stringify(record));
    if (options.json) writeFileSync(options.json, `${JSON.stringify(record, null, 2)}\n`);
    return record.figures.every(({ met }) => met !== false);
  } finally {
    await cleanUp();
  }
}

const [name, ...argv] = process.argv.slice(2);
const loader = name === undefined ? undefined : loaders[name];
if (name === undefined || name === 'list' || name === '--help') await list();
else if (!loader) {
  process.stderr.write(`There is no benchmark ${name}; known are ${Object.keys(loaders).join(', ')}.\n`);
  process.exitCode = 2;
} else process.exitCode = (await run(await loader(), argv)) ? 0 : 1;
