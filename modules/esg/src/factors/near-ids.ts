/** Ids that someone who wrote `wanted` may have meant, nearest first: few letters apart, or most of their words shared. */
export function nearIds(wanted: string, ids: readonly string[], limit = 5): string[] {
  const word = wanted.toLowerCase();
  return ids
    .map((id) => ({
      id,
      distance: editDistance(word, id) / Math.max(word.length, id.length, 1),
      shared: shared(word, id),
    }))
    .filter(({ distance, shared: common }) => distance <= 0.4 || common >= 0.5)
    .sort((a, b) => a.distance - b.distance || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map(({ id }) => id);
}

function shared(a: string, b: string): number {
  const words = new Set(b.split(/[^a-z0-9]+/));
  const wanted = a.split(/[^a-z0-9]+/).filter(Boolean);
  return wanted.length === 0 ? 0 : wanted.filter((word) => words.has(word)).length / wanted.length;
}

/** Levenshtein's distance: letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
