import { seededRandom } from '@millwright/imaging';
import { Watch } from '@millwright/orion';
import { learnerKind } from '@millwright/orion/analyse';
import { atLeast, type Benchmark } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };

export const online: Benchmark = {
  name: 'orion/online',
  summary:
    'detection as readings come in: one series (50,000 readings/s on one core), many sensors of an asset (20,000 points/s)',
  duration: '20 seconds',
  options: [
    { name: 'readings', default: '1000000', summary: 'readings of the one series' },
    { name: 'sensors', default: '30', summary: 'sensors of the asset' },
  ],
  async run(context) {
    const random = seededRandom(1);
    const readings = context.number('readings');
    const series = await learnerKind('anomalies', 'surprise');
    const empty = { names: ['value'], rows: 0, values: new Float64Array(0), time: new Float64Array(0) };
    const scorer = (await series.fit(empty, {}, 1, work)).start();
    const [row, blame] = [new Float64Array(1), new Float64Array(1)];
    const heapBefore = JSON.stringify(scorer.state(), asArrays).length;
    let begun = performance.now();
    for (let at = 0; at < readings; at++) {
      row[0] = 50 + 20 * Math.sin((at / 288) * 2 * Math.PI) + random();
      scorer.push(at * 300_000, row, blame);
    }
    const single = readings / ((performance.now() - begun) / 1000);
    const heapAfter = JSON.stringify(scorer.state(), asArrays).length;

    const sensors = context.number('sensors');
    const rows = 2000;
    const values = Float64Array.from({ length: rows * sensors }, () => random());
    const time = Float64Array.from({ length: rows }, (_, at) => at * 1000);
    const names = Array.from({ length: sensors }, (_, at) => `sensor ${at}`);
    const mewma = await learnerKind('anomalies', 'mewma');
    const detector = await mewma.fit({ names, rows, values, time }, {}, 1, work);
    const watch = new Watch(detector, {
      ...{ stepMs: 1000, holdMs: 10_000 },
      rule: { threshold: 5.4, release: 4.9, mergeMs: 10_000 },
    });
    const points = 2_000_000;
    begun = performance.now();
    for (let at = 0; at < points; at++)
      watch.push(at % sensors, (rows + Math.floor(at / sensors)) * 1000, values[at % values.length]!);
    const many = points / ((performance.now() - begun) / 1000);
    return {
      protocol: [
        `${readings} readings pushed one by one into a scorer of one series (surprise), and ${points} points of ${sensors} sensors one by one into the watch of an asset (mewma: rows joined, scored, alarms told); one thread.`,
      ],
      figures: [
        atLeast('readings of one series', Math.round(single), 50_000, '1/s'),
        atLeast('points of an asset', Math.round(many), 20_000, '1/s'),
        {
          name: 'state of one series at the end, as a share of that at the beginning',
          value: round(heapAfter / heapBefore, 2),
        },
      ],
      compared: [],
    };
  },
};

/** Arrays by their length alone: what the state takes in memory does not depend on its digits. */
const asArrays = (_: string, value: unknown) => (value instanceof Float64Array ? 'x'.repeat(value.byteLength) : value);
