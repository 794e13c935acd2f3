import type { CloudServices, PlantNode, Point } from '@millwright/cloud/server';
import { type Actor, requirePermission } from '@millwright/kernel';
import { type MeterNode, meterTree } from '../analysis/meter-tree.ts';
import { type Carrier, carrierUnits } from '../carrier.ts';
import { energyErrors } from '../errors.ts';
import { convert } from '../readings/readings.ts';

/** Which part of the plant: a node, or a site by name or id. */
export interface ScopeRequest {
  readonly site?: string;
  readonly nodeId?: string;
}

/** The meters of one carrier in a part of the plant. */
export interface CarrierMeters {
  readonly carrier: Carrier;
  /** UCUM unit that amounts are given in. */
  readonly unit: string;
  readonly points: readonly Point[];
  /** The root first; see `meterTree`. */
  readonly tree: readonly MeterNode[];
  /** Meters of the carrier in another kind of unit (gas in m3 and in kW.h); they are not added up. */
  readonly unconverted: readonly Point[];
}

export interface Scope {
  readonly site: PlantNode & { readonly timezone: string };
  readonly node: PlantNode;
  readonly points: readonly Point[];
  readonly carriers: readonly CarrierMeters[];
}

const isCarrier = (carrier: string | null): carrier is Carrier => carrier !== null && carrier in carrierUnits;

/** Amounts of a carrier. Momentary values are no amounts: the report of such a point integrates them. */
function metersConsumption({ kind, quantity, carrier }: Point): boolean {
  return (
    kind !== 'gauge' && isCarrier(carrier) && (quantity === 'energy' || quantity === 'volume' || quantity === 'mass')
  );
}

function converts(from: string, to: string): boolean {
  try {
    convert(1, from, to);
    return true;
  } catch {
    return false; // that it throws is how a conversion says no
  }
}

/** The unit a carrier's amounts are given in: the usual one, unless every meter measures another kind of quantity. */
function unitOf(carrier: Carrier, points: readonly Point[]): string {
  const usual = carrierUnits[carrier];
  return points.some(({ unit }) => converts(unit, usual)) ? usual : points[0]!.unit;
}

/** Finds the part of the plant and its meters. Throws SITE_UNKNOWN, NODE_UNKNOWN, ENERGY_PART_NOT_SAID or for missing rights. */
export async function scopeOf(cloud: CloudServices, actor: Actor, request: ScopeRequest): Promise<Scope> {
  const node =
    request.nodeId !== undefined
      ? await cloud.plant.node(actor, request.nodeId)
      : request.site !== undefined
        ? await cloud.plant.site(actor, request.site)
        : undefined;
  if (!node) throw energyErrors.ENERGY_PART_NOT_SAID({});
  requirePermission(actor, 'energy.report.read', node.siteId);
  const site = node.kind === 'site' ? node : await cloud.plant.node(actor, node.siteId);
  const parts = (await cloud.plant.tree(actor)).filter(({ siteId }) => siteId === node.siteId);
  const points = await cloud.points.list(actor, node.kind === 'site' ? { siteId: node.id } : { nodeId: node.id });
  const carriers = (Object.keys(carrierUnits) as Carrier[]).flatMap((carrier) => {
    const all = points.filter((point) => point.carrier === carrier && metersConsumption(point));
    if (all.length === 0) return [];
    const unit = unitOf(carrier, all);
    const usable = all.filter((point) => converts(point.unit, unit));
    return [
      {
        ...{ carrier, unit, points: usable, tree: meterTree(node, parts, usable) },
        unconverted: all.filter((point) => !usable.includes(point)),
      },
    ];
  });
  return { site: { ...site, timezone: site.timezone! }, node, points, carriers };
}
