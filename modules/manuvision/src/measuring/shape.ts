import {
  type FittedCircle,
  type FittedLine,
  fitCircleRobustly,
  fitLineRobustly,
  median,
  offLine,
  type Point,
  polygonArea,
  polygonPerimeter,
} from '@millwright/imaging';
import type { Found, FoundEdge } from './found.ts';
import { measuringNotes } from './notes.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

/** A point with the standard uncertainty of its place in any direction, by the noise of the picture alone. */
export interface MeasuredPoint extends Point {
  readonly uncertainty: number;
}

/** What was found, in the coordinates that are measured in. */
export type Shape =
  | { readonly kind: 'point'; readonly point: MeasuredPoint }
  | { readonly kind: 'line'; readonly line: FittedLine; readonly straightness: number }
  | {
      readonly kind: 'circle';
      readonly circle: FittedCircle;
      readonly roundness: number;
      readonly point: MeasuredPoint;
    }
  | { readonly kind: 'width'; readonly width: number; readonly uncertainty: number; readonly point: MeasuredPoint }
  | {
      readonly kind: 'area';
      readonly area: number;
      readonly areaUncertainty: number;
      readonly perimeter: number;
      readonly perimeterUncertainty: number;
      readonly point: MeasuredPoint;
    };

/** Fits to what was found, in the world's unit. Refuses where the edge does not follow the shape. */
export function shapeOf(found: Found, world: World): Shape {
  switch (found.kind) {
    case 'edge': {
      const { edge } = found;
      return { kind: 'point', point: { ...world.at(edge), uncertainty: edge.uncertainty * world.scaleAt(edge) } };
    }
    case 'line': {
      const line = lineThrough(found.edges, world);
      return { kind: 'line', line, straightness: stripOf(found.edges, line, world) };
    }
    case 'circle':
      return circleOf(found, world);
    case 'caliper':
      return widthOf(found.sides, world);
    case 'area':
      return areaOf(found, world);
  }
}

const floorOf = (edges: readonly FoundEdge[], world: World) => ({ floor: 0.1 * world.scaleAt(edges[0]!) });

function lineThrough(edges: readonly FoundEdge[], world: World): FittedLine {
  const points = edges.map((edge) => world.at(edge));
  const line = fitLineRobustly(points, edges.length > 0 ? floorOf(edges, world) : {});
  if (!line) return refuse(measuringNotes['shape-unlike']({ found: edges.length, scans: edges.length }));
  if (line.inliers.length * 2 < edges.length)
    return refuse(measuringNotes['shape-unlike']({ found: line.inliers.length, scans: edges.length }));
  // Where fewer than three points leave no scatter, the noise around each edge speaks.
  const single =
    (root(line.inliers.map((at) => edges[at]!.uncertainty)) * world.scaleAt(edges[0]!)) /
    Math.sqrt(line.inliers.length);
  return { ...line, placeUncertainty: Math.max(line.placeUncertainty, single) };
}

/** Width of the narrowest strip along the fitted line that holds its points (the least squares reference of ISO 12780). */
function stripOf(edges: readonly FoundEdge[], line: FittedLine, world: World): number {
  const off = line.inliers.map((at) => offLine(line, world.at(edges[at]!)));
  return Math.max(...off) - Math.min(...off);
}

/**
 * Blur draws the edge of a disc towards its middle by its variance over twice the radius (Bouma et al. 2005, Correction for
 * the dislocation of curved surfaces caused by the PSF); that much is given back.
 */
function circleOf({ edges, scans }: { edges: readonly FoundEdge[]; scans: number }, world: World): Shape {
  const points = edges.map((edge) => world.at(edge));
  const circle = points.length >= 3 ? fitCircleRobustly(points, floorOf(edges, world)) : undefined;
  if (!circle || circle.inliers.length * 2 < scans)
    return refuse(measuringNotes['shape-unlike']({ found: circle?.inliers.length ?? points.length, scans }));
  const scale = world.scaleAt(edges[circle.inliers[0]!]!);
  // The middle one: noise makes single edges look wider, never narrower than sharp.
  const blur = median(circle.inliers.map((at) => edges[at]!.blur)) * scale;
  const off = circle.inliers.map((at) => Math.hypot(points[at]!.x - circle.x, points[at]!.y - circle.y));
  const { x, y, uncertainty } = circle;
  return {
    kind: 'circle',
    circle: { ...circle, radius: circle.radius + blur ** 2 / (2 * circle.radius) },
    roundness: Math.max(...off) - Math.min(...off),
    point: { x, y, uncertainty: Math.hypot(uncertainty.x, uncertainty.y) / Math.SQRT2 },
  };
}

