import type { MeterNode } from './meter-tree.ts';
import { type MeteringError, type Sankey, sankey, unmeteredId } from './sankey.ts';

/** What one meter saw in the period, in the carrier's unit. */
export interface MeterValue {
  readonly id: string;
  readonly name: string;
  /** Null when nothing is known. */
  readonly value: number | null;
  /** Share of the period's time that readings speak for. */
  readonly coverage: number;
}

export interface BalanceNode extends MeterNode {
  /** Null when neither its meters nor those below know anything. */
  readonly value: number | null;
  /** True when the parts below were added up because no meter sees this one as a whole. */
  readonly derived: boolean;
  /** What the parts below saw together; null when there are none. */
  readonly submetered: number | null;
  /** value - submetered where that is positive; null when there is nothing below. */
  readonly unmetered: number | null;
  /** Least coverage among its own meters (or, derived, among the parts below). */
  readonly coverage: number | null;
}

/** One carrier's supply and use over a part of the plant. */
export interface Balance {
  readonly unit: string;
  readonly total: number | null;
  readonly coverage: number | null;
  readonly unmetered: number;
  /** The root first. */
  readonly nodes: BalanceNode[];
  readonly errors: MeteringError[];
  /** Parts whose meters know nothing; their use is in the remainder above them. */
  readonly unknown: string[];
  readonly flow: Sankey;
}

/** Adds up a tree of meters, with what is unmetered at every level. */
export function balance(tree: readonly MeterNode[], values: ReadonlyMap<string, MeterValue>, unit: string): Balance {
  const measured = tree.map((node) => {
    const own = node.meterIds.flatMap((id) => values.get(id) ?? []).filter(({ value }) => value !== null);
    const value = own.length === 0 ? null : own.reduce((all, meter) => all + meter.value!, 0);
    // A feeder that says nothing leaves a hole in the sum of the others.
    const coverage = own.length < node.meterIds.length ? 0 : Math.min(...own.map((meter) => meter.coverage));
    return { node, value, coverage: node.meterIds.length === 0 ? null : coverage };
  });
  const plain = sankey(
    measured.map(({ node, value }) => ({ id: node.id, name: node.name, parentId: node.parentId, value })),
    unit,
  );
  const found = new Map(plain.nodes.map((node) => [node.id, node]));
  const coverageOf = (id: string): number | null => {
    const { coverage, value } = measured.find(({ node }) => node.id === id)!;
    if (coverage !== null && value !== null) return coverage;
    const below = tree.filter(({ parentId }) => parentId === id).map((child) => coverageOf(child.id));
    const known = below.filter((share): share is number => share !== null);
    return known.length === 0 ? null : Math.min(...known);
  };
  const nodes = tree.map((node): BalanceNode => {
    const here = found.get(node.id);
    const below = plain.links.filter(({ source, target }) => source === node.id && target !== unmeteredId(node.id));
    return {
      ...node,
      value: here?.value ?? null,
      derived: here?.derived ?? false,
      submetered: below.length === 0 ? null : below.reduce((all, { value }) => all + value, 0),
      unmetered: below.length === 0 ? null : (found.get(unmeteredId(node.id))?.value ?? 0),
      coverage: coverageOf(node.id),
    };
  });
  return {
    unit,
    total: nodes[0]?.value ?? null,
    coverage: nodes[0]?.coverage ?? null,
    unmetered: plain.unmetered,
    nodes,
    errors: plain.errors,
    unknown: plain.unknown,
    flow: withFeeders(plain, tree[0], values),
  };
}

/** Several main meters are shown as supplies of their own, flowing into the part they feed together. */
function withFeeders(flow: Sankey, root: MeterNode | undefined, values: ReadonlyMap<string, MeterValue>): Sankey {
  if (!root || root.meterIds.length < 2) return flow;
  const feeders = root.meterIds
    .flatMap((id) => values.get(id) ?? [])
    .flatMap(({ id, name, value }) =>
      value === null ? [] : [{ id, name, value, kind: 'supply' as const, derived: false }],
    );
  return {
    ...flow,
    nodes: [
      ...feeders,
      ...flow.nodes.map((node) => (node.id === root.id ? { ...node, kind: 'meter' as const } : node)),
    ],
    links: [...feeders.map(({ id, value }) => ({ source: id, target: root.id, value })), ...flow.links],
  };
}
