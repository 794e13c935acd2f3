import { seededRandom, shuffled } from '@millwright/imaging';
import { canonicalJson } from '@millwright/ledger';
import type { Search } from './schemas.ts';

export interface Tried {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * The trials of a search in the order of its entries, none twice. Where there are more than it wants, the seed draws which.
 * @param proposed settings that a kind proposes
 */
export async function expandSearch(
  search: Search,
  seed: number,
  proposed: (kind: string) => Promise<readonly Readonly<Record<string, unknown>>[]>,
): Promise<Tried[]> {
  const found = new Map<string, Tried>();
  for (const { kind, settings, grid, propose } of search.kinds) {
    const all = combinations(grid).map((chosen) => ({ ...settings, ...chosen }));
    if (propose) for (const candidate of await proposed(kind)) all.push({ ...candidate, ...settings });
    for (const one of all) found.set(canonicalJson([kind, one]), { kind, settings: one });
  }
  const trials = [...found.values()];
  if (trials.length <= search.most) return trials;
  const drawn = new Set(shuffled([...trials.keys()], seededRandom(seed)).slice(0, search.most));
  return trials.filter((_, index) => drawn.has(index));
}

/** Every combination of the values, the last name changing fastest; one without any where nothing is varied. */
function combinations(grid: Readonly<Record<string, readonly unknown[]>>): Record<string, unknown>[] {
  let all: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(grid))
    all = all.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return all;
}
