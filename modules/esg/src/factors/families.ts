import { esgErrors } from '../errors.ts';
import type { Factor, FactorFamily } from './factor.ts';

/** Families that are drawn from the statistics of all generation; the trading scheme's factors may not stand beside them. */
const statisticalFamilies: ReadonlySet<FactorFamily> = new Set([
  'statistical-average',
  'residual-mix',
  'fossil-generation-average',
]);

/**
 * The two families of a country rest on different sets of its plants and years, so a sum over both means nothing. Grids of
 * different countries have no plant in common: there each country's factors keep to one family of their own.
 * Throws ESG_FACTOR_FAMILIES_MIXED unless the factors of every country do.
 */
export function requireOneFamily(factors: readonly Pick<Factor, 'id' | 'family' | 'region'>[]): void {
  for (const ofCountry of Map.groupBy(factors, ({ region }) => region).values()) {
    const idsOf = (test: (family: FactorFamily) => boolean) => [
      ...new Set(ofCountry.filter((factor) => test(factor.family)).map((factor) => factor.id)),
    ];
    const tradingScheme = idsOf((family) => family === 'trading-scheme');
    const statistical = idsOf((family) => statisticalFamilies.has(family));
    if (tradingScheme.length > 0 && statistical.length > 0)
      throw esgErrors.ESG_FACTOR_FAMILIES_MIXED({ tradingScheme, statistical });
  }
}
