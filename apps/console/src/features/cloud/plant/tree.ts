import type { NodeKind, PlantNode } from '../../../api/types.ts';

export interface Branch {
  readonly node: PlantNode;
  readonly children: readonly Branch[];
}

/** What may stand under what; the server's own rule (ISA-95), so that a move is not offered that it would refuse. */
const parents: Record<NodeKind, readonly NodeKind[]> = {
  site: [],
  area: ['site', 'area'],
  line: ['site', 'area'],
  asset: ['site', 'area', 'line', 'asset'],
};

export const kindsUnder = (kind: NodeKind): NodeKind[] =>
  (Object.keys(parents) as NodeKind[]).filter((child) => parents[child].includes(kind));

const byName = (a: Branch, b: Branch) => a.node.name.localeCompare(b.node.name, undefined, { numeric: true });

/** The nodes as a tree, each level by name with numbers by size. A node whose parent is out of sight stands at the top. */
export function buildTree(nodes: readonly PlantNode[]): Branch[] {
  const known = new Set(nodes.map(({ id }) => id));
  const under = Map.groupBy(nodes, ({ parentId }) => (parentId && known.has(parentId) ? parentId : ''));
  const grow = (parentId: string): Branch[] =>
    (under.get(parentId) ?? []).map((node) => ({ node, children: grow(node.id) })).sort(byName);
  return grow('');
}

/** From the site down to the node itself. */
export function pathTo(nodes: readonly PlantNode[], id: string): PlantNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const path: PlantNode[] = [];
  for (let at = byId.get(id); at; at = at.parentId ? byId.get(at.parentId) : undefined) path.unshift(at);
  return path;
}

/** Names of what each node stands in, from the site down: all at once, for thousands of nodes. */
export function placesOf(nodes: readonly PlantNode[]): Map<string, readonly string[]> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map<string, readonly string[]>();
  const placeOf = (node: PlantNode): readonly string[] => {
    const known = places.get(node.id);
    if (known) return known;
    const parent = node.parentId ? byId.get(node.parentId) : undefined;
    const place = parent ? [...placeOf(parent), parent.name] : [];
    places.set(node.id, place);
    return place;
  };
  for (const node of nodes) placeOf(node);
  return places;
}

/** Ids of the nodes that match, and of everything above them. */
export function findNodes(nodes: readonly PlantNode[], search: string): { found: Set<string>; open: Set<string> } {
  const text = search.trim().toLowerCase();
  const found = new Set(
    nodes.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(text)).map(({ id }) => id),
  );
  const open = new Set<string>();
  for (const id of found) for (const above of pathTo(nodes, id).slice(0, -1)) open.add(above.id);
  return { found, open };
}

/** Where a node may be moved: of a kind that fits, on its own site, not itself and nothing beneath it. */
export function placesFor(nodes: readonly PlantNode[], moved: PlantNode): PlantNode[] {
  return nodes.filter(
    (place) =>
      place.siteId === moved.siteId &&
      parents[moved.kind].includes(place.kind) &&
      !pathTo(nodes, place.id).some(({ id }) => id === moved.id),
  );
}
