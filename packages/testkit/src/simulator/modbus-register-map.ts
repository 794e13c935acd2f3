import type { ModbusAddress, PlantDescription, PointKind, RegisterType } from './model/plant-description.ts';
import type { AssetModel, PointModel } from './model/point-model.ts';

/** How one make of meter lays out its registers. */
type Layout = 'float' | 'integer';

interface RegisterChoice {
  readonly type: RegisterType;
  readonly scale: number;
  readonly offset?: number;
}

const registersOf: Readonly<Record<RegisterType, number>> = { uint16: 1, int16: 1, int32: 2, uint32: 2, float32: 2 };

/** Counters follow the gauges after this many addresses that answer "illegal data address". */
const hole = 10;

/** The register type of each metric on meters that know no floating point. */
const integerRegisters: Readonly<Record<string, RegisterChoice>> = {
  'active-power': { type: 'int32', scale: 0.1 },
  'reactive-power': { type: 'int32', scale: 0.1 },
  'power-factor': { type: 'int16', scale: 0.001 },
  'current-l1': { type: 'uint16', scale: 0.1 },
  'current-l2': { type: 'uint16', scale: 0.1 },
  'current-l3': { type: 'uint16', scale: 0.1 },
  'voltage-l1': { type: 'uint16', scale: 0.1 },
  'voltage-l2': { type: 'uint16', scale: 0.1 },
  'voltage-l3': { type: 'uint16', scale: 0.1 },
  // As on a Pt100 transmitter whose range begins at -40 Cel.
  'oil-temperature': { type: 'uint16', scale: 0.1, offset: -40 },
  'air-flow': { type: 'uint16', scale: 1 },
  'water-flow': { type: 'uint16', scale: 0.1 },
  'steam-flow': { type: 'uint16', scale: 0.01 },
};

function choose(point: PointModel, layout: Layout): RegisterChoice {
  if (point.metric.kind === 'counter') {
    // 2^32 tenths of a kWh would not last the melt shop a year, so the large meters count whole units.
    return { type: 'uint32', scale: layout === 'float' ? 1 : 0.1 };
  }
  return layout === 'float' ? { type: 'float32', scale: 1 } : integerRegisters[point.metricKey];
}

/**
 * Gives every Modbus point of the plant its register. Each meter is one unit, numbered from 1 in the order of the
 * plant; meters of Qingdao are of the make with floats (holding registers, big word first), the others of the make
 * with scaled integers (input registers, little word first).
 */
export function assignRegisters(assets: readonly { site: string; asset: AssetModel }[]): Map<string, ModbusAddress> {
  const addresses = new Map<string, ModbusAddress>();
  let unitId = 0;
  for (const { site, asset } of assets) {
    const points = asset.points.filter((point) => point.protocol === 'modbus');
    if (points.length === 0) continue;
    unitId += 1;
    const layout: Layout = site === 'qingdao' ? 'float' : 'integer';
    let address = layout === 'float' ? 100 : 0;
    const inOrder = [
      ...points.filter((p) => p.metric.kind !== 'counter'),
      ...points.filter((p) => p.metric.kind === 'counter'),
    ];
    let previous: PointKind | undefined;
    for (const point of inOrder) {
      if (previous !== undefined && previous !== point.metric.kind) address += hole;
      previous = point.metric.kind;
      const { type, scale, offset = 0 } = choose(point, layout);
      addresses.set(point.key, {
        protocol: 'modbus',
        unitId,
        function: layout === 'float' ? 'holding' : 'input',
        address,
        type,
        wordOrder: layout === 'float' ? 'big' : 'little',
        scale,
        offset,
      });
      address += registersOf[type];
    }
  }
  return addresses;
}

export interface ModbusRegister extends Omit<ModbusAddress, 'protocol' | 'unitId'> {
  /** Key of the point. */
  readonly key: string;
  readonly unit: string;
  readonly kind: PointKind;
}

export interface ModbusUnit {
  readonly unitId: number;
  readonly site: string;
  /** `site/asset` */
  readonly asset: string;
  readonly registers: readonly ModbusRegister[];
}

/** The register map as data, one entry for each unit id, for a Modbus connector to be configured from. */
export function modbusRegisterMap(description: PlantDescription): ModbusUnit[] {
  const units: ModbusUnit[] = [];
  for (const site of description.sites) {
    for (const asset of site.areas.flatMap((area) => area.lines).flatMap((line) => line.assets)) {
      const registers: ModbusRegister[] = [];
      let unit = 0;
      for (const { key, unit: unitCode, kind, address } of asset.points) {
        if (address.protocol !== 'modbus') continue;
        const { protocol: _protocol, unitId, ...register } = address;
        unit = unitId;
        registers.push({ key, ...register, unit: unitCode, kind });
      }
      if (registers.length > 0) units.push({ unitId: unit, site: site.key, asset: asset.key, registers });
    }
  }
  return units;
}

/** Number of 16-bit registers a value of this type takes. */
export function registerCount(type: RegisterType): number {
  return registersOf[type];
}

/** The registers that hold a value; integers wrap at their width, as a meter's do. */
export function encodeRegisters(
  value: number,
  register: Pick<ModbusAddress, 'type' | 'wordOrder' | 'scale' | 'offset'>,
): number[] {
  const view = new DataView(new ArrayBuffer(4));
  if (register.type === 'float32') {
    view.setFloat32(0, (value - register.offset) / register.scale);
  } else {
    const scaled = (value - register.offset) / register.scale;
    // Counters (the only uint32) are cut off, not rounded: a register must not show what has not been counted yet.
    const raw = register.type === 'uint32' ? Math.floor(scaled + 1e-6) : Math.round(scaled);
    if (registersOf[register.type] === 1) return [raw & 0xffff];
    view.setUint32(0, raw % 4294967296);
  }
  const words = [view.getUint16(0), view.getUint16(2)];
  return register.wordOrder === 'big' ? words : words.reverse();
}
