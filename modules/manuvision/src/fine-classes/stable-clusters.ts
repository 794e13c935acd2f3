import { shuffled } from '@millwright/imaging';
import { kMeans, nearestCentre } from '../learning/k-means.ts';
import { principalComponents, projected } from '../learning/principal-components.ts';
import { chosenRows, type Rows, rowOf } from '../learning/rows.ts';
import { standardised, standardOf } from '../learning/standardise.ts';
import { adjustedRand } from './agreement.ts';

/** One set of rows that was looked at for clusters. */
export interface Split {
  readonly rows: number;
  /** Into how many it was split; 1: it stays whole. */
  readonly clusters: number;
  /** Agreement of clusterings of random halves by the number of clusters, from 2 on. */
  readonly agreements: readonly number[];
}

export interface StableClusters {
  /** Cluster of each row, from 0. */
  readonly labels: readonly number[];
  readonly count: number;
  readonly splits: readonly Split[];
}

export interface StableOptions {
  readonly random: () => number;
  readonly signal?: AbortSignal;
}

/** Agreement from which on clusters are no accident of the pictures that were taken. */
const stable = 0.8;
/** Most clusters that one split is tried with. */
const most = 6;
/** Pairs of halves that are compared for each number. */
const pairs = 12;
/** Two halves must show each cluster, and a few pictures are none. */
const leastRows = 10;
const components = 10;

/**
 * Clusters as many as are stable. For each number, random halves are clustered apart and both clusterings carried over to all rows;
 * the number at which they agree best is taken where they agree well (Ben-Hur, Elisseeff and Guyon, 2002; Lange et al., 2004). Each
 * cluster is then looked at by itself in the same way, in principal components of its own.
 */
export function stableClusters(rows: Rows, options: StableOptions): StableClusters {
  const labels = new Array<number>(rows.count).fill(0);
  const splits: Split[] = [];
  let count = 0;
  const open = [labels.map((_, row) => row)];
  for (let part = open.shift(); part; part = open.shift()) {
    const { labels: own, split } = splitOnce(chosenRows(rows, part), options);
    splits.push(split);
    if (split.clusters === 1) {
      for (const row of part) labels[row] = count;
      count++;
    } else
      for (let cluster = 0; cluster < split.clusters; cluster++) open.push(part.filter((_, at) => own[at] === cluster));
  }
  return { labels, count, splits };
}

function splitOnce(rows: Rows, { random, signal }: StableOptions): { labels: readonly number[]; split: Split } {
  const places = Array.from({ length: rows.count }, (_, row) => row);
  const whole = (agreements: number[]) => ({
    labels: places.map(() => 0),
    split: { rows: rows.count, clusters: 1, agreements },
  });
  const largest = Math.min(most, Math.floor(rows.count / leastRows));
  if (largest < 2) return whole([]);
  const scaled = standardised(rows, standardOf(rows));
  const seen = projected(scaled, principalComponents(scaled, components, random));
  const half = Math.ceil(rows.count / 2);
  const agreements: number[] = [];
  for (let clusters = 2; clusters <= largest; clusters++) {
    let sum = 0;
    for (let pair = 0; pair < pairs; pair++) {
      signal?.throwIfAborted();
      const order = shuffled(places, random);
      const [one, other] = [order.slice(0, half), order.slice(half)].map((part) => {
        const { centres } = kMeans(chosenRows(seen, part), clusters, random, 4);
        return places.map((row) => nearestCentre(rowOf(seen, row), centres).cluster);
      }) as [number[], number[]];
      sum += adjustedRand(one, other);
    }
    agreements.push(sum / pairs);
  }
  const best = Math.max(...agreements);
  if (best < stable) return whole(agreements);
  const clusters = agreements.indexOf(best) + 2;
  return { labels: kMeans(seen, clusters, random).labels, split: { rows: rows.count, clusters, agreements } };
}
