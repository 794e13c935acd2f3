import { esgErrors } from '../errors.ts';
import type { FactorUnit, GasBasis } from '../factors/factor.ts';
import { type Chain, dividedBy, startChain, times } from './chain.ts';

/** Energy units as one number of MJ each; all exact. UCUM and customary spellings. */
const megajoules: Readonly<Record<string, string>> = {
  kWh: '3.6',
  MWh: '3600',
  GWh: '3600000',
  MJ: '1',
  GJ: '1000',
  TJ: '1000000',
};
const spellings: Readonly<Record<string, string>> = {
  'kW.h': 'kWh',
  'MW.h': 'MWh',
  'GW.h': 'GWh',
  litre: 'L',
  liter: 'L',
  l: 'L',
  'm³': 'm3',
  tonne: 't',
  tonnes: 't',
  'm^3': 'm3',
};

export const electricityUnits = ['kWh', 'MWh', 'GWh'] as const;
export const energyUnits = Object.keys(megajoules);
/** Steam may be given by its mass. */
export const massUnits: readonly string[] = ['t', 'kg'];
export const heatUnits = [...energyUnits, ...massUnits];
export const fuelUnits = ['t', 'kg', 'm3', 'L', ...energyUnits] as const;

/** The unit in its customary spelling. Throws ESG_UNIT_UNSUPPORTED with those that are. */
export function requireUnit(line: string, unit: string, supported: readonly string[]): string {
  const known = spellings[unit] ?? unit;
  if (supported.includes(known)) return known;
  throw esgErrors.ESG_UNIT_UNSUPPORTED({ line, unit, supported: [...supported] });
}

/** Goes from one energy unit to another by the shorter of a multiplication or a division, both exact in decimal where they can be. */
export function toEnergyUnit(chain: Chain, from: string, to: string): Chain {
  if (from === to) return chain;
  const ratio = startChain(megajoules[from]!, '').value.div(megajoules[to]!);
  const inverse = startChain(megajoules[to]!, '').value.div(megajoules[from]!);
  return ratio.precision() <= inverse.precision()
    ? times(chain, ratio, `${to}/${from}`)
    : dividedBy(chain, inverse, `${from}/${to}`);
}

const perTonne: Readonly<Record<FactorUnit['numerator'], string>> = { t: '1', kg: '1000', g: '1000000' };

/** From an amount of energy in `unit` to t of gas by a factor. */
export function applyFactor(
  chain: Chain,
  unit: string,
  factor: { value: string; unit: FactorUnit; gasBasis: GasBasis },
): Chain {
  const { numerator, denominator } = factor.unit;
  const mass = times(
    toEnergyUnit(chain, unit, denominator),
    factor.value,
    `${numerator}${factor.gasBasis}/${denominator}`,
  );
  return numerator === 't' ? mass : dividedBy(mass, perTonne[numerator], `${numerator}/t`);
}
