import { poissonInterval } from '../../numerics/poisson.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import { type AlarmRule, alarmEvents } from '../alarm-events.ts';

export const weekMs = 7 * 86_400_000;

/** At most so many false alarms a week, counted as alarms and not as scores. */
export interface AlarmPromise {
  readonly perWeek: number;
}

/** What normal running, held out of training, says of false alarms. It is small, so that it can be kept and added to. */
export interface NormalRunning {
  /** For how long normal running was scored. */
  readonly weeks: number;
  /** Highest scores of its separate rises, largest first: each is a false alarm at every threshold below it. */
  readonly peaks: readonly number[];
}

/** A threshold with what it promises. */
export interface KeptPromise {
  readonly perWeek: number;
  readonly threshold: number;
  readonly release: number;
  /** False alarms a week that are to be expected, and the exact 95 % interval of what was seen (Garwood 1936). */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** Weeks and false alarms that this rests on. */
  readonly weeks: number;
  readonly seen: number;
  /** `counted` where enough was seen; else `tail`: continued by a generalised Pareto distribution (Pickands 1975; Davison and Smith 1990). */
  readonly how: 'counted' | 'tail';
  /** Further weeks after which the upper end would be within one and a half times the promise, if it is kept. */
  readonly moreWeeks: number;
}

const mostPeaks = 2000;
/** So many false alarms must be seen at a threshold to be counted on. */
const enoughSeen = 4;

/** Weeks that a recording covers; a pause longer than ten steps is none of it. */
export function weeksOf(time: Float64Array): number {
  if (time.length < 2) return 0;
  const steps = new Float64Array(time.length - 1);
  for (let row = 1; row < time.length; row++) steps[row - 1] = time[row]! - time[row - 1]!;
  const usual = quantileSorted(steps.slice().sort(), 0.5);
  let sum = 0;
  for (const step of steps) if (step > 0 && (usual === 0 || step <= 10 * usual)) sum += step;
  return (sum + usual) / weekMs;
}

/** Takes the separate rises of the scores of normal running; what lies between two for less than `mergeMs` is one. */
export function normalRunning(time: Float64Array, scores: Float64Array, mergeMs: number): NormalRunning {
  const base = quantileSorted(scores.slice().sort(), 0.9);
  const rule: AlarmRule = { threshold: Math.max(base, 1e-12), release: Math.max(base, 1e-12), mergeMs };
  const peaks = alarmEvents(rule, time, scores, new Float64Array(0)).map(({ peak }) => peak);
  return { weeks: weeksOf(time), peaks: peaks.sort((one, other) => other - one).slice(0, mostPeaks) };
}

/** Both together, as where another period was held out or feedback came in. */
export const joinRunning = (one: NormalRunning, other: NormalRunning): NormalRunning => ({
  weeks: one.weeks + other.weeks,
  peaks: [...one.peaks, ...other.peaks].sort((a, b) => b - a).slice(0, mostPeaks),
});

/**
 * The lowest threshold that keeps a promise: found by counting where so many false alarms were seen, else by the tail of those
 * that were. Without any rise it is just above what normal running reached.
 * @param release how far below the threshold an alarm ends, as a share of it
 */
export function keepPromise(running: NormalRunning, promise: AlarmPromise, release = 0.9): KeptPromise {
  const { weeks, peaks } = running;
  const allowed = promise.perWeek * weeks;
  const counted = allowed >= enoughSeen && peaks.length > allowed;
  const tail = counted ? undefined : tailOf(peaks);
  const threshold = counted ? justAbove(peaks[Math.floor(allowed)]!) : thresholdOf(tail, peaks, allowed);
  const seen = peaks.filter((peak) => peak >= threshold).length;
  const interval = poissonInterval(seen);
  const per = (count: number) => (weeks > 0 ? count / weeks : Number.MAX_VALUE);
  return {
    ...{ perWeek: promise.perWeek, threshold, release: threshold * release },
    expected: per(counted ? seen : tail ? tail.above(threshold) : seen),
    ...{ low: per(interval.low), high: per(interval.high), weeks, seen, how: counted ? 'counted' : 'tail' },
    moreWeeks: moreWeeks(promise.perWeek, weeks),
  };
}

