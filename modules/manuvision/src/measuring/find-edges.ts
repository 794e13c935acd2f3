import {
  type Plane,
  type Point,
  type ProfileEdge,
  profileEdges,
  type Scan,
  scanRectangle,
  scanRing,
} from '@millwright/imaging';
import type { Note } from '@millwright/kernel';
import type { Found, FoundEdge } from './found.ts';
import { measuringNotes } from './notes.ts';
import type { Feature } from './plan.ts';
import { refuse } from './refusal.ts';

type EdgeFeature = Extract<Feature, { tool: 'edge' }>;
type LineFeature = Extract<Feature, { tool: 'line' }>;
type CircleFeature = Extract<Feature, { tool: 'circle' }>;
type CaliperFeature = Extract<Feature, { tool: 'caliper' }>;
type Choice = Pick<EdgeFeature, 'polarity' | 'select' | 'minContrast'>;

export function findEdge(plane: Plane, { region, ...choice }: EdgeFeature): Found {
  expectInside(plane, rectangleCorners(region));
  const [scan] = scanRectangle(plane, region, 1);
  const edges = edgesOf(scan!, choice.minContrast);
  const edge = clear(chosen(edges, choice));
  if ('code' in edge) refuse(edges.length === 0 ? whyNone([scan!], choice.minContrast, edge) : edge);
  return { kind: 'edge', edge: foundAt(scan!, edge), saturated: isSaturated([scan!]) };
}

export function findLine(plane: Plane, { region, ...choice }: LineFeature): Found {
  expectInside(plane, rectangleCorners(region));
  const scans = scanRectangle(plane, region, stripsOf(region.width));
  return { kind: 'line', ...edgesAlong(scans, choice), scans: scans.length };
}

/** First from the middle of the region, then from the middle of what was found, so that the scans cross the edge at right angles. */
export function findCircle(plane: Plane, { region, ...choice }: CircleFeature, centreOf: CentreOf): Found {
  expectInside(plane, ringExtent(region));
  const rays = (radius: number) =>
    Math.min(Math.max(Math.round((((region.to - region.from) * Math.PI) / 180) * (radius / 3)), 16), 240);
  const first = scanRing(plane, region, rays((region.inner + region.outer) / 2));
  const found = edgesAlong(first, choice);
  const circle = centreOf(found.edges);
  if (!circle) return { kind: 'circle', ...found, scans: first.length };
  // As far to both sides as blur reaches, and not beyond the region.
  const blur = Math.max(...found.edges.map((edge) => edge.blur));
  const reach = Math.min(Math.ceil(5 * blur) + 4, (region.outer - region.inner) / 2);
  const inner = Math.max(circle.radius - reach, 0);
  const ring = { ...region, x: circle.x, y: circle.y, inner, outer: inner + 2 * reach };
  const second = scanRing(plane, ring, rays(circle.radius));
  const refined = edgesAlong(second, { ...choice, select: 'strongest' });
  return { kind: 'circle', ...refined, scans: second.length };
}
type CentreOf = (edges: readonly Point[]) => (Point & { readonly radius: number }) | undefined;

export function findCaliper(plane: Plane, { region, between, select, minContrast }: CaliperFeature): Found {
  expectInside(plane, rectangleCorners(region));
  const scans = scanRectangle(plane, region, stripsOf(region.width));
  const sides: [FoundEdge[], FoundEdge[]] = [[], []];
  const reasons: Note[] = [];
  for (const scan of scans) {
    const edges = edgesOf(scan, minContrast);
    const first = edges.findIndex(({ contrast }) => between === 'any' || contrast > 0 === (between === 'bright'));
    let last = edges.length - 1;
    const closing = (at: number) => edges[at]!.contrast > 0 !== edges[first]!.contrast > 0;
    while (last > first && first >= 0 && !closing(last)) last--;
    if (first < 0 || last <= first) reasons.push(measuringNotes['pair-missing']());
    else if (select === 'only' && edges.length > 2)
      reasons.push(measuringNotes['pair-several']({ count: edges.length }));
    else if (!isClear(edges[first]!) || !isClear(edges[last]!)) reasons.push(measuringNotes['edge-unclear']());
    else {
      sides[0].push(foundAt(scan, edges[first]!));
      sides[1].push(foundAt(scan, edges[last]!));
    }
  }
  expectMost(sides[0].length, scans, reasons, minContrast);
  return { kind: 'caliper', sides, scans: scans.length, saturated: isSaturated(scans) };
}

/** One scan for every three pixels across: less than that and neighbours share their noise. */
const stripsOf = (width: number): number => Math.min(Math.max(Math.floor(width / 3), 1), 240);

