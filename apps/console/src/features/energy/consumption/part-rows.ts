import type { BalanceNode, CarrierConsumption } from '../types.ts';

export interface PartRow extends BalanceNode {
  /** 0 for the part that was asked for. */
  readonly depth: number;
  /** Of the whole. */
  readonly share: number | null;
}

/** The parts in the order of the tree, each above what stands under it. */
export function partRows({ nodes, total }: Pick<CarrierConsumption, 'nodes' | 'total'>): PartRow[] {
  const known = new Set(nodes.map(({ id }) => id));
  const under = Map.groupBy(nodes, ({ parentId }) => (parentId && known.has(parentId) ? parentId : ''));
  const walk = (parentId: string, depth: number): PartRow[] =>
    (under.get(parentId) ?? [])
      .toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1))
      .flatMap((node) => [
        { ...node, depth, share: total && node.value !== null ? node.value / total : null },
        ...walk(node.id, depth + 1),
      ]);
  return walk('', 0);
}
