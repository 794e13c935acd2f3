import { crossing, distanceBetween, type FittedLine, offLine, type Point } from '@millwright/imaging';
import { measuringNotes } from './notes.ts';
import type { Feature } from './plan.ts';
import type { Quantity } from './quantity.ts';
import { refuse } from './refusal.ts';
import type { MeasuredPoint, Shape } from './shape.ts';

/** The coordinates that x, y and angles are said in: where the part is and how it is turned, in the world's unit. */
export interface Frame {
  readonly origin: Point;
  /** Unit vectors of x and y. */
  readonly x: Point;
  readonly y: Point;
}

export const pictureFrame: Frame = { origin: { x: 0, y: 0 }, x: { x: 1, y: 0 }, y: { x: 0, y: 1 } };

/** What a feature is made of by name: shapes that are measured already. */
export type ShapesByName = (name: string) => Shape;

/** The shape of a feature that is made of others; undefined for distances and angles, which have none. */
export function derivedShape(feature: Feature, shapes: ShapesByName): Shape | undefined {
  if (feature.tool === 'value') return shapes(feature.of[0]);
  if (feature.tool !== 'crossing') return undefined;
  const [one, other] = feature.of.map((name) => lineOf(shapes(name), name)) as [FittedLine, FittedLine];
  const point = crossing(one, other);
  const sine = Math.abs(one.direction.x * other.direction.y - one.direction.y * other.direction.x);
  // As far as their directions are certain, they may be: then they cross anywhere.
  const apart = 2 * Math.hypot(one.angleUncertainty, other.angleUncertainty);
  if (!point || sine <= apart) return refuse(measuringNotes.parallel());
  const uncertainty = Math.hypot(acrossAt(one, point), acrossAt(other, point)) / sine / Math.SQRT2;
  return { kind: 'point', point: { ...point, uncertainty } };
}

export function quantityOf(feature: Feature, shape: Shape | undefined, shapes: ShapesByName, frame: Frame): Quantity {
  if (feature.tool === 'distance') return distanceOf(feature, shapes, frame);
  if (feature.tool === 'angle') return angleBetween(feature, shapes);
  return measureOf(shape!, feature.measure, feature.name, frame);
}

function measureOf(shape: Shape, measure: string, name: string, frame: Frame): Quantity {
  const length = (value: number, noise: number, places: number = Math.SQRT2): Quantity => ({
    ...{ value, noise, places, dimension: 1 },
  });
  if ((measure === 'x' || measure === 'y') && shape.kind !== 'line') {
    const { point } = shape;
    const way = frame[measure];
    const value = (point.x - frame.origin.x) * way.x + (point.y - frame.origin.y) * way.y;
    return length(value, point.uncertainty, 1);
  }
  if (shape.kind === 'line' && measure === 'angle') return angleIn(shape.line, frame);
  if (shape.kind === 'line' && measure === 'straightness')
    return length(shape.straightness, shape.line.deviation * Math.SQRT2);
  if (shape.kind === 'circle') {
    const { circle, roundness } = shape;
    if (measure === 'diameter') return length(2 * circle.radius, 2 * circle.uncertainty.radius);
    if (measure === 'radius') return length(circle.radius, circle.uncertainty.radius, Math.SQRT1_2);
    if (measure === 'roundness') return length(roundness, circle.deviation * Math.SQRT2);
  }
  if (shape.kind === 'width' && measure === 'width') return length(shape.width, shape.uncertainty);
  if (shape.kind === 'area' && measure === 'area')
    // As if the whole outline lay off by as much as one place may.
    return { value: shape.area, noise: shape.areaUncertainty, places: shape.perimeter, dimension: 2 };
  if (shape.kind === 'area' && measure === 'perimeter')
    return length(shape.perimeter, shape.perimeterUncertainty, 2 * Math.PI);
  return refuse(measuringNotes['not-such']({ name, measure }));
}

