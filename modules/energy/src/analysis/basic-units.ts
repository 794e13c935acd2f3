import { energyErrors } from '../errors.ts';
import type { UnitConverter } from './series.ts';

const prefixes: Record<string, number> = { '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 };

interface Basic {
  readonly dimension: 'energy' | 'power' | 'reactive-energy' | 'reactive-power';
  /** In W.h, W, var.h or var. */
  readonly size: number;
}

// UCUM has no var; volt-ampere is what it offers for it, so reactive quantities arrive under either name.
const dimensions: Record<string, Basic> = {
  'W.h': { dimension: 'energy', size: 1 },
  J: { dimension: 'energy', size: 1 / 3600 },
  W: { dimension: 'power', size: 1 },
  'var.h': { dimension: 'reactive-energy', size: 1 },
  'V.A.h': { dimension: 'reactive-energy', size: 1 },
  var: { dimension: 'reactive-power', size: 1 },
  'V.A': { dimension: 'reactive-power', size: 1 },
};

function basic(unit: string): (Basic & { readonly prefix: number }) | undefined {
  const plain = dimensions[unit] ? unit : unit.slice(1);
  const prefix = prefixes[unit.slice(0, unit.length - plain.length)];
  const found = dimensions[plain];
  return found && prefix !== undefined ? { ...found, prefix } : undefined;
}

/** Unit of a rate that makes one `unit` in an hour: kW of kW.h, kvar of kvar.h, m3/h of m3. */
export const rateUnit = (unit: string) => (unit.endsWith('.h') ? unit.slice(0, -2) : `${unit}/h`);

export const isEnergyUnit = (unit: string) => basic(unit)?.dimension === 'energy';
export const isPowerUnit = (unit: string) => basic(unit)?.dimension === 'power';
export const isReactivePowerUnit = (unit: string) => basic(unit)?.dimension === 'reactive-power';

/** Converter for whoever has none better: W.h, J, W, var.h and var (or V.A) with their prefixes. Throws ENERGY_UNIT_UNKNOWN for the rest. */
export const convertBasicUnits: UnitConverter = (value, fromUnit, toUnit) => {
  if (fromUnit === toUnit) return value;
  const from = basic(fromUnit);
  const to = basic(toUnit);
  if (!from || !to || from.dimension !== to.dimension)
    throw energyErrors.ENERGY_UNIT_UNKNOWN({ from: fromUnit, to: toUnit });
  return (value * from.prefix * from.size) / (to.prefix * to.size);
};

/** Whether `convertBasicUnits` can; what it can, needs no other converter. */
export const areBasicUnits = (fromUnit: string, toUnit: string) => {
  const from = basic(fromUnit);
  return from !== undefined && from.dimension === basic(toUnit)?.dimension;
};
