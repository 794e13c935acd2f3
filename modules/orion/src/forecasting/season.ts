import { fillGaps } from './fill-gaps.ts';
import type { SeriesSet } from './types.ts';

const day = 86_400_000;
const mostSeries = 30;
/** Autocorrelation that a season must have beyond its neighbours' to be believed. */
const leastCorrelation = 0.25;

/**
 * Seasons of the series in steps, the shortest first: of what clocks and calendars bring about (a day, a week; a year of months), and the highest
 * peak of the autocorrelation of their differences, where it is high and returns at its double. Most series of the set must show it.
 */
export function findSeasons(set: SeriesSet): readonly number[] {
  const every = Math.ceil(set.values.length / mostSeries);
  const looked = set.values.filter((_, index) => index % every === 0);
  const usual = [day / set.step, (7 * day) / set.step].filter((steps) => Number.isInteger(steps) && steps > 1);
  if (set.months !== undefined && 12 % set.months === 0 && set.months < 12) usual.push(12 / set.months);
  const found = looked.map((values) => seasonsOf(values, usual));
  const votes = new Map<number, number>();
  for (const seasons of found) for (const season of seasons) votes.set(season, (votes.get(season) ?? 0) + 1);
  const believed = [...votes].filter(([, count]) => count * 2 >= looked.length).map(([season]) => season);
  const inOrder = believed.sort((a, b) => a - b);
  // What is no multiple of a shorter one, or comes from the calendar, stands for itself.
  return inOrder.filter(
    (season, at) => usual.includes(season) || !inOrder.slice(0, at).some((shorter) => season % shorter === 0),
  );
}

function seasonsOf(values: Float64Array, usual: readonly number[]): number[] {
  const kept = values.subarray(Math.max(0, values.length - 5000));
  const x = withoutTrend(fillGaps(kept, 0));
  if (!x) return [];
  const most = Math.floor(x.length / 3);
  const seasons: number[] = [];
  for (const season of usual) {
    if (season > most) continue;
    const whole = seasons.length === 0 ? 0 : correlation(x, seasons.at(-1)!);
    const at = correlation(x, season);
    // A week is one where it is more alike than a day is, else a day says all.
    if (at > leastCorrelation && at > whole + (seasons.length === 0 ? 0 : 0.02)) seasons.push(season);
  }
  if (seasons.length > 0) return seasons;
  const curve = Float64Array.from({ length: Math.min(most, 750) + 1 }, (_, lag) => correlation(x, lag));
  const peaks: number[] = [];
  for (let lag = 2; lag < curve.length - 1; lag++) {
    const peak = curve[lag]! > curve[lag - 1]! && curve[lag]! >= curve[lag + 1]! && curve[lag]! > leastCorrelation;
    const returns = 2 * lag >= curve.length || curve[2 * lag]! > leastCorrelation / 2;
    if (peak && returns && dips(curve, lag)) peaks.push(lag);
  }
  // Its multiples are peaks as well: the first that is about as high as the highest is the season.
  const highest = Math.max(...peaks.map((lag) => curve[lag]!));
  const first = peaks.find((lag) => curve[lag]! > 0.9 * highest);
  return first === undefined ? [] : [first];
}

/** A season has been unlike before it is alike again. */
function dips(curve: Float64Array, lag: number): boolean {
  for (let before = 1; before < lag; before++) if (curve[before]! < curve[lag]! - 0.1) return true;
  return false;
}

/** Deviations from a straight line; undefined where there are none. */
function withoutTrend(x: Float64Array): Float64Array | undefined {
  const n = x.length;
  if (n < 8) return undefined;
  const middle = (n - 1) / 2;
  let [mean, slope, spread] = [0, 0, 0];
  for (let t = 0; t < n; t++) mean += x[t]! / n;
  for (let t = 0; t < n; t++) {
    slope += (t - middle) * (x[t]! - mean);
    spread += (t - middle) ** 2;
  }
  slope /= spread;
  let square = 0;
  const rest = x.map((value, t) => value - mean - slope * (t - middle));
  for (const value of rest) square += value * value;
  return square > 1e-12 * n * (1 + mean * mean) ? rest : undefined;
}

function correlation(x: Float64Array, lag: number): number {
  let [product, left, right] = [0, 0, 0];
  for (let t = lag; t < x.length; t++) {
    product += x[t]! * x[t - lag]!;
    left += x[t]! * x[t]!;
    right += x[t - lag]! * x[t - lag]!;
  }
  return left > 0 && right > 0 ? product / Math.sqrt(left * right) : 0;
}
