import { simulatorErrors } from './errors.ts';
import type { Fault, FaultKind } from './model/faults.ts';
import type { AssetDescription, AssetKind, PlantDescription, PointDescription } from './model/plant-description.ts';
import { slotMs } from './model/time-grid.ts';

/** Faults of one measured point or of one asset; the latter name the kinds of asset they can befall. */
const assetKinds: Readonly<Partial<Record<FaultKind, readonly AssetKind[]>>> = {
  leak: ['compressor', 'air-meter'],
  'bearing-wear': ['compressor', 'pump'],
  'phase-imbalance': ['transformer'],
};

const airAssets: readonly AssetKind[] = ['compressor', 'air-meter'];

interface PlantIndex {
  readonly points: ReadonlyMap<string, PointDescription>;
  readonly assets: ReadonlyMap<string, AssetDescription>;
}

export function indexPlant(description: PlantDescription): PlantIndex {
  const assets = description.sites
    .flatMap((site) => site.areas)
    .flatMap((area) => area.lines)
    .flatMap((line) => line.assets);
  return {
    points: new Map(assets.flatMap((asset) => asset.points).map((point) => [point.key, point])),
    assets: new Map(assets.map((asset) => [asset.key, asset])),
  };
}

/** Says no to a fault that cannot happen where it is put, before a benchmark is scored against it. */
export function checkFault(fault: Fault, plant: PlantIndex): void {
  const reason = whyNot(fault, plant);
  if (reason !== undefined) throw simulatorErrors.SIMULATOR_FAULT_INVALID({ fault: fault.kind, reason });
}

function whyNot(fault: Fault, plant: PlantIndex): string | undefined {
  const neverEnds = fault.kind === 'meter-rollover' || fault.kind === 'meter-change';
  if (!neverEnds && !(fault.from < fault.to)) return 'it ends before it begins';
  if (fault.point !== undefined && !plant.points.has(fault.point)) return `there is no point ${fault.point}`;
  if (fault.asset !== undefined && !plant.assets.has(fault.asset)) return `there is no asset ${fault.asset}`;
  if ((fault.point === undefined) === (fault.asset === undefined)) return 'it needs a point or an asset, and not both';
  const kinds = assetKinds[fault.kind];
  if (kinds) {
    if (fault.asset === undefined) return 'it befalls an asset, not a point';
    if (!kinds.includes(plant.assets.get(fault.asset)!.kind)) return `it befalls only ${kinds.join(' or ')}`;
    if (fault.kind === 'leak' && (fault.from % slotMs !== 0 || fault.to % slotMs !== 0)) {
      return 'it must begin and end on a quarter of an hour, see alignToSlot';
    }
    return undefined;
  }
  if (fault.kind === 'gap' || fault.kind === 'clock-skew') return undefined;
  if (fault.point === undefined) return 'it befalls a point, not an asset';
  const { kind } = plant.points.get(fault.point)!;
  if (neverEnds && kind !== 'counter') return 'it befalls only counters';
  if (fault.kind === 'drift' && kind !== 'gauge') return 'it befalls only gauges';
  return undefined;
}

/** Keys of all points whose readings the fault may change, in the plant's order; no other point's reading changes. */
export function affectedPoints(fault: Fault, plant: PlantIndex): string[] {
  if (fault.point !== undefined) return [fault.point];
  const asset = plant.assets.get(fault.asset!)!;
  const keys = asset.points.map((point) => point.key);
  const withMetric = (...metrics: string[]) =>
    keys.filter((key) => metrics.some((metric) => key.endsWith(`/${metric}`)));
  if (fault.kind === 'bearing-wear') return withMetric('vibration', 'bearing-temperature');
  if (fault.kind === 'phase-imbalance') return withMetric('current-l1', 'current-l2', 'current-l3');
  return fault.kind === 'leak' ? leakPoints(asset, plant) : keys;
}

/** A leak loads every compressor of the site, and through them the meters of air and electricity. */
function leakPoints(asset: AssetDescription, plant: PlantIndex): string[] {
  const site = asset.key.slice(0, asset.key.indexOf('/') + 1);
  const ofSite = [...plant.assets.values()].filter((each) => each.key.startsWith(site));
  const air = ofSite.filter((each) => airAssets.includes(each.kind));
  const feeders = new Set(air.map((each) => each.fedBy));
  return ofSite
    .filter((each) => air.includes(each) || feeders.has(each.key))
    .flatMap((each) => each.points.map((point) => point.key));
}