const toDegrees = 180 / Math.PI;

function angleIn(line: FittedLine, frame: Frame): Quantity {
  const { direction } = line;
  const along = direction.x * frame.x.x + direction.y * frame.x.y;
  const across = direction.x * frame.y.x + direction.y * frame.y.y;
  const degrees = Math.atan2(across, along) * toDegrees;
  const value = degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees;
  return { value, noise: line.angleUncertainty * toDegrees, places: turning(line), dimension: 0 };
}

/** Degrees that a line turns when one of its ends is off by one. */
const turning = ({ reach }: FittedLine): number => (toDegrees * Math.SQRT2) / Math.max(2 * reach, 1e-9);

function angleBetween(feature: Extract<Feature, { tool: 'angle' }>, shapes: ShapesByName): Quantity {
  const [one, other] = feature.of.map((name) => lineOf(shapes(name), name)) as [FittedLine, FittedLine];
  const cross = one.direction.x * other.direction.y - one.direction.y * other.direction.x;
  const along = one.direction.x * other.direction.x + one.direction.y * other.direction.y;
  const sharp = Math.atan2(Math.abs(cross), Math.abs(along)) * toDegrees;
  const { nominal } = feature;
  const value =
    nominal !== undefined && Math.abs(180 - sharp - nominal) < Math.abs(sharp - nominal) ? 180 - sharp : sharp;
  return {
    ...{ value, dimension: 0, places: Math.hypot(turning(one), turning(other)) },
    noise: Math.hypot(one.angleUncertainty, other.angleUncertainty) * toDegrees,
  };
}

function distanceOf(feature: Extract<Feature, { tool: 'distance' }>, shapes: ShapesByName, frame: Frame): Quantity {
  const [one, other] = feature.of.map(shapes) as [Shape, Shape];
  const common = { places: Math.SQRT2, dimension: 1 } as const;
  if (feature.along !== 'direct' || (one.kind !== 'line' && other.kind !== 'line')) {
    const a = pointOf(one, feature.of[0]);
    const b = pointOf(other, feature.of[1]);
    const way = feature.along === 'direct' ? undefined : frame[feature.along];
    const value = way ? Math.abs((b.x - a.x) * way.x + (b.y - a.y) * way.y) : distanceBetween(a, b);
    return { ...common, value, noise: Math.hypot(a.uncertainty, b.uncertainty) };
  }
  if (one.kind === 'line' && other.kind === 'line') {
    const value = (Math.abs(offLine(one.line, other.line.point)) + Math.abs(offLine(other.line, one.line.point))) / 2;
    return {
      ...common,
      value,
      noise: Math.hypot(acrossAt(one.line, other.line.point), acrossAt(other.line, one.line.point)),
    };
  }
  const line = one.kind === 'line' ? one.line : (other as Extract<Shape, { kind: 'line' }>).line;
  const point = one.kind === 'line' ? pointOf(other, feature.of[1]) : pointOf(one, feature.of[0]);
  return {
    ...{ ...common, value: Math.abs(offLine(line, point)) },
    noise: Math.hypot(point.uncertainty, acrossAt(line, point)),
  };
}

/** Standard uncertainty of a line's place across, where it is nearest to a point: farther out its direction counts. */
function acrossAt({ point, direction, placeUncertainty, angleUncertainty }: FittedLine, at: Point): number {
  const along = (at.x - point.x) * direction.x + (at.y - point.y) * direction.y;
  return Math.hypot(placeUncertainty, along * angleUncertainty);
}

export function pointOf(shape: Shape, name: string): MeasuredPoint {
  if (shape.kind === 'line') return refuse(measuringNotes['not-a-point']({ name }));
  return shape.point;
}

export function lineOf(shape: Shape, name: string): FittedLine {
  if (shape.kind !== 'line') return refuse(measuringNotes['not-a-line']({ name }));
  return shape.line;
}
