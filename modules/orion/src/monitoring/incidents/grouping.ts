/** What is known of an alarm when it looks for its incident. */
export interface AlarmFacts {
  readonly nodeId: string;
  readonly from: number;
  readonly to: number;
  /** Each point's share of the blame, by the point's id. */
  readonly signature: Readonly<Record<string, number>>;
}

/** Where a node stands. */
export interface NodePlace {
  readonly parentId: string | null;
  readonly kind: 'site' | 'area' | 'line' | 'asset';
}

/** Alarms so long apart are still of one time; of one asset longer, for what goes wrong slowly comes and goes at first. */
const apartMs = 6 * 3_600_000;
const apartOfAssetMs = 7 * 24 * 3_600_000;
/** A point with this share of the blame leads. */
const leadingShare = 0.3;

/**
 * Whether two alarms have one cause: they overlap in time, and are of one asset, blame one point, or stand beside each other in the plant
 * (one holds the other, or one line or machine holds both).
 */
export function haveOneCause(
  one: AlarmFacts,
  other: AlarmFacts,
  place: (nodeId: string) => NodePlace | undefined,
): boolean {
  const apart = Math.max(one.from - other.to, other.from - one.to);
  if (one.nodeId === other.nodeId) return apart <= apartOfAssetMs;
  if (apart > apartMs) return false;
  const leads = leadersOf(one.signature);
  if (leadersOf(other.signature).some((point) => leads.includes(point))) return true;
  return areNeighbours(one.nodeId, other.nodeId, place);
}

const leadersOf = (signature: AlarmFacts['signature']): string[] =>
  Object.keys(signature).filter((point) => signature[point]! >= leadingShare);

function areNeighbours(one: string, other: string, place: (nodeId: string) => NodePlace | undefined): boolean {
  const [a, b] = [place(one), place(other)];
  if (!a || !b) return false;
  if (a.parentId === other || b.parentId === one) return a.kind === 'asset' && b.kind === 'asset';
  if (a.parentId === null || a.parentId !== b.parentId) return false;
  const parent = place(a.parentId)?.kind;
  return parent === 'line' || parent === 'asset';
}

/** What alarms blame together, each weighed by how long it stood and how high it went. Shares add up to 1. */
export function joinSignatures(
  alarms: readonly { readonly signature: AlarmFacts['signature']; readonly weight: number }[],
): Record<string, number> {
  const joined: Record<string, number> = {};
  const total = alarms.reduce((sum, { weight }) => sum + weight, 0);
  for (const { signature, weight } of alarms)
    for (const [point, share] of Object.entries(signature))
      joined[point] = (joined[point] ?? 0) + share * (total > 0 ? weight / total : 1 / alarms.length);
  return joined;
}

/** Cosine of two signatures, 0 to 1: whether the same is blamed. */
export function similarity(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): number {
  let [both, a, b] = [0, 0, 0];
  for (const [key, share] of Object.entries(one)) {
    a += share * share;
    both += share * (other[key] ?? 0);
  }
  for (const share of Object.values(other)) b += share * share;
  return a > 0 && b > 0 ? both / Math.sqrt(a * b) : 0;
}
