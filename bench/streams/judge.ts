import { atLeast, below, type Figure } from '../lib/benchmark.ts';
import type { AddedCamera } from '../lib/camera-server.ts';
import { mean } from '../lib/mean-interval.ts';
import { slope } from '../lib/slope.ts';
import { quantile, round } from '../lib/statistics.ts';
import type { Sample } from './samples.ts';

/** The analysis takes ten pictures a second of each stream; fewer are some that it had no time for. */
const analysedPerSecond = 10;
const mostLagMs = 500;
const mostLagRiseMs = 50;
/** What rules, tracks and the database's cache may take in addition over the whole run, in percent. */
const mostMemoryRise = 5;
/** Until buffers, pools and caches have the size that they keep; a shorter run says nothing of memory. */
export const warmUpSeconds = 120;

type State = AddedCamera['state'];
const values = (samples: readonly Sample[], of: (state: State) => number | null, camera?: string): number[] =>
  samples.flatMap(({ cameras }) =>
    cameras.flatMap(({ id, state }) => (camera === undefined || camera === id ? (of(state) ?? []) : [])),
  );

const memoryMb = ({ server, decoders }: Sample): number =>
  server.residentMb + (decoders.proportionalMb ?? decoders.residentMb);

/** Cores that were busy from one look to another. */
export const cores = (from: Sample, to: Sample, of: 'server' | 'decoders' | 'load'): number =>
  (to[of].cpuSeconds - from[of].cpuSeconds) / (to.seconds - from.seconds);

/** One line for a person, of the time since the look before. */
export function lineOf(sample: Sample, before: Sample): string {
  const streaming = sample.cameras.filter(({ state }) => state.state === 'streaming').length;
  const all = (of: (state: State) => number | null) => values([sample], of);
  const dropped = (one: Sample) => values([one], ({ droppedLate }) => droppedLate).reduce((sum, n) => sum + n, 0);
  const analysed = all(({ framesPerSecond }) => framesPerSecond);
  return [
    `${round(sample.seconds)} s`,
    `${streaming} streaming`,
    `decoded ${round(mean(all(({ decodedPerSecond }) => decodedPerSecond)), 1)}/s`,
    `analysed ${round(mean(analysed), 1)}/s (least ${round(Math.min(...analysed), 1)})`,
    `dropped late ${dropped(sample) - dropped(before)}`,
    `looks ${round(mean(all(({ detectionsPerMovingSecond }) => detectionsPerMovingSecond)), 1)}/s in motion`,
    `lag ${round(mean(all(({ latencyMs }) => latencyMs)))} ms, p95 ${round(mean(all(({ latencyP95Ms }) => latencyP95Ms)))} (worst ${round(Math.max(...all(({ latencyP95Ms }) => latencyP95Ms)))})`,
    `server ${round(cores(before, sample, 'server'), 2)} cores ${round(sample.server.residentMb)} MB`,
    `decoders ${round(cores(before, sample, 'decoders'), 2)} cores ${round(sample.decoders.proportionalMb ?? sample.decoders.residentMb)} MB`,
    `RTSP server ${round(cores(before, sample, 'load'), 2)} cores`,
  ].join(', ');
}

/** Each stream over the whole run, in a line. */
export function streamLines(samples: readonly Sample[]): string[] {
  return samples.at(-1)!.cameras.map(({ id, name, state }) => {
    const meanOf = (of: (state: State) => number | null) => round(mean(values(samples, of, id)), 1);
    return [
      name.padEnd(40),
      `decoded ${meanOf(({ decodedPerSecond }) => decodedPerSecond)}/s`,
      `analysed ${meanOf(({ framesPerSecond }) => framesPerSecond)}/s`,
      `dropped late ${state.droppedLate}`,
      `looked at ${meanOf(({ detectionsPerSecond }) => detectionsPerSecond)}/s`,
      `in motion ${meanOf(({ detectionsPerMovingSecond }) => detectionsPerMovingSecond)}/s`,
      `moving ${round(100 * mean(values(samples, ({ movingShare }) => movingShare, id)))} %`,
      `lag ${round(mean(values(samples, ({ latencyMs }) => latencyMs, id)))} ms, p95 ${round(mean(values(samples, ({ latencyP95Ms }) => latencyP95Ms, id)))}`,
    ].join(', ');
  });
}

