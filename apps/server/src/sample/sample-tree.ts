import type { CloudServices, PlantNode } from '@millwright/cloud/server';
import type { Actor } from '@millwright/kernel';
import type {
  AssetDescription,
  DisplayName,
  PlantDescription,
  PlantEndpoints,
  PointDescription,
  SiteDescription,
} from '@millwright/testkit/simulator';

/** What the description leaves out: areas make intensities, the region chooses the grid's emission factor. */
const siteFacts: Record<string, { floorAreaM2: number; region: string }> = {
  qingdao: { floorAreaM2: 86_000, region: 'CN-SD' },
  suzhou: { floorAreaM2: 24_000, region: 'CN-JS' },
  hamburg: { floorAreaM2: 18_500, region: 'DE' },
};

/** Sparkplug group of the sample plant; its broker client may publish below it only. */
export const sampleGroupId = 'Millwright';

/** A point of the sample plant as the product knows it. */
export interface SamplePoint {
  /** Key in the simulator. */
  readonly plantKey: string;
  readonly sourceId: string;
  /** Key inside its source. */
  readonly key: string;
  readonly kind: PointDescription['kind'];
  readonly mainMeter: boolean;
  /** IANA zone of its site. */
  readonly timezone: string;
}

/** A source to be: name, kind, settings, and the points it serves. */
interface SampleSource {
  readonly site: string;
  readonly name: string;
  readonly kind: string;
  readonly config: Record<string, unknown>;
  readonly serves: (point: PointDescription) => boolean;
}

/** Meters that a site is supplied through: no meter of the same carrier stands before them. */
function isMainMeter(asset: AssetDescription, point: PointDescription): boolean {
  if (asset.kind === 'transformer') return asset.fedBy === undefined && point.quantity === 'energy';
  if (asset.kind === 'water-meter' || asset.kind === 'steam-meter') return point.kind === 'counter';
  return point.carrier === 'natural-gas' && point.kind === 'counter';
}

/** The key under which a connector delivers the point. */
function keyInSource({ key, address }: PointDescription): string {
  if (address.protocol === 'opcua') return address.nodeId;
  if (address.protocol === 'sparkplug') return `${address.edgeNodeId}/${address.deviceId}/${address.metric}`;
  return key;
}

/** Names of the sample plant are in one language, and what they are called in the other is their description. */
export type SampleLanguage = 'en' | 'zh';

export function sampleSources(
  description: PlantDescription,
  endpoints: PlantEndpoints,
  language: SampleLanguage = 'en',
): SampleSource[] {
  const assets = new Map(assetsOf(description).map((asset) => [asset.key, asset]));
  const meters = endpoints.modbus!.units.map(
    (unit): SampleSource => ({
      site: unit.site,
      name: `${assets.get(unit.asset)!.displayName[language]} (Modbus ${unit.unitId})`,
      kind: 'modbus',
      config: {
        host: endpoints.modbus!.host,
        port: endpoints.modbus!.port,
        unitId: unit.unitId,
        pollSeconds: 10,
        registers: unit.registers,
      },
      serves: ({ address }) => address.protocol === 'modbus' && address.unitId === unit.unitId,
    }),
  );
  const others = description.sources.flatMap(({ key, displayName, site, protocol }): SampleSource[] => {
    const name = displayName[language];
    const serves = (point: PointDescription) => point.source === key;
    if (protocol === 'opcua')
      return [{ site, name, serves, kind: 'opcua', config: { endpointUrl: endpoints.opcua!.endpointUrl } }];
    if (protocol !== 'sparkplug') return [];
    return [{ site, name, serves, kind: 'sparkplug', config: { groupId: sampleGroupId, edgeNodeIds: [site] } }];
  });
  return [...meters, ...others];
}

export function assetsOf(description: PlantDescription): AssetDescription[] {
  return description.sites.flatMap(({ areas }) => areas.flatMap(({ lines }) => lines.flatMap(({ assets }) => assets)));
}

/** Makes sites, areas, lines, assets, sources and points; sources start disabled, so that history comes before live values. */
export async function createSampleTree(
  cloud: CloudServices,
  actor: Actor,
  description: PlantDescription,
  endpoints: PlantEndpoints,
  language: SampleLanguage = 'en',
): Promise<SamplePoint[]> {
  const nodes = new Map<string, PlantNode>();
  for (const site of description.sites) await createSite(cloud, actor, site, nodes, language);
  const assets = assetsOf(description);
  const made: SamplePoint[] = [];
  for (const source of sampleSources(description, endpoints, language)) {
    const siteId = nodes.get(source.site)!.id;
    const timezone = nodes.get(source.site)!.timezone!;
    const { id } = await cloud.sources.create(actor, { ...source, siteId, enabled: false });
    const served = assets.flatMap((asset) => asset.points.filter(source.serves).map((point) => ({ asset, point })));
    const inputs = served.map(({ asset, point }) => ({
      key: keyInSource(point),
      name: point.displayName[language],
      unit: point.unit,
      kind: point.kind,
      stamp: point.stamp,
      nodeId: nodes.get(asset.key)!.id,
      intervalSeconds: point.intervalMs / 1000,
      carrier: point.carrier ?? null,
      quantity: point.quantity,
      mainMeter: isMainMeter(asset, point),
    }));
    await cloud.points.ensure(actor, { id, siteId }, inputs);
    for (const { asset, point } of served) {
      const mainMeter = isMainMeter(asset, point);
      made.push({ plantKey: point.key, sourceId: id, key: keyInSource(point), kind: point.kind, mainMeter, timezone });
    }
  }
  return made;
}

async function createSite(
  cloud: CloudServices,
  actor: Actor,
  site: SiteDescription,
  nodes: Map<string, PlantNode>,
  language: SampleLanguage,
): Promise<void> {
  const named = ({ displayName }: { readonly displayName: DisplayName }) => ({
    name: displayName[language],
    description: displayName[language === 'en' ? 'zh' : 'en'],
  });
  const create = async (key: string, input: Parameters<CloudServices['plant']['create']>[1]) => {
    const node = await cloud.plant.create(actor, input);
    nodes.set(key, node);
    return node;
  };
  const facts = siteFacts[site.key]!;
  const root = await create(site.key, {
    ...{ kind: 'site', parentId: null, timezone: site.timeZone, ...named(site) },
    ...facts,
  });
  for (const area of site.areas) {
    const under = await create(area.key, {
      kind: 'area',
      parentId: root.id,
      ...named(area),
    });
    for (const line of area.lines) {
      const parent = await create(line.key, {
        kind: 'line',
        parentId: under.id,
        ...named(line),
      });
      for (const asset of line.assets) {
        await create(asset.key, {
          kind: 'asset',
          parentId: parent.id,
          ...named(asset),
        });
      }
    }
  }
}
