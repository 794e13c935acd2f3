/** The plant as plain data (JSON), for the product to build its tree from. */
import type { Shift } from './calendar.ts';

/** English and simplified Chinese. */
export interface DisplayName {
  readonly en: string;
  readonly zh: string;
}

export type PointKind = 'gauge' | 'delta' | 'counter';
export type Protocol = 'opcua' | 'modbus' | 'sparkplug';

export interface OpcuaAddress {
  readonly protocol: 'opcua';
  readonly namespaceUri: string;
  /** In the server's own numbering, e.g. `ns=2;s=qingdao/compressor-1/pressure`. */
  readonly nodeId: string;
}

export type RegisterType = 'uint16' | 'int16' | 'int32' | 'uint32' | 'float32';

export interface ModbusAddress {
  readonly protocol: 'modbus';
  readonly unitId: number;
  /** `holding`: function code 3, `input`: function code 4. */
  readonly function: 'holding' | 'input';
  /** Zero-based, as sent in the request. */
  readonly address: number;
  readonly type: RegisterType;
  /** Which half of a 32-bit value comes first; bytes inside a register are always big-endian. */
  readonly wordOrder: 'big' | 'little';
  /** value = raw * scale + offset */
  readonly scale: number;
  readonly offset: number;
}

export interface SparkplugAddress {
  readonly protocol: 'sparkplug';
  readonly groupId: string;
  readonly edgeNodeId: string;
  readonly deviceId: string;
  readonly metric: string;
}

export type PointAddress = OpcuaAddress | ModbusAddress | SparkplugAddress;

export interface PointDescription {
  /** `site/asset/metric`, unique in the plant. */
  readonly key: string;
  readonly metric: string;
  readonly name: string;
  readonly displayName: DisplayName;
  /** UCUM, or one of `extraUnits`. */
  readonly unit: string;
  readonly kind: PointKind;
  /** For deltas: which end of its interval the time names. */
  readonly stamp?: 'start' | 'end';
  readonly carrier?: string;
  readonly quantity: string;
  /** Readings are taken at whole multiples of this since 1970. */
  readonly intervalMs: number;
  /** Digits after the point that the instrument shows. */
  readonly decimals: number;
  /** Key of the source that serves it. */
  readonly source: string;
  readonly address: PointAddress;
}

export type AssetKind =
  | 'transformer'
  | 'compressor'
  | 'chiller'
  | 'arc-furnace'
  | 'gas-furnace'
  | 'boiler'
  | 'pump'
  | 'machine-line'
  | 'water-meter'
  | 'steam-meter'
  | 'air-meter'
  | 'weather-station';

export interface AssetDescription {
  /** `site/asset`, unique in the plant. */
  readonly key: string;
  readonly kind: AssetKind;
  readonly name: string;
  readonly displayName: DisplayName;
  /** Key of the transformer that feeds it, for whatever draws electricity. */
  readonly fedBy?: string;
  /** Nameplate values with the unit in the name, e.g. `ratedPowerKilowatt`. */
  readonly ratings: Readonly<Record<string, number>>;
  readonly points: readonly PointDescription[];
}

export interface LineDescription {
  readonly key: string;
  readonly name: string;
  readonly displayName: DisplayName;
  readonly assets: readonly AssetDescription[];
}

export interface AreaDescription {
  readonly key: string;
  readonly name: string;
  readonly displayName: DisplayName;
  readonly lines: readonly LineDescription[];
}

export interface SiteDescription {
  readonly key: string;
  readonly name: string;
  readonly displayName: DisplayName;
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly shifts: readonly Shift[];
  /** Local dates. */
  readonly holidays: readonly string[];
  readonly areas: readonly AreaDescription[];
}

/** Where points come from. Host and port are of the running publisher, see `startPlant`. */
export interface SourceDescription {
  readonly key: string;
  readonly name: string;
  readonly displayName: DisplayName;
  readonly site: string;
  readonly protocol: Protocol;
}

export interface PlantDescription {
  readonly version: 1;
  readonly name: string;
  readonly sites: readonly SiteDescription[];
  readonly sources: readonly SourceDescription[];
  /** Unit codes that UCUM lacks: the var of IEC 60027, which UCUM leaves out. */
  readonly extraUnits: readonly string[];
}
