import { type Factor, type FactorFamily, factorFamilies } from './factor.ts';
import { gridRegion } from './grid-region.ts';
import type { FactorLibrary } from './library.ts';

/** The families of which a country may have both; a figure prefers one of them. */
export const gridFamilies = ['trading-scheme', 'statistical-average'] as const;
export type GridFamily = (typeof gridFamilies)[number];

export interface GridFactorQuery {
  readonly carrier: 'electricity' | 'heat';
  /** Region as the plant tree writes it: `CN`, `CN-SD`, `CN / North China`. */
  readonly region: string;
  readonly year: number;
  /** Taken first where the region has both; the trading scheme when left out. */
  readonly family?: GridFamily;
}

/**
 * The factor of electricity or heat bought in a region and year, where none was named (location-based): of the preferred family, of the
 * newest year up to the activity's, of the part of the country before the whole. Undefined where the library has none: a
 * factor of another country is never taken. The choice falls the same among any of the factors that hold the chosen one,
 * so that evidence which keeps only the used ones chooses again what was chosen.
 */
export function gridFactor(library: FactorLibrary, query: GridFactorQuery): Factor | undefined {
  const { country, parts } = gridRegion(query.region);
  const families = [query.family ?? gridFamilies[0], ...factorFamilies];
  const rank = (family: FactorFamily) => families.indexOf(family);
  return library.factors
    .filter(
      (factor) =>
        factor.carrier === query.carrier &&
        factor.methods.includes('location') &&
        factor.region === country &&
        (factor.subregion === undefined || parts.includes(factor.subregion)) &&
        factor.supersededBy === undefined &&
        firstYear(factor) <= query.year &&
        (factor.appliesToYear !== undefined || lastYear(factor) >= query.year),
    )
    .sort(
      (a, b) =>
        rank(a.family) - rank(b.family) ||
        firstYear(b) - firstYear(a) ||
        Number(a.subregion === undefined) - Number(b.subregion === undefined) ||
        b.version - a.version ||
        (a.id < b.id ? -1 : 1),
    )[0];
}

function firstYear({ appliesToYear, validFrom }: Factor): number {
  return appliesToYear ?? Number(validFrom?.slice(0, 4) ?? 0);
}

function lastYear({ validTo }: Factor): number {
  return Number(validTo?.slice(0, 4) ?? 9999);
}
