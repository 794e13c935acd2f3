import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRules, type Observation, parseRules, type RulesFile } from '@millwright/matrixvision';
import { analyseVideo, type VideoAnalysis } from '@millwright/matrixvision/analyse';
import type { Benchmark, BenchmarkContext, Figure } from '../lib/benchmark.ts';
import { round } from '../lib/statistics.ts';
import { temporaryFolder } from '../lib/temporary-folder.ts';
import { type HandCount, handCounts } from './hand-count.ts';

/** An event is the one that was seen by eye if it comes within so long of it. */
const nearSeconds = 0.8;
/** Lines and zones moved by so much of the picture, each way, must give the same. */
const moves = [-0.03, -0.02, 0.02, 0.03].flatMap((by) => [
  [by, 0],
  [0, by],
]) as [number, number][];

interface Counted {
  readonly in: number;
  readonly out: number;
  readonly unconfirmed: number;
  readonly entries: number;
  readonly crossedAt: readonly { readonly ms: number; readonly direction: string | undefined }[];
  readonly enteredAt: readonly number[];
  /** How many are in the zone, by observation. */
  readonly present: readonly number[];
}

function count(observations: readonly Observation[], rules: RulesFile): Counted {
  const engine = createRules(rules);
  const events = [];
  const present: number[] = [];
  for (const observation of observations) {
    events.push(...engine.observe(observation));
    present.push(engine.counts().occupancy!.now!);
  }
  events.push(...engine.finish());
  const { line, zone } = engine.counts();
  return {
    ...{ in: line!.in!, out: line!.out!, unconfirmed: line!.unconfirmedIn! + line!.unconfirmedOut! },
    entries: zone!.entries!,
    crossedAt: events
      .filter(({ rule }) => rule === 'line')
      .map(({ at, crossing }) => ({ ms: at, direction: crossing?.direction })),
    enteredAt: events.filter(({ rule }) => rule === 'zone').map(({ at }) => at),
    present,
  };
}

const by = (hand: HandCount, direction: string) => hand.crossings.filter((one) => one.direction === direction).length;
const inWords = ({ in: inwards, out, unconfirmed, entries }: Counted) =>
  `${inwards} in, ${out} out${unconfirmed > 0 ? `, ${unconfirmed} unconfirmed` : ''}; ${entries} into the zone`;
const isSame = (hand: HandCount, counted: Counted) =>
  counted.in === by(hand, 'in') &&
  counted.out === by(hand, 'out') &&
  counted.unconfirmed === 0 &&
  counted.entries === hand.entries.length;

/** How many events fall on the frames at which a person saw them, each on one of its own. */
function onTime(times: readonly number[], frames: readonly number[], msAt: (frame: number) => number): number {
  const open = [...frames];
  return times.filter((ms) => {
    const index = open.findIndex((frame) => Math.abs(msAt(frame) - ms) <= nearSeconds * 1000);
    if (index >= 0) open.splice(index, 1);
    return index >= 0;
  }).length;
}

/** Share of the moments, but for those next to a change, at which as many are in the zone as a person sees there. */
function presentShare(hand: HandCount, { present }: Counted, msAt: (frame: number) => number): number {
  let [right, all] = [0, 0];
  for (const [frame, found] of present.entries()) {
    if (hand.present.some(({ from }) => from > 0 && Math.abs(msAt(from) - msAt(frame)) <= nearSeconds * 1000)) continue;
    const wanted = hand.present.findLast(({ from }) => from <= frame)!.count;
    all++;
    if (wanted === found) right++;
  }
  return right / all;
}

function moved({ rules, ...rest }: RulesFile, [dx, dy]: readonly [number, number]): RulesFile {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const shift = (points: unknown) =>
    (points as [number, number][]).map(([x, y]) => [within(x + dx), within(y + dy)] as [number, number]);
  return {
    ...rest,
    rules: rules.map((rule) => ({
      ...rule,
      ...('line' in rule && { line: shift(rule.line) }),
      ...('zone' in rule && { zone: shift(rule.zone) }),
    })),
  };
}

