import { setTimeout as delay } from 'node:timers/promises';
import { type Benchmark, below, type Figure } from '../lib/benchmark.ts';
import { processUsage } from '../lib/process-usage.ts';
import { ServerUnderTest } from '../lib/server-under-test.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';

export const idle: Benchmark = {
  name: 'idle',
  summary: 'resident memory of an idle server < 350 MB, and how long it takes to start: < 4 s on a folder used before',
  duration: 'about 3 minutes',
  options: [
    { name: 'seconds', default: '30', summary: 'wait after the start before memory is read' },
    { name: 'sample', default: 'true', summary: 'false leaves the sample plant out' },
  ],
  async run(context) {
    const seconds = context.number('seconds');
    const measure = async (folder: string, name: string, sample: boolean): Promise<Figure[]> => {
      context.note(name);
      const server = await ServerUnderTest.start({ folder, sample });
      context.onEnd(() => server.kill());
      await delay(seconds * 1000);
      const before = processUsage(server.pid);
      await delay(5_000);
      const after = processUsage(server.pid);
      await server.stop();
      const cores = before && after ? round((after.cpuSeconds - before.cpuSeconds) / 5, 3) : undefined;
      const startName = `${name}: start to the first answered request`;
      const startMs = round(server.startMs);
      return [
        name.includes('second')
          ? below(startName, startMs, 4000, 'ms')
          : { name: startName, value: startMs, unit: 'ms' },
        ...(after
          ? [
              sample
                ? { name: `${name}: resident after ${seconds} s`, value: round(after.residentMb), unit: 'MB' }
                : below(`${name}: resident after ${seconds} s`, round(after.residentMb), 350, 'MB'),
              { name: `${name}: highest so far`, value: round(after.peakResidentMb), unit: 'MB' },
            ]
          : []),
        ...(cores === undefined ? [] : [{ name: `${name}: CPU while idle`, value: cores, unit: 'cores' }]),
      ];
    };
    const empty = temporaryFolder(context);
    const figures = [
      ...(await measure(empty, 'empty, first start', false)),
      ...(await measure(empty, 'empty, second start', false)),
    ];
    if (context.option('sample') === 'true') {
      const sample = temporaryFolder(context);
      figures.push(...(await measure(sample, 'sample plant, first start', true)));
      figures.push(...(await measure(sample, 'sample plant, second start', true)));
    }
    return {
      protocol: [
        'apps/server in a process of its own with embedded defaults; VmRSS and VmHWM of /proc, all threads: server, database, broker.',
        'The first start makes the database cluster; start time is from the start of the process to the answer of /api/health.',
        'With the sample plant, its OPC UA, Modbus and Sparkplug servers run in a process of their own, which is not counted.',
      ],
      figures,
      compared: [
        'ThingsBoard recommends 4 to 16 GB of memory for its smallest deployment, one server with PostgreSQL (thingsboard.io, deployment scenarios A).',
      ],
    };
  },
};
