import type { PlantNode } from '../../../api/types.ts';
import type { Camera } from '../types.ts';

export const cameraStates = ['streaming', 'connecting', 'lost', 'ended', 'off', 'elsewhere'] as const;

interface Narrowing {
  readonly search: string;
  readonly state: string | undefined;
  /** Only what looks at one of these. */
  readonly place?: ReadonlySet<string> | undefined;
}

/** The address a camera is reached at, or the file it plays. */
export function sourceText({ settings: { source } }: Camera): string {
  if (source.type === 'stream') return source.url;
  return source.type === 'file' ? source.fileName : source.device;
}

/** Cameras whose name or address holds every word, in the state that was asked for: `ill` is any whose picture is not good, or of which something is to be known. */
export function shownCameras(cameras: readonly Camera[], { search, state, place }: Narrowing): Camera[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return cameras.filter((camera) => {
    const text = `${camera.name} ${sourceText(camera)}`.toLowerCase();
    const { health, notes } = camera.state;
    const isIll = (health !== null && health !== 'good') || notes.length > 0;
    const isMeant = !state || (state === 'ill' ? isIll : camera.state.state === state);
    const isThere = !place || (camera.assetId !== null && place.has(camera.assetId));
    return isMeant && isThere && words.every((word) => text.includes(word));
  });
}

/** Areas, lines and assets below which cameras look at something, in order of name, each with the assets that count as it. */
export function placesOf(
  cameras: readonly Camera[],
  nodes: readonly PlantNode[],
): Map<string, { name: string; assetIds: ReadonlySet<string> }> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const found = new Map<string, { name: string; assetIds: Set<string> }>();
  for (const { assetId } of cameras)
    for (let node = assetId ? byId.get(assetId) : undefined; node && node.kind !== 'site'; )
      if (assetId) {
        const place = found.get(node.id) ?? { name: node.name, assetIds: new Set<string>() };
        place.assetIds.add(assetId);
        found.set(node.id, place);
        node = node.parentId ? byId.get(node.parentId) : undefined;
      }
  return new Map([...found].sort(([, a], [, b]) => a.name.localeCompare(b.name, undefined, { numeric: true })));
}
