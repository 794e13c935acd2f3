import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';

export interface TreeMeter {
  readonly id: string;
  readonly name: string;
  /** Left out or null: a supply. */
  readonly parentId?: string | null;
  /** Consumption in the common unit; null when unknown. */
  readonly value: number | null;
}

export interface SankeyNode {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  /** `unmetered` is what a meter saw and none of its sub-meters did. */
  readonly kind: 'supply' | 'meter' | 'unmetered';
  /** True when the meter itself had no value and its sub-meters' sum stands for it. */
  readonly derived: boolean;
}

/** Sub-meters that together saw more than the meter above them: a wrong factor, wiring or tree, not a negative use. */
export interface MeteringError {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly submetered: number;
  /** submetered - value, positive. */
  readonly excess: number;
  /** excess / value; null when value is 0. */
  readonly share: number | null;
  /** True when the tolerance of the meters explains it. */
  readonly withinTolerance: boolean;
}

export interface Sankey {
  readonly unit: string;
  readonly nodes: SankeyNode[];
  readonly links: { readonly source: string; readonly target: string; readonly value: number }[];
  readonly supply: number;
  readonly unmetered: number;
  readonly errors: MeteringError[];
  /** Meters without a value, neither their own nor from sub-meters; their use is in the remainder above them. */
  readonly unknown: string[];
}

/** Float noise of summing sub-meters, relative to the meter; below it a remainder is zero. */
const noise = 1e-9;

export const unmeteredId = (id: string) => `${id}/unmetered`;

function childrenOf(meters: readonly TreeMeter[]): Map<string | null, TreeMeter[]> {
  const ids = new Set<string>();
  for (const { id } of meters) {
    if (ids.has(id)) throw energyErrors.ENERGY_METER_TREE_INVALID({ reason: energyReasons['meter-twice']({ id }) });
    ids.add(id);
  }
  const children = new Map<string | null, TreeMeter[]>();
  for (const meter of meters) {
    const parent = meter.parentId ?? null;
    if (parent !== null && !ids.has(parent))
      throw energyErrors.ENERGY_METER_TREE_INVALID({
        reason: energyReasons['meter-orphan']({ id: meter.id, parent }),
      });
    children.set(parent, [...(children.get(parent) ?? []), meter]);
  }
  return children;
}

/**
 * Energy flow from supplies through sub-meters to uses, with what is unmetered under each meter that has sub-meters.
 * Where sub-meters exceed their meter the links stay as metered and the excess is listed in `errors`.
 * `tolerance` is the relative excess that meter classes explain; 0.02 is two meters of class 1 against each other.
 * Throws ENERGY_METER_TREE_INVALID.
 */
export function sankey(meters: readonly TreeMeter[], unit: string, tolerance = 0.02): Sankey {
  const children = childrenOf(meters);
  const result: Sankey & { supply: number; unmetered: number } = {
    unit,
    nodes: [],
    links: [],
    supply: 0,
    unmetered: 0,
    errors: [],
    unknown: [],
  };
  let visited = 0;
  const visit = (meter: TreeMeter): number | null => {
    visited++;
    const position = result.nodes.length;
    const parts = (children.get(meter.id) ?? []).map((child) => ({ id: child.id, value: visit(child) }));
    const known = parts.filter((part): part is { id: string; value: number } => part.value !== null);
    const submetered = known.reduce((all, part) => all + part.value, 0);
    const value = meter.value ?? (known.length > 0 ? submetered : null);
    if (value === null) {
      result.unknown.push(meter.id);
      return null;
    }
    const kind = (meter.parentId ?? null) === null ? 'supply' : 'meter';
    result.nodes.splice(position, 0, { id: meter.id, name: meter.name, value, kind, derived: meter.value === null });
    for (const part of known) result.links.push({ source: meter.id, target: part.id, value: part.value });
    if (known.length > 0) balance(meter, value, submetered);
    return value;
  };
  const balance = (meter: TreeMeter, value: number, submetered: number) => {
    const remainder = value - submetered;
    if (Math.abs(remainder) <= noise * Math.max(Math.abs(value), Math.abs(submetered))) return;
    if (remainder < 0) {
      const share = value === 0 ? null : -remainder / value;
      const withinTolerance = share !== null && share <= tolerance;
      result.errors.push({
        id: meter.id,
        name: meter.name,
        value,
        submetered,
        excess: -remainder,
        share,
        withinTolerance,
      });
      return;
    }
    const id = unmeteredId(meter.id);
    result.nodes.push({ id, name: meter.name, value: remainder, kind: 'unmetered', derived: true });
    result.links.push({ source: meter.id, target: id, value: remainder });
    result.unmetered += remainder;
  };
  for (const root of children.get(null) ?? []) result.supply += visit(root) ?? 0;
  if (visited < meters.length)
    throw energyErrors.ENERGY_METER_TREE_INVALID({ reason: energyReasons['meter-circle']() });
  return result;
}
