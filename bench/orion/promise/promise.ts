import { seededRandom } from '@millwright/imaging';
import { alarmEvents, keepPromise, rowsOf, type SensorData, scoreRows } from '@millwright/orion';
import { heldOutRunning, learnerKind } from '@millwright/orion/analyse';
import { type Benchmark, below, type Figure } from '../../lib/benchmark.ts';
import { round } from '../../lib/statistics.ts';

const stepMs = 300_000;
const weekRows = (7 * 86_400_000) / stepMs;
/** Weeks after those that the threshold was set from, in which false alarms are counted. */
const weeks = 8;
const work = { signal: new AbortController().signal, progress: () => undefined };

/** Normal running: the day, a load that all sensors share and that wanders for hours, and noise with a memory of minutes. */
function drawn(seed: number, rows: number, width: number): SensorData {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const values = new Float64Array(rows * width);
  const noise = new Float64Array(width);
  let load = 0;
  for (let row = 0; row < rows; row++) {
    load = 0.98 * load + 0.2 * normal();
    const day = 10 * Math.sin((2 * Math.PI * row) / 288);
    for (let sensor = 0; sensor < width; sensor++) {
      noise[sensor] = 0.5 * noise[sensor]! + normal();
      values[row * width + sensor] = 50 + day * (sensor % 2 === 0 ? 0.6 : 1) + (sensor + 1) * load + noise[sensor]!;
    }
  }
  return {
    names: Array.from({ length: width }, (_, sensor) => `sensor ${sensor}`),
    ...{ rows, values, time: Float64Array.from({ length: rows }, (_, row) => Date.UTC(2024, 0, 1) + row * stepMs) },
  };
}

export const promise: Benchmark = {
  name: 'orion/promise',
  summary: 'whether a promise of false alarms a week is kept, on drawn plants without any fault (at most 1.25 times)',
  duration: '1 minute',
  options: [{ name: 'plants', default: '30', summary: 'plants for each figure' }],
  async run(context) {
    const plants = context.number('plants');
    const figures: Figure[] = [];
    for (const [method, width] of [
      ['surprise', 1],
      ['mewma', 6],
      ['pca', 6],
    ] as const) {
      const kind = await learnerKind('anomalies', method);
      for (const [learnt, perWeek] of [
        [4, 1],
        [4, 5],
        [12, 1],
      ] as const) {
        let [alarms, covered] = [0, 0];
        for (let plant = 1; plant <= plants; plant++) {
          const train = learnt * weekRows;
          const data = drawn(plant, train + weeks * weekRows, width);
          const normal = rowsOf(data, 0, train);
          const running = await heldOutRunning(kind, {}, normal, 1, 10 * stepMs, work);
          const kept = keepPromise(running, { perWeek });
          const detector = await kind.fit(kind.single ? rowsOf(data, 0, 0) : normal, {}, 1, work);
          const { scores, blame } = scoreRows(detector.start(), data);
          const rule = { threshold: kept.threshold, release: kept.release, mergeMs: 10 * stepMs };
          const events = alarmEvents(
            rule,
            data.time.subarray(train),
            scores.subarray(train),
            blame.subarray(train * width),
          ).length;
          alarms += events;
          if (events / weeks >= kept.low && events / weeks <= kept.high) covered++;
        }
        const name = `${method}, ${learnt} weeks learnt from, promise ${perWeek} a week`;
        figures.push(below(name, round(alarms / plants / weeks, 2), 1.25 * perWeek, '1/week'), {
          name: `  of these plants within the interval that was stated`,
          value: `${covered} of ${plants}`,
        });
        context.note(name);
      }
    }
    return {
      protocol: [
        `${plants} drawn plants for each line, a reading each 5 minutes; threshold set by \`--promise\` from the first weeks, false alarms counted as alarms in the ${weeks} weeks after them. Figures are means over the plants.`,
        'The interval stated is of the rate that was seen in the weeks learnt from; the weeks after have a chance of their own, so that it holds fewer of them than 95 %.',
      ],
      figures,
      compared: [],
    };
  },
};
