/**
 * How far two partitions of the same things agree: the adjusted Rand index (Hubert and Arabie, 1985), 1 for the same one, about 0
 * by chance.
 */
export function adjustedRand(one: readonly number[], other: readonly number[]): number {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const both = new Map<string, number>();
  const [ones, others] = [new Map<number, number>(), new Map<number, number>()];
  for (const [at, a] of one.entries()) {
    const b = other[at]!;
    both.set(`${a} ${b}`, (both.get(`${a} ${b}`) ?? 0) + 1);
    ones.set(a, (ones.get(a) ?? 0) + 1);
    others.set(b, (others.get(b) ?? 0) + 1);
  }
  const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + pairs(count), 0);
  const [joint, first, second] = [sum(both.values()), sum(ones.values()), sum(others.values())];
  const expected = (first * second) / Math.max(1, pairs(one.length));
  const most = (first + second) / 2;
  return most === expected ? 1 : (joint - expected) / (most - expected);
}
