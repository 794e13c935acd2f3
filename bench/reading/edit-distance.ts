/** Insertions, deletions and substitutions from one text to another (Levenshtein 1965). */
export function editDistance(from: string, to: string): number {
  const [one, other] = [[...from], [...to]];
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [index, character] of one.entries()) {
    const next = [index + 1];
    for (const [at, wanted] of other.entries())
      next.push(Math.min(next[at]! + 1, row[at + 1]! + 1, row[at]! + (character === wanted ? 0 : 1)));
    row = next;
  }
  return row.at(-1)!;
}
