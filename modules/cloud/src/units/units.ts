import { UcumLhcUtils } from '@lhncbc/ucum-lhc';
import { cloudErrors } from '../errors.ts';

let ucum: ReturnType<typeof UcumLhcUtils.getInstance> | undefined;
const library = () => {
  ucum ??= UcumLhcUtils.getInstance();
  return ucum;
};

/** The var (reactive power, IEC 60050-131-11-45) is no UCUM unit; it has the dimension of V.A and is computed as that. */
const toUcum = (unit: string): string => unit.replaceAll(/\b([kMG]?)var\b/g, '$1V.A');

const valid = new Map<string, boolean>();

/** Whether a code is a UCUM unit (case-sensitive), or one with the var. */
export function isUnit(unit: string): boolean {
  let known = valid.get(unit);
  if (known === undefined) {
    known = unit !== '' && library().validateUnitString(toUcum(unit)).status === 'valid';
    valid.set(unit, known);
  }
  return known;
}

/**
 * Converts between units of one quantity, temperatures with offset included.
 * Throws UNIT_UNKNOWN or UNIT_INCOMPATIBLE.
 */
export function convertUnit(value: number, from: string, to: string): number {
  if (from === to) return value;
  for (const unit of [from, to]) if (!isUnit(unit)) throw cloudErrors.UNIT_UNKNOWN({ unit });
  const result = library().convertUnitTo(toUcum(from), value, toUcum(to));
  if (result.status !== 'succeeded' || result.toVal === null) throw cloudErrors.UNIT_INCOMPATIBLE({ from, to });
  return result.toVal;
}

/** Factor between two units without offset: `value * factor`. */
export function unitFactor(from: string, to: string): number {
  return convertUnit(1, from, to) - convertUnit(0, from, to);
}
