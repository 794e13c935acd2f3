/** What was said of somebody in the grid. */
export type Verdict = 'with' | 'without' | 'skip';

/** What was said, in the order it was said: the last can be taken back. */
export type Said = readonly { readonly key: string; readonly verdict: Verdict }[];

/** Whoever nothing was said of yet. */
export function unsaid<Item extends { readonly key: string }>(items: readonly Item[], said: Said): Item[] {
  const known = new Set(said.map(({ key }) => key));
  return items.filter(({ key }) => !known.has(key));
}

/** Says something of one; what was said of it before is replaced. */
export const say = (said: Said, key: string, verdict: Verdict): Said => [...unsay(said, key), { key, verdict }];

export const unsay = (said: Said, key: string): Said => said.filter((one) => one.key !== key);

/** Where an arrow leads in a grid of so many columns; the same place where there is nobody. */
export function stepInGrid(from: number, arrow: string, columns: number, count: number): number {
  const by: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const to = from + (by[arrow] ?? 0);
  return to < 0 || to >= count ? from : to;
}
