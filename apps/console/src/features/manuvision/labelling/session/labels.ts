import { fromRuns, type RunMask, toRuns } from '../geometry/runs.ts';
import type { Shape } from '../geometry/shape.ts';
import { newId } from './new-id.ts';

/** A defect that somebody drew. */
export interface Region {
  /** A UUID, made by who draws it. */
  readonly id: string;
  readonly class: string;
  readonly shape: Shape;
}

/** What is said of a picture. */
export interface Labels {
  readonly label: 'good' | 'defect';
  /** Of a defect. */
  readonly class: string | null;
  readonly regions: readonly Region[];
}

type WireShape =
  | { kind: 'box'; x: number; y: number; width: number; height: number }
  | { kind: 'polygon'; points: number[] }
  | RunMask;

/** As the server sends and takes it. */
interface WireRegion {
  id: string;
  class: string;
  shape: WireShape;
}

export interface WireLabels {
  readonly label: 'good' | 'defect';
  readonly class: string | null;
  readonly regions: readonly WireRegion[];
}

export const toRegion = ({ id, class: name, shape }: WireRegion): Region => ({
  ...{ id, class: name },
  shape: shape.kind === 'mask' ? { kind: 'mask', spans: fromRuns(shape) } : shape,
});

export const toLabels = ({ label, class: name, regions }: WireLabels): Labels => ({
  ...{ label, class: name },
  regions: regions.map(toRegion),
});

function toWireShape(shape: Shape): WireShape | undefined {
  if (shape.kind === 'mask') return toRuns(shape.spans);
  if (shape.kind === 'polygon') return { kind: 'polygon', points: [...shape.points] };
  const { x, y, width, height } = shape;
  return { kind: 'box', x, y, width, height };
}

/** Without masks of nothing. */
export const toWire = ({ label, class: name, regions }: Labels): WireLabels => ({
  ...{ label, class: name },
  regions: regions.flatMap(({ id, class: own, shape }) => {
    const wire = toWireShape(shape);
    return wire ? [{ id, class: own, shape: wire }] : [];
  }),
});

const drawn = (region: Region): string => JSON.stringify([region.class, toWireShape(region.shape)]);

/** Whether both say the same, whatever the ids. */
export const sameLabels = (a: Labels, b: Labels): boolean =>
  a.label === b.label && a.class === b.class && `${a.regions.map(drawn).sort()}` === `${b.regions.map(drawn).sort()}`;

/** All regions of both; what both drew alike once. Of one region that was changed by both, both stay. */
export function keepBoth(mine: Labels, theirs: Labels): Labels {
  const known = new Set(theirs.regions.map(drawn));
  const ids = new Set(theirs.regions.map(({ id }) => id));
  const added = mine.regions
    .filter((region) => !known.has(drawn(region)))
    .map((region) => (ids.has(region.id) ? { ...region, id: newId() } : region));
  const regions = [...theirs.regions, ...added];
  const isDefect = regions.length > 0 || mine.label === 'defect' || theirs.label === 'defect';
  return isDefect
    ? { label: 'defect', class: mine.class ?? theirs.class ?? regions[0]!.class, regions }
    : { label: 'good', class: null, regions: [] };
}
