import { as32 } from '../columns.ts';

/** How a column of numbers becomes bins: bin `b` holds what is above `edges[b - 2]` up to `edges[b - 1]`; bin 0 what is missing. */
export interface NumberBins {
  readonly kind: 'number';
  /** Ascending, of 32 bits; one less than there are bins of values. */
  readonly edges: Float32Array;
}

/** How a category becomes bins: `bins` of each level; rare levels share bin 0 with what is missing. */
export interface CategoryBins {
  readonly kind: 'category';
  readonly bins: Uint8Array;
}

export type ColumnBins = NumberBins | CategoryBins;

export const mostBins = 255;

/**
 * Edges between at most `most` bins of about equal numbers of rows, from a sample of a column (32 bit numbers without gaps). An edge
 * lies midway between two values that there are, at a number of 32 bits, so that a file of 32 bits decides as the bins do.
 */
export function numberBins(sample: Float32Array, most: number): NumberBins {
  const sorted = sample.slice().sort();
  const values: number[] = [];
  const counts: number[] = [];
  for (let at = 0; at < sorted.length; at++) {
    if (at > 0 && sorted[at] === sorted[at - 1]) counts[counts.length - 1]!++;
    else {
      values.push(sorted[at]!);
      counts.push(1);
    }
  }
  const edges: number[] = [];
  const close = (at: number) => edges.push(between(values[at]!, values[at + 1]!));
  if (values.length <= most) for (let at = 0; at + 1 < values.length; at++) close(at);
  else {
    // A value that fills a bin alone gets one; the others share what is left evenly.
    let rowsLeft = sorted.length;
    let binsLeft = most;
    let held = 0;
    for (let at = 0; at + 1 < values.length && binsLeft > 1; at++) {
      held += counts[at]!;
      const share = rowsLeft / binsLeft;
      if (held < share && counts[at + 1]! < share) continue;
      close(at);
      rowsLeft -= held;
      binsLeft -= 1;
      held = 0;
    }
  }
  return { kind: 'number', edges: Float32Array.from(edges) };
}

/** A number of 32 bits that is at least `low` and below `high`, midway where there is one. */
function between(low: number, high: number): number {
  const middle = Math.fround(low / 2 + high / 2);
  return middle >= low && middle < high ? middle : low;
}

/** Bins for the most frequent levels that have at least `least` rows. */
export function categoryBins(counts: ArrayLike<number>, most: number, least: number): CategoryBins {
  const levels = Array.from(counts, (_, level) => level)
    .filter((level) => counts[level]! >= least)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, most);
  const bins = new Uint8Array(counts.length);
  for (const [place, level] of levels.sort((a, b) => a - b).entries()) bins[level] = place + 1;
  return { kind: 'category', bins };
}

/** Writes the bins of a column's rows from `at` on, four bytes from one row to the next. */
export function fillBins(column: ColumnBins, values: ArrayLike<number>, into: Uint8Array, at: number): void {
  if (column.kind === 'category') {
    for (let row = 0, to = at; row < values.length; row++, to += 4)
      into[to] = values[row]! >= 0 ? (column.bins[values[row]!] ?? 0) : 0;
    return;
  }
  // A power of two, so that every search takes the same steps.
  const edges = new Float32Array(256).fill(Number.POSITIVE_INFINITY);
  edges.set(column.edges);
  for (let row = 0, to = at; row < values.length; row++, to += 4) {
    const value = as32(values[row]!);
    if (Number.isNaN(value)) {
      into[to] = 0;
      continue;
    }
    let bin = value > edges[127]! ? 128 : 0;
    if (value > edges[bin + 63]!) bin += 64;
    if (value > edges[bin + 31]!) bin += 32;
    if (value > edges[bin + 15]!) bin += 16;
    if (value > edges[bin + 7]!) bin += 8;
    if (value > edges[bin + 3]!) bin += 4;
    if (value > edges[bin + 1]!) bin += 2;
    if (value > edges[bin]!) bin += 1;
    into[to] = bin + 1;
  }
}
