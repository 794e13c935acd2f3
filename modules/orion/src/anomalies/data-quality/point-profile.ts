import { quantileSorted } from '../../numerics/quantile.ts';

/** What readings of one point are usually like: all that its watch must know. */
export interface PointProfile {
  readonly kind: 'gauge' | 'counter' | 'delta';
  /** Milliseconds from one reading to the next. */
  readonly intervalMs: number;
  /** The longest pause there was. */
  readonly pauseMs: number;
  /** Readings that were the same one after the other, at most. */
  readonly sameReadings: number;
  /** The same of values that the point rests at: 0 while a machine stands, a limit it is cut at. */
  readonly rests: readonly { readonly value: number; readonly readings: number }[];
  /** Whether it is a momentary value of many values: a counter rests with its machine, and a state lasts. */
  readonly wavers: boolean;
  /** A counter's fastest rise a millisecond. */
  readonly fastest: number;
  /** Milliseconds that readings usually arrive after their time, and how far that wavers; null where arrivals are not known. */
  readonly lag: { readonly usual: number; readonly spread: number } | null;
}

/** From so many readings on, a value is one that the point rests at. */
const restFrom = 6;
const mostRests = 20;
/** A point of no more values than these is a state. */
const mostStates = 12;

/**
 * Learns it from readings of normal running, in the order in which they came.
 * @param arrivals when each arrived; left out where that is not known
 */
export function learnProfile(
  kind: PointProfile['kind'],
  times: Float64Array,
  values: Float64Array,
  arrivals?: Float64Array,
): PointProfile {
  const steps: number[] = [];
  const runs = new Map<number, number>();
  const distinct = new Set<number>();
  let [same, run, fastest] = [1, 1, 0];
  for (let at = 1; at < times.length; at++) {
    if (distinct.size <= mostStates) distinct.add(values[at]!);
    const step = times[at]! - times[at - 1]!;
    if (step > 0) steps.push(step);
    if (kind === 'counter' && step > 0) fastest = Math.max(fastest, (values[at]! - values[at - 1]!) / step);
    run = values[at] === values[at - 1] ? run + 1 : 1;
    if (run >= restFrom) runs.set(values[at]!, Math.max(run, runs.get(values[at]!) ?? 0));
    else same = Math.max(same, run);
  }
  const sorted = Float64Array.from(steps).sort();
  const rests = [...runs]
    .sort((one, other) => other[1] - one[1] || one[0] - other[0])
    .map(([value, readings]) => ({ value, readings }));
  // A point that rests at very many values rests anywhere.
  const anywhere = rests.length > mostRests ? rests[0]!.readings : same;
  return {
    ...{ kind, intervalMs: sorted.length > 0 ? quantileSorted(sorted, 0.5) : 0, pauseMs: sorted.at(-1) ?? 0 },
    ...{ sameReadings: anywhere, rests: rests.slice(0, mostRests), fastest },
    wavers: kind === 'gauge' && distinct.size > mostStates,
    lag: arrivals ? lagOf(times, arrivals) : null,
  };
}

function lagOf(times: Float64Array, arrivals: Float64Array): PointProfile['lag'] {
  const lags = Float64Array.from(times, (time, at) => arrivals[at]! - time).sort();
  if (lags.length === 0) return null;
  return { usual: quantileSorted(lags, 0.5), spread: quantileSorted(lags, 0.99) - quantileSorted(lags, 0.01) };
}