/** Between two lines, at right angles to the middle of both directions, so that a part that lies askew is not measured too wide. */
function widthOf(sides: readonly [readonly FoundEdge[], readonly FoundEdge[]], world: World): Shape {
  if (sides[0].length < 3) return singleWidth(sides, world);
  const [one, other] = sides.map((edges) => lineThrough(edges, world)) as [FittedLine, FittedLine];
  const same = one.direction.x * other.direction.x + one.direction.y * other.direction.y < 0 ? -1 : 1;
  const direction = {
    x: one.direction.x + same * other.direction.x,
    y: one.direction.y + same * other.direction.y,
  };
  const size = Math.hypot(direction.x, direction.y);
  const normal = { x: -direction.y / size, y: direction.x / size };
  const dx = other.point.x - one.point.x;
  const dy = other.point.y - one.point.y;
  // Seen askew, the points that are subtracted lie apart along the lines too, and there their direction counts.
  const along = Math.abs(dx * direction.x + dy * direction.y) / size;
  const turning = (along * Math.hypot(one.angleUncertainty, other.angleUncertainty)) / 2;
  const uncertainty = Math.hypot(one.placeUncertainty, other.placeUncertainty, turning);
  return {
    kind: 'width',
    width: Math.abs(dx * normal.x + dy * normal.y),
    uncertainty,
    point: { x: one.point.x + dx / 2, y: one.point.y + dy / 2, uncertainty: uncertainty / 2 },
  };
}

function singleWidth(sides: readonly [readonly FoundEdge[], readonly FoundEdge[]], world: World): Shape {
  const n = sides[0].length;
  let [width, x, y] = [0, 0, 0];
  for (const [at, edge] of sides[0].entries()) {
    const one = world.at(edge);
    const other = world.at(sides[1][at]!);
    width += Math.hypot(other.x - one.x, other.y - one.y) / n;
    x += (one.x + other.x) / 2 / n;
    y += (one.y + other.y) / 2 / n;
  }
  const scale = world.scaleAt(sides[0][0]!);
  const each = Math.hypot(...sides.map((edges) => root(edges.map((edge) => edge.uncertainty)) * scale));
  const uncertainty = each / Math.sqrt(n);
  return { kind: 'width', width, uncertainty, point: { x, y, uncertainty: uncertainty / 2 } };
}

/**
 * Blur takes pi times its variance off the area within any smooth closed line, whatever its shape: the dislocation is the
 * variance over two times the curvature, and the curvature of a closed line adds up to one turn.
 */
function areaOf({ loops }: Extract<Found, { kind: 'area' }>, world: World): Shape {
  let [area, perimeter, momentX, momentY, variance, perimeterVariance] = [0, 0, 0, 0, 0, 0];
  for (const { edges, hole } of loops) {
    const points = edges.map((edge) => world.at(edge));
    const scale = world.scaleAt(edges[0]!);
    const seen = edges.filter(({ blur }) => Number.isFinite(blur));
    const blur = seen.length > 0 ? median(seen.map((edge) => edge.blur)) * scale : 0;
    const polygon = polygonArea(points);
    const own = (polygon.area + Math.PI * blur ** 2) * (hole ? -1 : 1);
    const around = polygonPerimeter(points);
    const across = root(seen.map((edge) => edge.uncertainty)) * scale;
    area += own;
    perimeter += around;
    momentX += polygon.centre.x * own;
    momentY += polygon.centre.y * own;
    variance += (around * across) ** 2 / Math.max(seen.length, 1);
    perimeterVariance += (2 * Math.PI * across) ** 2 / Math.max(seen.length, 1);
  }
  const areaUncertainty = Math.sqrt(variance);
  const point = { x: momentX / area, y: momentY / area, uncertainty: areaUncertainty / Math.max(perimeter, 1e-12) };
  return {
    ...{ kind: 'area', area, areaUncertainty, perimeter, perimeterUncertainty: Math.sqrt(perimeterVariance), point },
  };
}

/** Root of the mean square. */
const root = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.sqrt(values.reduce((sum, one) => sum + one * one, 0) / values.length);
