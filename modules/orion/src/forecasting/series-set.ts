import type { SeriesSet } from './types.ts';

/** The set as it was after its first `length` values, with known inputs up to `horizon` steps further and no more. No copy. */
export function historyOf(set: SeriesSet, length: number, horizon: number): SeriesSet {
  return {
    ...set,
    length,
    values: set.values.map((values) => values.subarray(0, length)),
    known: set.known.map(({ name, values }) => ({ name, values: values.subarray(0, length + horizon) })),
  };
}

/** The set from its value `from` on. No copy. */
export function tailOf(set: SeriesSet, from: number): SeriesSet {
  return {
    ...set,
    start: timeAt(set, from),
    length: set.length - from,
    values: set.values.map((values) => values.subarray(from)),
    known: set.known.map(({ name, values }) => ({ name, values: values.subarray(from) })),
  };
}

/** Only some of the series, by their place. */
export const chosenOf = (set: SeriesSet, places: readonly number[]): SeriesSet => ({
  ...set,
  names: places.map((place) => set.names[place]!),
  values: places.map((place) => set.values[place]!),
});

/** Milliseconds since 1970 of the value at `index`, which may lie beyond the end. */
export function timeAt(set: Pick<SeriesSet, 'start' | 'step' | 'months'>, index: number): number {
  if (set.months === undefined) return set.start + index * set.step;
  const first = new Date(set.start);
  const day = first.getUTCDate();
  const month = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index * set.months, 1);
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + index * set.months + 1, 0)).getUTCDate();
  return month + (Math.min(day, days) - 1) * 86_400_000 + (set.start % 86_400_000);
}
