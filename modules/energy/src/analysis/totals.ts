import type { IntervalAmounts } from './interval-amounts.ts';
import { dateOf, dayMilliseconds, weekdayOf } from './site-clock.ts';
import { sum } from './sum.ts';

/** `day`, ISO week (Monday to Sunday) and month are those of the site's calendar. */
export const bucketKinds = ['day', 'week', 'month'] as const;
export type BucketKind = (typeof bucketKinds)[number];

export interface Bucket {
  /** First local date of the bucket, `YYYY-MM-DD`; for months `YYYY-MM`. */
  readonly key: string;
  /** Milliseconds since 1970 UTC, cut to the period. */
  readonly from: number;
  readonly to: number;
  /** Intervals of the grid, last exclusive. */
  readonly first: number;
  readonly last: number;
}

export interface Total extends Bucket {
  /** Null when nothing is known. */
  readonly value: number | null;
  /** Share of the bucket's time that readings speak for. */
  readonly coverage: number;
}

function firstDayOfNext(day: number, kind: BucketKind): number {
  if (kind === 'day') return day + 1;
  if (kind === 'week') return day + 8 - weekdayOf(day);
  const date = new Date(day * dayMilliseconds);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / dayMilliseconds;
}

function keyOf(day: number, kind: BucketKind): string {
  if (kind === 'week') return dateOf(day + 1 - weekdayOf(day));
  return dateOf(day).slice(0, kind === 'month' ? 7 : 10);
}

/** Cuts a grid at the days, weeks or months of its clock. */
export function buckets(grid: IntervalAmounts['grid'], kind: BucketKind): Bucket[] {
  const { clock } = grid;
  const found: Bucket[] = [];
  for (let first = 0; first < grid.count; ) {
    const from = grid.start + first * grid.step;
    const day = clock.dayOf(from);
    const next = clock.startOfDay(firstDayOfNext(day, kind));
    const last = Math.min(grid.count, Math.max(first + 1, Math.ceil((next - grid.start) / grid.step)));
    found.push({ key: keyOf(day, kind), from, to: grid.start + last * grid.step, first, last });
    first = last;
  }
  return found;
}

/** Consumption per local day, week or month. */
export function totals(amounts: IntervalAmounts, kind: BucketKind): Total[] {
  return buckets(amounts.grid, kind).map((bucket) => {
    const covered = sum(amounts.coverage, bucket.first, bucket.last);
    return {
      ...bucket,
      value: covered === 0 ? null : sum(amounts.amount, bucket.first, bucket.last),
      coverage: covered / (bucket.last - bucket.first),
    };
  });
}
