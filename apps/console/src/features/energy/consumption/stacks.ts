import type { BalanceNode } from '../types.ts';

export interface Series {
  readonly name: string;
  /** What the balance of the whole gives this part in all. */
  readonly value: number | null;
  readonly series: readonly { readonly key: string; readonly value: number }[];
}

export interface Stacks {
  readonly keys: readonly string[];
  readonly stacks: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** Of the whole and of no part that is stacked. */
  readonly rest: readonly number[];
}

/** As many parts as colours can be told apart. */
const most = 7;

/** The largest parts directly below a node. */
export const directParts = (nodes: readonly BalanceNode[], id: string): BalanceNode[] =>
  nodes
    .filter(({ parentId, kind, value }) => parentId === id && kind !== 'meter' && (value ?? 0) > 0)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    .slice(0, most);

/** Seen alone a part may hold meters of supply for others, as a transformer room does; its bars would be no part of the whole. */
function isShare({ value, series }: Series): boolean {
  const sum = series.reduce((total, step) => total + step.value, 0);
  return value !== null && Math.abs(sum - value) <= 0.01 * Math.max(sum, value);
}

/** Parts on top of each other, and above them what is left of the whole. Meters that count more than the whole leave nothing. */
export function stacksOf(whole: Series['series'], parts: readonly Series[]): Stacks {
  const keys = whole.map(({ key }) => key);
  const stacks = parts.filter(isShare).map(({ name, series }) => {
    const values = new Map(series.map(({ key, value }) => [key, value]));
    return { name, values: keys.map((key) => values.get(key) ?? 0) };
  });
  const rest = whole.map(({ value }, index) =>
    Math.max(0, value - stacks.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)),
  );
  return { keys, stacks, rest };
}