/** Figures and verdicts of a run; the first sample is its beginning. */
export function judge(samples: readonly Sample[], streams: number, watts: number | undefined): Figure[] {
  const [first, last] = [samples[0]!, samples.at(-1)!];
  const measured = samples.slice(1);
  const minutes = (last.seconds - first.seconds) / 60;
  const ids = last.cameras.map(({ id }) => id);
  const perStream = (of: (state: State) => number | null) =>
    ids.map((id) => mean(values(measured, of, id))).filter((value) => !Number.isNaN(value));
  const droppedOf = (sample: Sample) => values([sample], ({ droppedLate }) => droppedLate);
  const dropped = mean(droppedOf(last)) - mean(droppedOf(first));
  const analysed = perStream(({ framesPerSecond }) => framesPerSecond);
  const looks = perStream(({ detectionsPerMovingSecond }) => detectionsPerMovingSecond);
  const lagRise = slope(
    measured.map((sample) => [sample.seconds / 60, mean(values([sample], ({ latencyMs }) => latencyMs))]),
  );
  const [server, decoders] = [cores(first, last, 'server'), cores(first, last, 'decoders')];
  const always = measured.every(({ cameras }) => cameras.every(({ state }) => state.state === 'streaming'));
  return [
    { name: 'streams', value: streams },
    { name: 'streaming at every look', value: always ? 'all' : 'not all', target: 'all', met: always },
    {
      name: 'decoded, mean of all',
      value: round(mean(perStream(({ decodedPerSecond }) => decodedPerSecond)), 1),
      unit: 'frames/s',
    },
    atLeast(
      'analysed, the stream with the fewest',
      round(Math.min(...analysed), 2),
      0.95 * analysedPerSecond,
      'frames/s',
    ),
    below(
      'dropped since the analysis was busy',
      round((100 * dropped) / (60 * minutes * analysedPerSecond), 2),
      1,
      '%',
    ),
    { name: 'detections a second while something moves, mean', value: round(mean(looks), 2), unit: '/s' },
    {
      name: 'the same, the busiest stream',
      value: round(Math.max(...looks), 2),
      unit: '/s',
      target: '<= 5',
      met: Math.max(...looks) <= 5.2,
    },
    {
      name: 'something moves, share of the frames',
      value: round(100 * mean(perStream(({ movingShare }) => movingShare))),
      unit: '%',
    },
    {
      name: 'detections, all streams',
      value: round(ids.length * mean(perStream(({ detectionsPerSecond }) => detectionsPerSecond)), 1),
      unit: '/s',
    },
    {
      name: 'lag from capture to result, median',
      value: round(mean(perStream(({ latencyMs }) => latencyMs))),
      unit: 'ms',
    },
    below(
      'lag, 95th percentile, the worst stream',
      round(Math.max(...perStream(({ latencyP95Ms }) => latencyP95Ms))),
      mostLagMs,
      'ms',
    ),
    below('rise of the lag over the run', round(lagRise * minutes, 1), mostLagRiseMs, 'ms'),
    ...memoryFigures(measured, minutes),
    { name: 'server, processor', value: round(server, 2), unit: 'cores' },
    { name: 'decoders, processor', value: round(decoders, 2), unit: 'cores' },
    { name: 'RTSP server (the load), processor', value: round(cores(first, last, 'load'), 2), unit: 'cores' },
    { name: 'streams per busy core', value: round(streams / (server + decoders), 1) },
    {
      name: 'power of the processors',
      value: watts === undefined ? 'not readable here' : round(watts, 1),
      ...(watts !== undefined && { unit: 'W' }),
    },
  ];
}

function memoryFigures(measured: readonly Sample[], minutes: number): Figure[] {
  const last = measured.at(-1)!;
  const { processes, residentMb, proportionalMb } = last.decoders;
  const warm = measured.filter(({ seconds }) => seconds >= warmUpSeconds);
  const enough = warm.length >= 12;
  const perMinute = slope(warm.map((sample) => [sample.seconds / 60, memoryMb(sample)]));
  const rise = (100 * perMinute * minutes) / memoryMb(last);
  const name = `rise of the memory over the run, after ${warmUpSeconds} s`;
  return [
    { name: 'server, resident', value: round(last.server.residentMb), unit: 'MB' },
    {
      name: 'server, resident, highest',
      value: round(
        quantile(
          measured.map(({ server }) => server.residentMb),
          1,
        ),
      ),
      unit: 'MB',
    },
    { name: `${processes} decoders, resident`, value: round(residentMb), unit: 'MB' },
    {
      name: 'decoders, shared memory counted once',
      value: proportionalMb === undefined ? 'not readable here' : round(proportionalMb),
      unit: 'MB',
    },
    enough ? below(name, round(rise, 1), mostMemoryRise, '%') : { name, value: 'the run is too short' },
  ];
}
