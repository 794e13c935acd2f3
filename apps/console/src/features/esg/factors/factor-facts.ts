import type { Factor } from '../types.ts';

export const regionOf = ({ region, subregion }: Pick<Factor, 'region' | 'subregion'>): string =>
  subregion ? `${region} / ${subregion}` : region;

/** The year it is for, or from when to when it holds; empty for a default without end. */
export function validityOf({
  appliesToYear,
  validFrom,
  validTo,
}: Pick<Factor, 'appliesToYear' | 'validFrom' | 'validTo'>): string {
  if (appliesToYear !== undefined) return String(appliesToYear);
  return validFrom || validTo ? `${validFrom ?? '…'} – ${validTo ?? '…'}` : '';
}

export interface FactorCounts {
  readonly scheme: number;
  readonly statistics: number;
  readonly unconfirmed: number;
}

/** Values to filter by, from what the library has. */
export function choicesOf(factors: readonly Factor[]): { regions: string[]; years: number[] } {
  return {
    regions: [...new Set(factors.map(({ region }) => region))].sort(),
    years: [...new Set(factors.flatMap(({ appliesToYear }) => appliesToYear ?? []))].sort((a, b) => b - a),
  };
}

/** Only what differs from the version before is sent; an emptied field is left as it was. */
export function changedFields<T extends object>(before: Partial<T>, after: T): Partial<T> {
  const changed = Object.entries(after).filter(
    ([key, value]) => value !== undefined && value !== '' && value !== before[key as keyof T],
  );
  return Object.fromEntries(changed) as Partial<T>;
}
