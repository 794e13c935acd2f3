import type { HeldOutScore } from '../model-file/model-file.ts';

/**
 * How many independent parts the scores are worth. Pictures of one part or lot (a group) resemble each other, and ten of them say less
 * than ten parts: n / (1 + (m - 1) r), with m the mean size of a picture's group and r the correlation of scores within groups
 * (design effect of Kish, 1965; r by one-way analysis of variance on ranks, since scores have long tails). Without groups it is n.
 */
export function independentParts(scores: readonly HeldOutScore[]): number {
  const n = scores.length;
  const ranks = ranksOf(scores.map(({ score }) => score));
  const groups = new Map<string, number[]>();
  for (const [at, { name, group = name }] of scores.entries())
    groups.set(group, [...(groups.get(group) ?? []), ranks[at]!]);
  const k = groups.size;
  if (k === n || n < 2) return n;
  if (k === 1) return 1;
  const mean = (n + 1) / 2;
  let [between, within, squares] = [0, 0, 0];
  for (const group of groups.values()) {
    const own = group.reduce((sum, rank) => sum + rank, 0) / group.length;
    between += group.length * (own - mean) ** 2;
    within += group.reduce((sum, rank) => sum + (rank - own) ** 2, 0);
    squares += group.length ** 2;
  }
  const [meanBetween, meanWithin] = [between / (k - 1), within / (n - k)];
  const size = (n - squares / n) / (k - 1);
  const spread = meanBetween + (size - 1) * meanWithin;
  const correlation = spread > 0 ? Math.min(Math.max((meanBetween - meanWithin) / spread, 0), 1) : 1;
  return n / (1 + (squares / n - 1) * correlation);
}

/** From 1 on; equal values share their mean rank. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  for (let at = 0; at < order.length; ) {
    let end = at;
    while (end < order.length && values[order[end]!] === values[order[at]!]) end++;
    for (let same = at; same < end; same++) ranks[order[same]!] = (at + 1 + end) / 2;
    at = end;
  }
  return ranks;
}
