/** A stretch of time in milliseconds since 1970, its end not in it. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** Sorted, joined where they touch or overlap (`gap`: or nearly), empty ones left out. */
export function union<T extends Interval>(intervals: readonly T[], gap = 0): Interval[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...intervals].sort((a, b) => a.from - b.from)) {
    if (to <= from) continue;
    const last = joined.at(-1);
    if (last && from <= last.to + gap) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

/** What of `intervals` lies in none of `others`; both sorted and disjoint, as `union` gives them. */
export function subtract(intervals: readonly Interval[], others: readonly Interval[]): Interval[] {
  return intervals.flatMap(({ from, to }) => {
    const rest: Interval[] = [];
    let at = from;
    for (const other of others) {
      if (other.to <= at || other.from >= to) continue;
      if (other.from > at) rest.push({ from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    if (at < to) rest.push({ from: at, to });
    return rest;
  });
}

/** What lies in both. */
export const intersect = (intervals: readonly Interval[], others: readonly Interval[]): Interval[] =>
  intervals.flatMap(({ from, to }) =>
    others
      .map((other) => ({ from: Math.max(from, other.from), to: Math.min(to, other.to) }))
      .filter((both) => both.from < both.to),
  );

export const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { from, to }) => sum + to - from, 0);
