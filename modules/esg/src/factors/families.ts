import { esgErrors } from '../errors.ts';
import type { Factor, FactorFamily } from './factor.ts';

/** Families that are drawn from the statistics of all generation; the trading scheme's factors may not stand beside them. */
const statisticalFamilies: ReadonlySet<FactorFamily> = new Set([
  'statistical-average',
  'residual-mix',
  'fossil-generation-average',
]);

/**
 * The two families rest on different sets of plants and years, so a sum over both means nothing.
 * Throws ESG_FACTOR_FAMILIES_MIXED unless all factors of one calculation keep to one of them.
 */
export function requireOneFamily(factors: readonly Pick<Factor, 'id' | 'family'>[]): void {
  const idsOf = (test: (family: FactorFamily) => boolean) => [
    ...new Set(factors.filter((factor) => test(factor.family)).map((factor) => factor.id)),
  ];
  const tradingScheme = idsOf((family) => family === 'trading-scheme');
  const statistical = idsOf((family) => statisticalFamilies.has(family));
  if (tradingScheme.length > 0 && statistical.length > 0)
    throw esgErrors.ESG_FACTOR_FAMILIES_MIXED({ tradingScheme, statistical });
}
