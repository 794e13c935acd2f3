import {
  type Component,
  connectedComponents,
  gaussianBlur,
  localStatistics,
  localThreshold,
  type Plane,
  type Point,
  resizePlane,
} from '@millwright/imaging';

/** Where a code may lie: four corners in turn, in pixels of the plane. */
export type QuadGuess = readonly [Point, Point, Point, Point];

/** Pixels of a side that regions are looked for at. */
const overview = 256;

/** Regions with many edges, and regions of dark modules that lie close to each other, each with quads around them; the likeliest first. */
export function findQuads(plane: Plane, most: number): QuadGuess[] {
  const scale = Math.min(1, overview / Math.max(plane.width, plane.height));
  const small =
    scale === 1
      ? plane
      : resizePlane(plane, Math.max(8, Math.round(plane.width * scale)), Math.max(8, Math.round(plane.height * scale)));
  const quads: QuadGuess[][] = [];
  for (const mask of [busyMask(small, 3), darkMask(small, 3), darkMask(small, 6), busyMask(small, 7)]) {
    const { labels, components } = connectedComponents(mask, small.width, small.height);
    const largest = [...components].sort((a, b) => b.area - a.area).slice(0, 2);
    for (const component of largest) {
      if (component.area < 0.01 * small.width * small.height) continue;
      quads.push(quadsAround(hullOf(labels, small.width, component)));
    }
  }
  // The first of every region goes before the second of any.
  const ordered: QuadGuess[] = [];
  for (let rank = 0; rank < 6; rank++) for (const list of quads) if (list[rank]) ordered.push(list[rank]!);
  const back = [plane.width / small.width, plane.height / small.height] as const;
  const full = ordered.map((quad) =>
    quad.map(({ x, y }) => ({ x: (x + 0.5) * back[0] - 0.5, y: (y + 0.5) * back[1] - 0.5 })),
  );
  return different(full as unknown as QuadGuess[], Math.max(plane.width, plane.height) * 0.02).slice(0, most);
}

/** Where the brightness varies: above the middle between little and much of it. */
function busyMask(plane: Plane, radius: number): Uint8Array {
  const noise = gaussianBlur(plane, 0.8);
  const { deviation } = localStatistics(noise, radius);
  const { data } = gaussianBlur({ ...plane, data: deviation }, radius);
  const sorted = Float32Array.from(data).sort();
  const [low, high] = [sorted[Math.floor(sorted.length * 0.05)]!, sorted[Math.floor(sorted.length * 0.95)]!];
  return Uint8Array.from(data, (value) => (value > low + (high - low) * 0.5 ? 1 : 0));
}

/** Dark modules, grown together. */
function darkMask(plane: Plane, radius: number): Uint8Array {
  const { width, height } = plane;
  const { data } = localThreshold(gaussianBlur(plane, 0.8), { method: 'sauvola', radius: 20, k: 0.15 });
  const dark = { width, height, data: data.map((value) => 1 - value) };
  const { mean } = localStatistics(dark, radius);
  // Where a good part of the surroundings is dark lies the code; half of the window is lost at its edge.
  return Uint8Array.from(mean, (value) => (value > 0.22 ? 1 : 0));
}

/** Convex hull of a component, in turn (Andrew 1979). */
function hullOf(labels: Int32Array, width: number, { label, x, y, width: w, height: h }: Component): Point[] {
  const points: Point[] = [];
  for (let row = y; row < y + h; row++) {
    let [first, last] = [-1, -1];
    for (let column = x; column < x + w; column++)
      if (labels[row * width + column] === label) {
        if (first < 0) first = column;
        last = column;
      }
    if (first >= 0) points.push({ x: first, y: row }, { x: last, y: row });
  }
  points.sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length > 1 && cross(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(points), ...half(points.reverse())];
}

const cross = (o: Point, a: Point, b: Point) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/** The largest quad of the hull's points; the parallelograms of three of its corners; the upright box. */
function quadsAround(hull: readonly Point[]): QuadGuess[] {
  if (hull.length < 4) return [];
  const every = Math.max(1, Math.ceil(hull.length / 28));
  const points = hull.filter((_, at) => at % every === 0);
  const count = points.length;
  let best: QuadGuess | undefined;
  let most = 0;
  for (let a = 0; a < count - 3; a++)
    for (let c = a + 2; c < count - 1; c++) {
      // The two corners beside a diagonal are chosen alone: each that is furthest from it.
      let [b, d, left, right] = [-1, -1, 0, 0];
      for (let at = a + 1; at < c; at++) {
        const area = Math.abs(cross(points[a]!, points[c]!, points[at]!));
        if (area > left) [left, b] = [area, at];
      }
      for (let at = c + 1; at < count; at++) {
        const area = Math.abs(cross(points[a]!, points[c]!, points[at]!));
        if (area > right) [right, d] = [area, at];
      }
      if (b < 0 || d < 0 || left + right <= most) continue;
      most = left + right;
      best = [points[a]!, points[b]!, points[c]!, points[d]!];
    }
  if (!best) return [];
  const quads: QuadGuess[] = [best];
  for (let at = 0; at < 4; at++) {
    const [p, q, r] = [best[(at + 3) % 4]!, best[at]!, best[(at + 1) % 4]!];
    const fourth = { x: p.x + r.x - q.x, y: p.y + r.y - q.y };
    const quad = [...best] as Point[];
    quad[(at + 2) % 4] = fourth;
    quads.push(quad as unknown as QuadGuess);
  }
  return quads;
}

function different(quads: readonly QuadGuess[], least: number): QuadGuess[] {
  const kept: QuadGuess[] = [];
  for (const quad of quads) if (!kept.some((other) => apart(quad, other) < least)) kept.push(quad);
  return kept;
}

/** The furthest that a corner lies from the nearest corner of the other. */
const apart = (one: QuadGuess, other: QuadGuess) =>
  Math.max(...one.map((p) => Math.min(...other.map((q) => Math.hypot(p.x - q.x, p.y - q.y)))));
