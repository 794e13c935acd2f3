import { Quality } from '@millwright/cloud';

/** What resampling must know of a point. */
export interface PointFacts {
  readonly kind: 'gauge' | 'delta' | 'counter';
  /** Whether a delta's time is the start or the end of its interval. */
  readonly stamp: 'start' | 'end';
  /** Where a counter's register starts anew; null where nobody said. */
  readonly registerMaximum: number | null;
}

/** Steps of `step` milliseconds from `from` on: row i stands for [from + i·step, from + (i+1)·step). */
export interface Grid {
  readonly from: number;
  readonly step: number;
  readonly rows: number;
}

export interface Readings {
  /** Milliseconds since 1970, rising. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly quality: Int16Array;
}

export const gridTimes = ({ from, step, rows }: Grid): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => from + row * step);

/**
 * Readings on an even grid: of a gauge the mean of a step, of a delta the sum, of a counter what it rose by. Bad readings are left
 * out; NaN where a step has none. A counter that falls was exchanged or reset: that step is NaN, unless it passed its register's end.
 */
export function resample({ time, value, quality }: Readings, facts: PointFacts, grid: Grid): Float64Array {
  const { from, step, rows } = grid;
  const sums = new Float64Array(rows);
  const counts = new Int32Array(rows);
  const early = facts.kind === 'delta' && facts.stamp === 'end' ? 1e-3 : 0;
  let last = Number.NaN;
  for (let index = 0; index < time.length; index++) {
    if (quality[index] === Quality.bad) continue;
    let amount = value[index]!;
    if (facts.kind === 'counter') {
      const previous = last;
      last = amount;
      if (Number.isNaN(previous)) continue;
      amount = rise(previous, amount, facts.registerMaximum);
    }
    const row = Math.floor((time[index]! - early - from) / step);
    if (row < 0 || row >= rows) continue;
    sums[row]! += amount;
    counts[row]! += 1;
  }
  for (let row = 0; row < rows; row++) {
    if (counts[row] === 0) sums[row] = Number.NaN;
    else if (facts.kind === 'gauge') sums[row]! /= counts[row]!;
  }
  return sums;
}

/** A register in its last tenth that falls has passed its end. */
function rise(previous: number, value: number, maximum: number | null): number {
  if (value >= previous) return value - previous;
  return maximum !== null && previous >= 0.9 * maximum ? maximum - previous + value : Number.NaN;
}