const justAbove = (value: number): number => value + Math.max(Math.abs(value) * 1e-9, 1e-12);

interface Tail {
  /** How many rises reach a score, in the time that was seen. */
  above(score: number): number;
  /** The score that so many reach. */
  at(count: number): number;
}

/** Generalised Pareto over the upper half of the peaks, by probability weighted moments (Hosking and Wallis 1987). */
function tailOf(peaks: readonly number[]): Tail | undefined {
  const kept = Math.min(Math.max(Math.floor(peaks.length / 2), Math.min(peaks.length, 10)), 200);
  if (kept < 5) return undefined;
  const base = peaks[kept - 1]!;
  const excess = peaks.slice(0, kept).map((peak) => peak - base);
  let [first, second] = [0, 0];
  for (const [index, value] of excess.entries()) {
    first += value / kept;
    // Descending order: the share of values above is index / (kept - 1).
    second += (value * (index / (kept - 1))) / kept;
  }
  if (!(first > 0)) return undefined;
  // A heavier tail than 0.5, or one that ends, is what so few values cannot tell.
  const shape = Math.min(Math.max(2 - first / (first - 2 * second), 0), 0.5);
  const scale = first * (1 - shape);
  return {
    above: (score) =>
      score <= base
        ? peaks.filter((peak) => peak >= score).length
        : kept *
          (shape < 1e-6 ? Math.exp(-(score - base) / scale) : (1 + (shape * (score - base)) / scale) ** (-1 / shape)),
    at: (count) => base + scale * (shape < 1e-6 ? Math.log(kept / count) : ((kept / count) ** shape - 1) / shape),
  };
}

function thresholdOf(tail: Tail | undefined, peaks: readonly number[], allowed: number): number {
  const highest = peaks[0] ?? 0;
  if (!tail || !(allowed > 0)) return justAbove(highest * 1.1);
  return justAbove(
    allowed >= peaks.length ? peaks.at(-1)! : Math.max(tail.at(allowed), peaks[Math.ceil(allowed)] ?? 0),
  );
}

function moreWeeks(perWeek: number, weeks: number): number {
  if (!(perWeek > 0)) return Number.MAX_VALUE;
  const enough = (total: number) => poissonInterval(Math.floor(perWeek * total)).high / total <= 1.5 * perWeek;
  let total = Math.max(weeks, 1e-6);
  const step = 1 / perWeek;
  for (let tries = 0; tries < 100 && !enough(total); tries++) total += step;
  return Math.max(0, total - weeks);
}

/** What people said of an alarm, or that a rise below the threshold was none. */
export interface Feedback {
  /** For how long the detector ran while this was gathered. */
  readonly weeks: number;
  readonly rises: readonly {
    readonly peak: number;
    /** `late`: there was a cause, and it was told too late. Undefined: it raised no alarm, or nobody has said. */
    readonly verdict?: 'true' | 'false' | 'late' | undefined;
  }[];
}

/**
 * The threshold anew, after people said what alarms were worth. False ones, and rises that nobody called true, count as normal running; the
 * threshold moves to where the promise is kept by all that is known. It pays for late alarms only what the promise leaves: where
 * fewer false alarms were seen than allowed it falls, else it stays.
 */
export function retune(
  running: NormalRunning,
  feedback: Feedback,
  promise: AlarmPromise,
): {
  readonly running: NormalRunning;
  readonly kept: KeptPromise;
} {
  const peaks = feedback.rises
    .filter(({ verdict }) => verdict !== 'true' && verdict !== 'late')
    .map(({ peak }) => peak);
  const joined = joinRunning(running, { weeks: feedback.weeks, peaks });
  return { running: joined, kept: keepPromise(joined, promise) };
}

const units: Readonly<Record<string, number>> = {
  hour: 168,
  day: 7,
  week: 1,
  month: 7 / 30.436875,
  year: 7 / 365.2425,
};

/** Reads `1/week`, `2/day`, `0.5/month`; undefined where it says nothing of the kind. */
export function parsePromise(text: string): AlarmPromise | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\/(hour|day|week|month|year)$/.exec(text.trim()) ?? [];
  return unit && Number(amount) > 0 ? { perWeek: Number(amount) * units[unit]! } : undefined;
}
