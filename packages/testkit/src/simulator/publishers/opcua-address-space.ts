import {
  coerceLocalizedText,
  DataType,
  makeEUInformation,
  type Namespace,
  type OPCUAServer,
  type UAObject,
  type UAVariable,
} from 'node-opcua';
import { opcuaNamespaceUri } from '../describe-plant.ts';
import type { DisplayName, PointDescription } from '../model/plant-description.ts';
import type { Plant, Reading } from '../plant.ts';
import { ComputedHistorian } from './opcua-history.ts';

export interface ServedVariable {
  readonly point: PointDescription;
  show(reading: Reading): void;
}

/** Folders site / area / line / asset under Objects, one variable for each point. */
export function buildAddressSpace(
  server: OPCUAServer,
  plant: Plant,
  now: () => number,
  retentionMs: number,
): ServedVariable[] {
  const addressSpace = server.engine.addressSpace!;
  const namespace = addressSpace.registerNamespace(opcuaNamespaceUri);
  const served: ServedVariable[] = [];
  const folder = (parent: UAObject | string, path: string, displayName: DisplayName): UAObject =>
    namespace.addFolder(parent, {
      browseName: path.slice(path.lastIndexOf('/') + 1),
      displayName: localized(displayName),
      nodeId: `s=folder/${path}`,
    });
  for (const site of plant.description.sites) {
    const assets = site.areas.flatMap((area) =>
      area.lines.flatMap((line) => line.assets.map((asset) => ({ area, line, asset }))),
    );
    const withPoints = assets.filter(({ asset }) => asset.points.some(({ address }) => address.protocol === 'opcua'));
    const folders = new Map<string, UAObject>();
    const once = (parent: UAObject | string, path: string, displayName: DisplayName): UAObject => {
      const known = folders.get(path) ?? folder(parent, path, displayName);
      folders.set(path, known);
      return known;
    };
    for (const { area, line, asset } of withPoints) {
      const siteFolder = once('ObjectsFolder', site.key, site.displayName);
      const areaFolder = once(siteFolder, `${site.key}/${area.key}`, area.displayName);
      const lineFolder = once(areaFolder, `${site.key}/${area.key}/${line.key}`, line.displayName);
      const assetKey = asset.key.slice(site.key.length + 1);
      const assetFolder = once(lineFolder, `${site.key}/${area.key}/${line.key}/${assetKey}`, asset.displayName);
      for (const point of asset.points) {
        if (point.address.protocol !== 'opcua') continue;
        const variable = addVariable(namespace, assetFolder, point);
        const historian = new ComputedHistorian(plant, point, now, retentionMs);
        addressSpace.installHistoricalDataNode(variable, { historian });
        const show = ({ value, at }: Reading) =>
          variable.setValueFromSource({ dataType: DataType.Double, value }, undefined, new Date(at));
        served.push({ point, show });
      }
    }
  }
  return served;
}

function addVariable(namespace: Namespace, assetFolder: UAObject, point: PointDescription): UAVariable {
  const variable = namespace.addVariable({
    componentOf: assetFolder,
    browseName: point.metric,
    displayName: localized(point.displayName),
    nodeId: `s=${point.key}`,
    dataType: DataType.Double,
    minimumSamplingInterval: 100,
    accessLevel: 'CurrentRead | HistoryRead',
    userAccessLevel: 'CurrentRead | HistoryRead',
  });
  namespace.addVariable({
    propertyOf: variable,
    browseName: { name: 'EngineeringUnits', namespaceIndex: 0 },
    dataType: 'EUInformation',
    value: {
      dataType: DataType.ExtensionObject,
      // No UNECE code: the display name is the UCUM code, as servers of small makers do.
      value: makeEUInformation('', point.unit, point.unit),
    },
  });
  return variable;
}

function localized(name: DisplayName) {
  return [
    coerceLocalizedText({ locale: 'en', text: name.en })!,
    coerceLocalizedText({ locale: 'zh-CN', text: name.zh })!,
  ];
}
