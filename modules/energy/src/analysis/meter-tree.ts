/** A part of the plant, as the tree needs it. */
export interface PlantPart {
  readonly id: string;
  readonly kind: 'site' | 'area' | 'line' | 'asset';
  readonly parentId: string | null;
  readonly name: string;
}

export interface PlacedMeter {
  readonly id: string;
  readonly name: string;
  readonly nodeId: string;
  /** Meters the supply of the site, wherever it stands. */
  readonly mainMeter: boolean;
}

/** A part of the plant with the meters that see all of it. */
export interface MeterNode {
  readonly id: string;
  readonly name: string;
  /** `meter`: a sub-meter that stands beside the main meters and has no part of the plant to itself. */
  readonly kind: PlantPart['kind'] | 'meter';
  readonly parentId: string | null;
  readonly meterIds: readonly string[];
}

/**
 * The meters of one carrier as a tree over the plant, from `root` down; parts without a meter in or below them are left
 * out (the root never is). The first is the root.
 *
 * Of a site the main meters see everything, and what else stands at the site itself is a sub-meter below them; without
 * main meters those standing at the site itself are taken for them. Of any other part the meters at it see all of it.
 * Several meters of one part are taken to add up (two feeders), not to check each other.
 */
export function meterTree(root: PlantPart, parts: readonly PlantPart[], meters: readonly PlacedMeter[]): MeterNode[] {
  const mains = root.kind === 'site' ? meters.filter(({ mainMeter }) => mainMeter) : [];
  const isMain = new Set(mains.map(({ id }) => id));
  const at = new Map<string, PlacedMeter[]>();
  for (const meter of meters) if (!isMain.has(meter.id)) at.set(meter.nodeId, [...(at.get(meter.nodeId) ?? []), meter]);
  const children = new Map<string, PlantPart[]>();
  for (const part of parts)
    if (part.parentId !== null) children.set(part.parentId, [...(children.get(part.parentId) ?? []), part]);

  const walk = (part: PlantPart, parentId: string | null): MeterNode[] => {
    const here = at.get(part.id) ?? [];
    const beside = part === root && mains.length > 0;
    const below = [
      ...(beside ? here.map((meter) => leaf(meter, part.id)) : []),
      ...(children.get(part.id) ?? []).flatMap((child) => walk(child, part.id)),
    ];
    const own = beside ? mains : here;
    if (own.length === 0 && below.length === 0 && part !== root) return [];
    return [{ id: part.id, name: part.name, kind: part.kind, parentId, meterIds: own.map(({ id }) => id) }, ...below];
  };
  return walk(root, null);
}

function leaf({ id, name }: PlacedMeter, parentId: string): MeterNode {
  return { id, name, kind: 'meter', parentId, meterIds: [id] };
}

/** The highest meters in the tree that together see all of it that is metered: the root's own, or else those below. */
export function topMeters(tree: readonly MeterNode[], id = tree[0]!.id): string[] {
  const node = tree.find((one) => one.id === id)!;
  if (node.meterIds.length > 0) return [...node.meterIds];
  return tree.filter(({ parentId }) => parentId === id).flatMap((child) => topMeters(tree, child.id));
}
