import type { Point, PointService, SourceService } from '@millwright/cloud/server';
import type { Actor, Reason } from '@millwright/kernel';
import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';

/** How a caller says which meter it means. */
export interface MeterRequest {
  readonly sourceId?: string;
  /** Name (or id) of a source; `siteId` tells apart sources of one name at several sites. */
  readonly source?: string;
  readonly siteId?: string;
  readonly nodeId?: string;
  readonly pointId?: string;
  /** Name or key of a point of the source or node. */
  readonly point?: string;
}

/** A meter: its active or only register, and for electricity the reactive ones beside it. */
export interface ChosenMeter {
  readonly active: Point;
  readonly lagging?: Point;
  readonly leading?: Point;
}

const isElectric = ({ carrier }: Point) => carrier === 'electricity';
const isAmount = ({ kind, quantity }: Point) =>
  kind !== 'gauge' && (quantity === 'energy' || quantity === 'volume' || quantity === 'mass');

/** What a report is about when nobody says, best first: electric energy, electric power, any other energy or medium. */
const preferences: readonly ((point: Point) => boolean)[] = [
  (point) => isElectric(point) && isAmount(point),
  (point) => isElectric(point) && point.quantity === 'power',
  (point) => point.carrier !== null && isAmount(point),
];

function matches(point: Point, wanted: string): boolean {
  const text = wanted.toLowerCase();
  return point.id === wanted || point.name.toLowerCase() === text || point.key.toLowerCase() === text;
}

/** Chooses among the points of a source or node. Throws ENERGY_POINT_MISSING or ENERGY_POINT_AMBIGUOUS. */
export function chooseActive(points: readonly Point[], where: Reason, wanted?: string, nodeId?: string): Point {
  const known = points.map(({ name }) => name);
  const found =
    wanted === undefined
      ? (preferences.map((fits) => points.filter(fits)).find(({ length }) => length > 0) ?? [])
      : points.filter((point) => matches(point, wanted));
  if (found.length === 0)
    throw energyErrors.ENERGY_POINT_MISSING({
      where,
      wanted: wanted === undefined ? energyReasons['energy-point']() : energyReasons['point-named']({ name: wanted }),
      known,
    });
  if (found.length === 1) return found[0]!;
  const here = found.filter((point) => point.nodeId === nodeId);
  const main = found.filter(({ mainMeter }) => mainMeter);
  const only = [here, main].find(({ length }) => length === 1);
  if (only) return only[0]!;
  throw energyErrors.ENERGY_POINT_AMBIGUOUS({ where, points: found.map(({ name }) => name) });
}

/** Finds the meter asked for, with the rights of the actor checked by cloud's services. */
export async function chooseMeter(
  cloud: { points: PointService; sources: SourceService },
  actor: Actor,
  request: MeterRequest,
): Promise<ChosenMeter> {
  const active = await activeOf(cloud, actor, request);
  return { active, ...(await reactiveBeside(cloud.points, actor, active)) };
}

/** The reactive registers of an electric meter: those beside it in the source and place, where it is clear whose they are. */
export async function reactiveBeside(
  points: PointService,
  actor: Actor,
  active: Point,
): Promise<Pick<ChosenMeter, 'lagging' | 'leading'>> {
  if (!isElectric(active)) return {};
  const beside = (await points.list(actor, { sourceId: active.sourceId })).filter(
    (point) => isElectric(point) && point.nodeId === active.nodeId && point.kind !== 'gauge',
  );
  const only = (quantity: string) => {
    const found = beside.filter((point) => point.quantity === quantity);
    // Several meters on one node: whose reactive register it is cannot be known.
    return found.length === 1 && beside.filter((point) => point.quantity === 'energy').length <= 1
      ? found[0]
      : undefined;
  };
  const [lagging, leading] = [only('reactive-energy-lagging'), only('reactive-energy-leading')];
  return { ...(lagging && { lagging }), ...(leading && { leading }) };
}

async function activeOf(
  { points, sources }: { points: PointService; sources: SourceService },
  actor: Actor,
  { pointId, point, sourceId, source, nodeId, siteId }: MeterRequest,
): Promise<Point> {
  if (pointId !== undefined) return points.point(actor, pointId);
  if (nodeId !== undefined)
    return chooseActive(await points.list(actor, { nodeId }), energyReasons['this-part'](), point, nodeId);
  const found =
    sourceId === undefined
      ? source === undefined
        ? undefined
        : await sources.byName(actor, source, siteId)
      : await sources.source(actor, sourceId);
  if (!found) throw energyErrors.ENERGY_METER_NOT_SAID({});
  return chooseActive(
    await points.list(actor, { sourceId: found.id }),
    energyReasons['the-source']({ name: found.name }),
    point,
  );
}
