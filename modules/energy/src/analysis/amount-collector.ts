import type { Grid } from './grid.ts';

/** A stretch of the period without readings. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  /** True when a counter still tells how much was used in it, though not when; false when nothing is known. */
  readonly filled: boolean;
}

export interface SpanFlags {
  readonly estimated?: boolean;
  readonly substituted?: boolean;
}

/** Spreads what readings say over the grid, and keeps account of which time they spoke for. Spans must come in order. */
export class AmountCollector {
  readonly amount: Float64Array;
  readonly coverage: Float64Array;
  readonly estimated: Float64Array;
  readonly substituted: Float64Array;
  readonly gaps: Gap[] = [];
  #grid: Grid;
  #reached: number;
  #tolerance: number;

  /** Holes up to `toleranceMilliseconds` are jitter of the clock that stamps, not gaps. */
  constructor(grid: Grid, toleranceMilliseconds: number) {
    this.#grid = grid;
    this.#reached = grid.start;
    this.#tolerance = toleranceMilliseconds;
    this.amount = new Float64Array(grid.count);
    this.coverage = new Float64Array(grid.count);
    this.estimated = new Float64Array(grid.count);
    this.substituted = new Float64Array(grid.count);
  }

  /** An amount used evenly over a span. */
  addAmount(from: number, to: number, amount: number, flags: SpanFlags): void {
    // Shares of the span rather than a rate: halves and quarters of an amount then come out exact.
    this.#add(from, to, (start, end) => amount * ((end - start) / (to - from)), flags);
  }

  /** A rate per hour that runs straight from one value to another over a span. */
  addRate(from: number, to: number, first: number, last: number, flags: SpanFlags): void {
    const part = (start: number, end: number) => {
      const middle = ((start + end) / 2 - from) / (to - from);
      return (first + (last - first) * middle) * ((end - start) / 3_600_000);
    };
    this.#add(from, to, part, flags);
  }

  /** A span of which readings say that they cannot say anything (exchanged meter), or not when (long counter step). */
  addGap(from: number, to: number, filled: boolean): void {
    const start = Math.max(from, this.#grid.start);
    const end = Math.min(to, this.#grid.end);
    if (end <= start) return;
    this.#closeUpTo(start);
    const before = this.gaps.at(-1);
    const joins = before !== undefined && before.to === start && before.filled === filled;
    if (joins) this.gaps.pop();
    const begin = joins ? before.from : start;
    this.gaps.push({ from: begin, to: end, minutes: (end - begin) / 60_000, filled });
    this.#reached = Math.max(this.#reached, end);
  }

  /** Ends the account: what no span reached is a gap, and intervals nobody spoke for become NaN. */
  finish(): void {
    this.#closeUpTo(this.#grid.end);
    const { step, count } = this.#grid;
    for (let index = 0; index < count; index++) {
      if (this.coverage[index] === 0) this.amount[index] = Number.NaN;
      else this.coverage[index] = Math.min(1, this.coverage[index]! / step);
    }
  }

  #closeUpTo(time: number): void {
    if (time - this.#reached > this.#tolerance) this.addGap(this.#reached, time, false);
  }

  #add(from: number, to: number, part: (start: number, end: number) => number, flags: SpanFlags): void {
    const { start, end, step } = this.#grid;
    if (to <= start || from >= end || to <= from) return;
    this.#closeUpTo(Math.max(from, start));
    this.#reached = Math.max(this.#reached, Math.min(to, end));
    const first = Math.max(0, Math.floor((from - start) / step));
    const last = Math.min(this.#grid.count - 1, Math.ceil((to - start) / step) - 1);
    for (let index = first; index <= last; index++) {
      const left = Math.max(from, start + index * step);
      const right = Math.min(to, start + (index + 1) * step);
      const amount = part(left, right);
      this.amount[index]! += amount;
      this.coverage[index]! += right - left;
      if (flags.estimated) this.estimated[index]! += amount;
      if (flags.substituted) this.substituted[index]! += amount;
    }
  }
}
