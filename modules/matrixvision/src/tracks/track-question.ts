import type { Point } from '../geometry/point.ts';
import { kindOf } from '../rules/registry.ts';
import type { RuleEvent } from '../rules/rule.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import { whoCrossed } from './analysis/crossings.ts';
import { dwellTimes } from './analysis/dwell-times.ts';
import { trackHeatMap } from './analysis/heat-map.ts';
import { trackPaths } from './analysis/paths.ts';
import { type RecountedRule, type RecountSpan, type RuleFigures, recount } from './replay.ts';
import { decodeTracks } from './track-decoder.ts';

interface Span {
  /** Milliseconds since 1970; `to` is left out. */
  readonly from: number;
  readonly to: number;
  readonly classes?: readonly string[];
}

/** What can be asked of stored tracks. Plain data, since it goes to another thread. */
export type TrackQuestion =
  | (Span & { readonly what: 'heat-map'; readonly columns: number; readonly rows: number })
  | (Span & { readonly what: 'paths' })
  | (Span & { readonly what: 'dwell'; readonly zone: readonly Point[] })
  | (Span & { readonly what: 'crossed'; readonly line: readonly (readonly [number, number])[] })
  | (RecountSpan & { readonly what: 'recount'; readonly old: RulesFile; readonly now: RulesFile });

/** Stored tracks of one run of the tracker, in order of time. */
export interface StoredRun {
  readonly runId: string;
  readonly chunks: readonly Uint8Array[];
}

export interface StayOfTrack {
  readonly runId: string;
  readonly track: number;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
}

export interface PathOfTrack {
  readonly runId: string;
  readonly track: number;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface TrackAnswers {
  readonly 'heat-map': { readonly columns: number; readonly rows: number; readonly seconds: readonly number[] };
  readonly paths: readonly PathOfTrack[];
  readonly dwell: readonly StayOfTrack[];
  readonly crossed: readonly (RuleEvent & { readonly runId: string })[];
  readonly recount: readonly RecountedRule[];
}
export type TrackAnswer<Question extends TrackQuestion> = TrackAnswers[Question['what']];

const wholePicture = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];

function* observations({ chunks }: StoredRun) {
  for (const chunk of chunks) yield* decodeTracks(chunk);
}

const round = (value: number) => Math.round(value * 10_000) / 10_000;

/** Answers from stored tracks, run by run: numbers of tracks mean the same thing only within a run. */
export function answerFromTracks(
  question: TrackQuestion,
  runs: readonly StoredRun[],
): TrackAnswers[keyof TrackAnswers] {
  switch (question.what) {
    case 'heat-map': {
      const { columns, rows } = question;
      const seconds = new Array<number>(columns * rows).fill(0);
      for (const run of runs)
        trackHeatMap(observations(run), question).seconds.forEach((value, cell) => {
          seconds[cell] = seconds[cell]! + value;
        });
      return { columns, rows, seconds: seconds.map((value) => Math.round(value * 100) / 100) };
    }
    case 'paths':
      return runs.flatMap((run) =>
        trackPaths(observations(run), question).map(({ track, label, points }) => ({
          ...{ runId: run.runId, track, label, from: points[0]!.time, to: points.at(-1)!.time },
          points: points.map(({ x, y }) => [round(x), round(y)] as const),
        })),
      );
    case 'dwell': {
      const zone = question.zone.length > 0 ? question.zone : wholePicture;
      return runs.flatMap((run) =>
        dwellTimes(observations(run), { ...question, zone }).map((stay) => ({ ...stay, runId: run.runId })),
      );
    }
    case 'crossed':
      return runs.flatMap((run) =>
        whoCrossed(observations(run), question).map((one) => ({ ...one, runId: run.runId })),
      );
    case 'recount':
      return added(runs.map((run) => recount(observations(run), question.old, question.now, question).rules));
  }
}

/** Figures of several runs, one after the other, rule by rule. */
function added(runs: readonly (readonly RecountedRule[])[]): RecountedRule[] {
  const sums = new Map<string, RecountedRule>();
  for (const rule of runs.flat()) {
    const before = sums.get(rule.rule);
    const join = (a: RuleFigures | null, b: RuleFigures | null) => (a && b ? joined(rule.kind, a, b) : (a ?? b));
    sums.set(rule.rule, before ? { ...rule, old: join(before.old, rule.old), new: join(before.new, rule.new) } : rule);
  }
  return [...sums.values()];
}

function joined(kind: string, a: RuleFigures, b: RuleFigures): RuleFigures {
  const names = new Set([...Object.keys(a.counts), ...Object.keys(b.counts)]);
  const sums = () =>
    Object.fromEntries([...names].map((name) => [name, (a.counts[name] ?? 0) + (b.counts[name] ?? 0)]));
  return {
    counts: kindOf(kind)?.joinCounts?.(a.counts, b.counts) ?? sums(),
    ...{ events: a.events + b.events, unconfirmed: a.unconfirmed + b.unconfirmed },
    ...(a.unjudged && b.unjudged && { unjudged: true as const }),
  };
}
