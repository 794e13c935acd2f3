import { assignRegisters } from './modbus-register-map.ts';
import { holidays } from './model/calendar.ts';
import type {
  AssetDescription,
  DisplayName,
  PlantDescription,
  PointAddress,
  PointDescription,
  Protocol,
  SourceDescription,
} from './model/plant-description.ts';
import type { AssetModel, PointModel } from './model/point-model.ts';
import type { SiteModel } from './sites/site-model.ts';

export const opcuaNamespaceUri = 'urn:millwright:plant-simulator';
export const sparkplugGroupId = 'Millwright';

const protocolNames: Readonly<Record<Protocol, string>> = {
  opcua: 'OPC UA',
  modbus: 'Modbus TCP',
  sparkplug: 'Sparkplug B',
};

/** Turns the model into plain data, and gives every point the address it is served at. */
export function describePlant(sites: readonly SiteModel[]): PlantDescription {
  const registers = assignRegisters(
    sites.flatMap((site) => assetsOf(site).map(({ asset }) => ({ site: site.facts.key, asset }))),
  );
  const addressOf = (site: SiteModel, area: string, point: PointModel): PointAddress => {
    if (point.protocol === 'modbus') return registers.get(point.key) as PointAddress;
    if (point.protocol === 'opcua') {
      return { protocol: 'opcua', namespaceUri: opcuaNamespaceUri, nodeId: `ns=2;s=${point.key}` };
    }
    const metric = point.key.slice(site.facts.key.length + 1);
    return { protocol: 'sparkplug', groupId: sparkplugGroupId, edgeNodeId: site.facts.key, deviceId: area, metric };
  };
  return {
    version: 1,
    name: 'Millwright demonstration plant',
    sites: sites.map((site) => ({
      key: site.facts.key,
      name: site.facts.displayName.en,
      displayName: site.facts.displayName,
      timeZone: site.facts.timeZone,
      country: site.facts.country,
      latitude: site.facts.latitude,
      longitude: site.facts.longitude,
      shifts: site.facts.shifts,
      holidays: holidays(site.facts.country),
      areas: site.areas.map((area) => ({
        ...named(area.key, area.displayName),
        lines: area.lines.map((line) => ({
          ...named(line.key, line.displayName),
          assets: line.assets.map((asset) => describeAsset(site, asset, (point) => addressOf(site, area.key, point))),
        })),
      })),
    })),
    sources: sites.flatMap(describeSources),
    extraUnits: ['kvar', 'kvar.h'],
  };
}

export function assetsOf(site: SiteModel): { area: string; asset: AssetModel }[] {
  return site.areas.flatMap((area) =>
    area.lines.flatMap((line) => line.assets.map((asset) => ({ area: area.key, asset }))),
  );
}

function named(key: string, displayName: DisplayName) {
  return { key, name: displayName.en, displayName };
}

function describeAsset(
  site: SiteModel,
  asset: AssetModel,
  addressOf: (point: PointModel) => PointAddress,
): AssetDescription {
  const feeder = site.transformers.find((transformer) => transformer.feeds.includes(asset.key));
  return {
    ...named(asset.key, asset.displayName),
    kind: asset.kind,
    ...(feeder && { fedBy: feeder.key }),
    ratings: asset.ratings,
    points: asset.points.map((point) => describePoint(site, asset, point, addressOf(point))),
  };
}

function describePoint(site: SiteModel, asset: AssetModel, point: PointModel, address: PointAddress): PointDescription {
  const { metric } = point;
  const displayName = {
    en: `${asset.displayName.en}: ${metric.displayName.en}`,
    zh: `${asset.displayName.zh}：${metric.displayName.zh}`,
  };
  return {
    key: point.key,
    metric: point.metricKey,
    name: displayName.en,
    displayName,
    unit: metric.unit,
    kind: metric.kind,
    ...(metric.kind === 'delta' && { stamp: 'end' as const }),
    ...(metric.carrier && { carrier: metric.carrier }),
    quantity: metric.quantity,
    intervalMs: metric.intervalMs,
    decimals: metric.decimals,
    source: `${site.facts.key}-${point.protocol}`,
    address,
  };
}

function describeSources(site: SiteModel): SourceDescription[] {
  const used = new Set(assetsOf(site).flatMap(({ asset }) => asset.points.map((point) => point.protocol)));
  return [...used].sort().map((protocol) => ({
    key: `${site.facts.key}-${protocol}`,
    name: `${site.facts.displayName.en}, ${protocolNames[protocol]}`,
    displayName: {
      en: `${site.facts.displayName.en}, ${protocolNames[protocol]}`,
      zh: `${site.facts.displayName.zh}，${protocolNames[protocol]}`,
    },
    site: site.facts.key,
    protocol,
  }));
}