function figuresOf(hand: HandCount, mode: string, { observations, looked }: VideoAnalysis, rules: RulesFile): Figure[] {
  const msAt = (frame: number) => observations[frame]!.time;
  const counted = count(observations, rules);
  const name = `${hand.video}, ${mode}`;
  const wanted = `${by(hand, 'in')} in, ${by(hand, 'out')} out; ${hand.entries.length} into the zone`;
  const timely = (['in', 'out'] as const).reduce(
    (sum, direction) => {
      const times = counted.crossedAt.filter((one) => one.direction === direction).map(({ ms }) => ms);
      const frames = hand.crossings.filter((one) => one.direction === direction).map(({ frame }) => frame);
      return sum + onTime(times, frames, msAt);
    },
    onTime(counted.enteredAt, hand.entries, msAt),
  );
  const events = hand.crossings.length + hand.entries.length;
  const kept = moves.filter((move) => isSame(hand, count(observations, moved(rules, move)))).length;
  const share = round(100 * presentShare(hand, counted, msAt), 1);
  return [
    { name, value: inWords(counted), target: wanted, met: isSame(hand, counted) },
    { name: `${name}: of them at the moment seen`, value: timely, target: `${events}`, met: timely === events },
    {
      name: `${name}: as many in the zone as seen`,
      value: share,
      unit: '% of the time',
      target: '100',
      met: share === 100,
    },
    { name: `${name}: moved by 2 and 3 % up, down, left, right: the same in`, value: `${kept} of ${moves.length}` },
    { name: `${name}: frames looked at`, value: `${looked} of ${observations.length}` },
  ];
}

async function analyse(
  context: BenchmarkContext,
  hand: HandCount,
  every: 1 | 'auto',
  rules: RulesFile,
  models: string,
) {
  context.note(`${hand.video}, ${every === 1 ? 'a detection on every frame' : 'where it is worth it'}`);
  const analysis = await analyseVideo({
    ...{ parts: [{ path: join(context.option('data'), 'video', hand.video), startTime: 0 }], model: 'nanodet' },
    ...{ models, every, rules },
    ...{ threads: context.number('threads'), signal: new AbortController().signal, progress: () => undefined },
  });
  if (analysis.frames !== hand.frames)
    throw new Error(`${hand.video} has ${analysis.frames} frames; counted by hand were ${hand.frames}`);
  return analysis;
}

export const counts: Benchmark = {
  name: 'counts',
  summary: 'lines and zones on two videos against a hand count (target: the same)',
  duration: '3 minutes',
  options: [
    {
      name: 'data',
      default: '',
      summary: 'folder with video/bottle-detection.mp4 and video/one-by-one-person-detection.mp4',
    },
    { name: 'threads', default: '2', summary: 'networks at work at once' },
  ],
  async run(context) {
    const models = temporaryFolder(context);
    const figures: Figure[] = [];
    for (const hand of handCounts) {
      const file = new URL(hand.rules, import.meta.url);
      const rules = parseRules(JSON.parse(readFileSync(file, 'utf8')));
      for (const every of [1, 'auto'] as const)
        figures.push(
          ...figuresOf(
            hand,
            every === 1 ? 'every frame' : 'auto',
            await analyse(context, hand, every, rules, models),
            rules,
          ),
        );
    }
    return {
      protocol: [
        'Each video is analysed as `millwright matrixvision analyse` does it, with the rules beside this benchmark; no label is asked for.',
        `Counted by hand frame by frame (bench/counts/hand-count.md); an event is the one seen by eye within ${nearSeconds} s of it.`,
        'Unconfirmed crossings count as wrong. The moved lines and zones are counted on the same tracks.',
      ],
      figures,
      compared: [],
    };
  },
};
