import { type Rows, rowOf } from './rows.ts';

export interface Clusters {
  /** Cluster of each row. */
  readonly labels: readonly number[];
  readonly centres: readonly Float64Array[];
  /** Sum of the squared distances to the centres. */
  readonly spread: number;
}

/** The best of several runs of k-means (Lloyd, 1982) from starts far apart (k-means++, Arthur and Vassilvitskii, 2007). */
export function kMeans(rows: Rows, clusters: number, random: () => number, starts = 8): Clusters {
  let best: Clusters | undefined;
  for (let start = 0; start < starts; start++) {
    const found = settle(rows, farApart(rows, clusters, random));
    if (!best || found.spread < best.spread - 1e-9) best = found;
  }
  return best!;
}

function farApart(rows: Rows, clusters: number, random: () => number): Float64Array[] {
  const centres = [Float64Array.from(rowOf(rows, Math.floor(random() * rows.count)))];
  const nearest = new Float64Array(rows.count).fill(Infinity);
  while (centres.length < clusters) {
    let sum = 0;
    for (let row = 0; row < rows.count; row++) {
      nearest[row] = Math.min(nearest[row]!, distance(rowOf(rows, row), centres.at(-1)!));
      sum += nearest[row]!;
    }
    let left = random() * sum;
    let taken = 0;
    for (; taken < rows.count - 1 && left > nearest[taken]!; taken++) left -= nearest[taken]!;
    centres.push(Float64Array.from(rowOf(rows, taken)));
  }
  return centres;
}

function settle(rows: Rows, centres: Float64Array[]): Clusters {
  const labels = new Array<number>(rows.count).fill(-1);
  let spread = 0;
  for (let step = 0; step < 100; step++) {
    let changed = false;
    spread = 0;
    for (let row = 0; row < rows.count; row++) {
      const own = nearestCentre(rowOf(rows, row), centres);
      spread += own.distance;
      if (own.cluster !== labels[row]) changed = true;
      labels[row] = own.cluster;
    }
    if (!changed) break;
    const sums = centres.map(({ length }) => new Float64Array(length));
    const counts = new Float64Array(centres.length);
    for (const [row, label] of labels.entries()) {
      counts[label]! += 1;
      for (const [at, value] of rowOf(rows, row).entries()) sums[label]![at]! += value;
    }
    // A cluster that lost all its rows stays where it was.
    for (const [of, sum] of sums.entries()) if (counts[of]! > 0) centres[of] = sum.map((value) => value / counts[of]!);
  }
  return { labels, centres, spread };
}

export function nearestCentre(
  row: ArrayLike<number>,
  centres: readonly Float64Array[],
): { cluster: number; distance: number } {
  let best = { cluster: 0, distance: Infinity };
  for (const [cluster, centre] of centres.entries()) {
    const own = distance(row, centre);
    if (own < best.distance) best = { cluster, distance: own };
  }
  return best;
}

function distance(row: ArrayLike<number>, centre: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < centre.length; at++) sum += (row[at]! - centre[at]!) ** 2;
  return sum;
}