function edgesAlong(scans: readonly Scan[], choice: Choice): { edges: FoundEdge[]; saturated: boolean } {
  const found: FoundEdge[] = [];
  const reasons: Note[] = [];
  for (const scan of scans) {
    const edge = clear(chosen(edgesOf(scan, choice.minContrast), choice));
    if ('code' in edge) reasons.push(edge);
    else found.push(foundAt(scan, edge));
  }
  expectMost(found.length, scans, reasons, choice.minContrast);
  return { edges: found, saturated: isSaturated(scans) };
}

const edgesOf = (scan: Scan, minContrast: number): ProfileEdge[] => profileEdges(scan.profile, { minContrast });

function chosen(edges: readonly ProfileEdge[], { polarity, select }: Choice): ProfileEdge | Note {
  const fitting = edges.filter(({ contrast }) => polarity === 'any' || contrast > 0 === (polarity === 'rising'));
  if (fitting.length === 0) return measuringNotes['edge-missing']();
  if (fitting.length === 1 || select === 'first') return fitting[0]!;
  if (select === 'last') return fitting.at(-1)!;
  if (select === 'only') return measuringNotes['edge-several']({ count: fitting.length });
  return fitting.reduce((best, one) => (Math.abs(one.contrast) > Math.abs(best.contrast) ? one : best));
}

/** Placed no worse than it is wide: where it is, the fit of its step has found nothing that tells its place. */
export const isClear = ({ uncertainty, blur }: Pick<ProfileEdge, 'uncertainty' | 'blur'>): boolean =>
  uncertainty <= 1 + blur;

const clear = (edge: ProfileEdge | Note): ProfileEdge | Note =>
  'code' in edge || isClear(edge) ? edge : measuringNotes['edge-unclear']();

/** Half of the scans must show it, else the most frequent reason is given. */
function expectMost(found: number, scans: readonly Scan[], reasons: readonly Note[], minContrast: number): void {
  if (found > 0 && found * 2 >= scans.length) return;
  const counts = new Map<string, { count: number; note: Note }>();
  for (const note of reasons) counts.set(note.code, { count: (counts.get(note.code)?.count ?? 0) + 1, note });
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  if (found > 0 && most!.note.code.endsWith('missing'))
    refuse(measuringNotes['edge-broken']({ found, scans: scans.length }));
  refuse(whyNone(scans, minContrast, most!.note));
}

function whyNone(scans: readonly Scan[], minContrast: number, otherwise: Note): Note {
  const contrast = Math.max(...scans.map(({ profile }) => Math.max(...profile) - Math.min(...profile)));
  if (contrast >= minContrast || !otherwise.code.endsWith('missing')) return otherwise;
  return measuringNotes.even({ contrast: { share: Math.round(contrast * 1000) / 1000 } });
}

function foundAt(scan: Scan, edge: ProfileEdge): FoundEdge {
  const here = scan.placeOf(edge.position);
  const ahead = scan.placeOf(edge.position + 1);
  return {
    ...here,
    blur: Math.sqrt(edge.blur ** 2 + 1 / 12),
    uncertainty: edge.uncertainty,
    across: { x: ahead.x - here.x, y: ahead.y - here.y },
  };
}

/** More than a fifth of what was scanned is as bright as can be told. */
const isSaturated = (scans: readonly Scan[]): boolean => {
  let [bright, all] = [0, 0];
  for (const { profile } of scans)
    for (const value of profile) {
      all++;
      if (value > 0.998) bright++;
    }
  return bright > 0.2 * all;
};

export function expectInside(plane: Plane, corners: readonly Point[]): void {
  // A scan may end in the outer half of the outermost pixels.
  const inside = ({ x, y }: Point) => x >= -0.5 && y >= -0.5 && x <= plane.width - 0.5 && y <= plane.height - 0.5;
  if (!corners.every(inside)) refuse(measuringNotes['region-outside']());
}

export function rectangleCorners(region: {
  x: number;
  y: number;
  angle: number;
  length: number;
  width: number;
}): Point[] {
  const cos = Math.cos((region.angle * Math.PI) / 180);
  const sin = Math.sin((region.angle * Math.PI) / 180);
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([u, v]) => {
    const along = (u! * region.length) / 2;
    const across = (v! * region.width) / 2;
    return { x: region.x + along * cos - across * sin, y: region.y + along * sin + across * cos };
  });
}

function ringExtent({ x, y, inner, outer, from, to }: CircleFeature['region']): Point[] {
  const places: Point[] = [];
  for (let angle = from; angle <= to; angle += 5)
    for (const radius of [inner, outer])
      places.push({
        x: x + radius * Math.cos((angle * Math.PI) / 180),
        y: y + radius * Math.sin((angle * Math.PI) / 180),
      });
  return places;
}
