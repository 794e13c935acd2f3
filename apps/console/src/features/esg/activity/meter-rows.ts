import type { Point } from '../../../api/types.ts';
import type { Inventory, LineSource, SteamMeter } from '../types.ts';

type MeterSource = Extract<LineSource, { kind: 'measurements' }>;

/** A main meter, with what it counted in the newest inventory of the year if one was made. */
export interface MeterRow {
  readonly id: string;
  readonly point: string;
  readonly site: string;
  readonly carrier: string | null;
  readonly counted?: MeterSource;
  /** A meter of steam by mass, whose energy nobody knows until it is stated what steam it is. */
  readonly isSteamByMass: boolean;
  readonly steam?: SteamMeter;
}

/** The main meters of the plant, and what an inventory read from each. */
export function meterRows(
  points: readonly Pick<Point, 'id' | 'name' | 'mainMeter' | 'siteId' | 'carrier' | 'unit'>[],
  siteNames: ReadonlyMap<string, string>,
  inventory: Pick<Inventory, 'sources' | 'water'> | undefined,
  steamMeters: readonly SteamMeter[] = [],
): MeterRow[] {
  const sources = [...(inventory?.sources ?? []), ...(inventory?.water ?? [])].flatMap((each) => each.sources);
  const counted = new Map(
    sources.flatMap((source) => (source.kind === 'measurements' ? [[source.pointId, source] as const] : [])),
  );
  return points
    .filter(({ mainMeter }) => mainMeter)
    .map(({ id, name, siteId, carrier, unit }) => ({
      id,
      point: name,
      site: siteNames.get(siteId) ?? '',
      carrier,
      counted: counted.get(id),
      isSteamByMass: carrier === 'steam' && ['t', 'kg'].includes(unit),
      steam: steamMeters.find(({ pointId }) => pointId === id),
    }));
}
