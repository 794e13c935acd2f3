import {
  contoursAt,
  cutPlane,
  gaussianBlur,
  otsuLevel,
  type Plane,
  type Point,
  profileEdges,
  sampleAt,
} from '@millwright/imaging';
import { expectInside, isClear, rectangleCorners } from './find-edges.ts';
import type { Found, FoundEdge, Loop } from './found.ts';
import { measuringNotes } from './notes.ts';
import type { Feature } from './plan.ts';
import { refuse } from './refusal.ts';

type AreaFeature = Extract<Feature, { tool: 'area' }>;

/**
 * The outline of the largest object: found as a line of equal brightness half way between object and ground (Otsu 1979), each
 * of its points then moved to the edge across it, so that the result does not hang on that brightness.
 */
export function findArea(plane: Plane, { region, object, minContrast }: AreaFeature): Found {
  const corners = rectangleCorners({ ...region, length: region.width, width: region.height });
  expectInside(plane, corners);
  const left = Math.max(Math.floor(Math.min(...corners.map(({ x }) => x))), 0);
  const top = Math.max(Math.floor(Math.min(...corners.map(({ y }) => y))), 0);
  const right = Math.min(Math.ceil(Math.max(...corners.map(({ x }) => x))), plane.width - 1);
  const bottom = Math.min(Math.ceil(Math.max(...corners.map(({ y }) => y))), plane.height - 1);
  const window = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  const smooth = gaussianBlur(cutPlane(plane, window), 1);
  const { level, dark, bright } = twoLevels(smooth.data);
  if (bright - dark < minContrast)
    refuse(measuringNotes.even({ contrast: { share: Math.round((bright - dark) * 1000) / 1000 } }));
  const contours = contoursAt(smooth, level).map(({ points, closed }) => {
    const moved = points.map(({ x, y }) => ({ x: x + left, y: y + top }));
    return { points: moved, closed, area: signedArea(moved) };
  });
  // What is brighter lies to the left of the way, so around something bright the signed area is below 0.
  const around = contours.filter(({ area }) => area < 0 === (object === 'bright'));
  const whole = around.filter(({ closed, points }) => closed && points.every((point) => isInside(point, region)));
  whole.sort((a, b) => Math.abs(b.area) - Math.abs(a.area));
  const [outline] = whole;
  const open = contours.some(
    ({ closed, points }) => !closed && points.length > 10 && points.some((p) => isInside(p, region)),
  );
  if (!outline || Math.abs(outline.area) < 9)
    refuse(open ? measuringNotes['object-cut']() : measuringNotes['object-missing']());
  const holes = contours.filter(
    ({ closed, area, points }) =>
      closed && area < 0 !== outline.area < 0 && Math.abs(area) >= 9 && encloses(outline.points, points[0]!),
  );
  const contrast = bright - dark;
  const loops: Loop[] = [outline, ...holes].map(({ points }, at) => ({
    edges: toEdges(plane, points, contrast),
    hole: at > 0,
  }));
  return { kind: 'area', loops, saturated: bright > 0.998 };
}

/** Samples across the outline, each way. */
const reach = 7;

function toEdges(plane: Plane, points: readonly Point[], contrast: number): FoundEdge[] {
  // Contours have a point about every 0.8 pixels; of very long ones, not all are needed.
  const every = Math.max(1, Math.floor(points.length / 2000));
  const kept = points.filter((_, at) => at % every === 0);
  const n = kept.length;
  return kept.map((point, at) => {
    const before = kept[(at - 2 + n) % n]!;
    const after = kept[(at + 2) % n]!;
    const size = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const across = { x: -(after.y - before.y) / size, y: (after.x - before.x) / size };
    const profile = Float64Array.from({ length: 2 * reach + 1 }, (_, step) =>
      sampleAt(plane, point.x + (step - reach) * across.x, point.y + (step - reach) * across.y),
    );
    const edge = profileEdges(profile, { minContrast: contrast / 2 }).find(
      (one) => Math.abs(one.position - reach) < 1.5 && isClear(one),
    );
    // At a corner, beside another edge, or where it is not clear, the line of equal brightness stays.
    if (!edge) return { ...point, across, blur: Number.NaN, uncertainty: Number.NaN };
    const off = edge.position - reach;
    return {
      ...{ x: point.x + off * across.x, y: point.y + off * across.y, across },
      ...{ blur: Math.sqrt(edge.blur ** 2 + 1 / 12), uncertainty: edge.uncertainty },
    };
  });
}

/** Means of both sides of Otsu's split, and the middle between them. */
function twoLevels(values: Float32Array): { level: number; dark: number; bright: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
  if (!(most > least)) return { level: most, dark: most, bright: most };
  // Bytes over the range that there is, so that a picture of low contrast is split as finely.
  const bytes = Uint8Array.from(values, (value) => Math.round(((value - least) / (most - least)) * 255));
  const split = otsuLevel(bytes);
  const [sums, counts] = [[0, 0] as [number, number], [0, 0] as [number, number]];
  for (const [at, value] of values.entries()) {
    const side = bytes[at]! > split ? 1 : 0;
    sums[side] += value;
    counts[side]++;
  }
  const [dark, bright] = [sums[0] / Math.max(counts[0], 1), sums[1] / Math.max(counts[1], 1)];
  return { level: (dark + bright) / 2, dark, bright };
}

const signedArea = (points: readonly Point[]): number => {
  let twice = 0;
  for (const [at, { x, y }] of points.entries()) {
    const other = points[(at + 1) % points.length]!;
    twice += x * other.y - other.x * y;
  }
  return twice / 2;
};

function isInside({ x, y }: Point, region: AreaFeature['region']): boolean {
  const cos = Math.cos((region.angle * Math.PI) / 180);
  const sin = Math.sin((region.angle * Math.PI) / 180);
  const along = (x - region.x) * cos + (y - region.y) * sin;
  const across = (y - region.y) * cos - (x - region.x) * sin;
  return Math.abs(along) < region.width / 2 && Math.abs(across) < region.height / 2;
}

/** Even-odd rule. */
function encloses(points: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  for (const [at, one] of points.entries()) {
    const other = points[(at + 1) % points.length]!;
    if (one.y > y !== other.y > y && x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x)
      inside = !inside;
  }
  return inside;
}
