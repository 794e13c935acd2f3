import { Exact, exactText, formatDecimal, sumOf } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { factorUse } from '../factors/factor.ts';
import { requireOneFamily } from '../factors/families.ts';
import { builtInLibrary, type FactorLibrary } from '../factors/library.ts';
import { problemsOf } from '../factors/supersede.ts';
import { type EmissionInputDraft, emissionInputSchema } from './activity-line.ts';
import type { EmissionResult, EmissionResultLine, EmissionTotals } from './emission-result.ts';
import { calculateFuel } from './fuel.ts';
import type { LineContext } from './line-checks.ts';
import { calculateElectricity } from './purchased-electricity.ts';
import { calculateHeat } from './purchased-heat.ts';

/**
 * Scope 1 and Scope 2 emissions of a list of activities, line by line (GHG Protocol Corporate Standard and Scope 2
 * Guidance). Pure and deterministic: the same input and library give the same bytes, so that evidence can be run again.
 *
 *     calculateEmissions({ lines: [{ kind: 'electricity', id: 'office', quantity: '932.08', unit: 'MWh', factor: 'cn-grid-ets-2022' }] })
 *       .totals.scope2Location // '531.565224'
 *
 * Throws ESG_ACTIVITY_INVALID, ESG_ACTIVITY_NEGATIVE, ESG_FACTOR_UNKNOWN, ESG_FACTOR_UNSUITABLE,
 * ESG_FACTOR_FAMILIES_MIXED, ESG_UNIT_UNSUPPORTED, ESG_CALORIFIC_VALUE_MISSING, ESG_DENSITY_MISSING and ESG_CERTIFICATE….
 */
export function calculateEmissions(draft: EmissionInputDraft, library: FactorLibrary = builtInLibrary): EmissionResult {
  const parsed = emissionInputSchema.safeParse(draft);
  if (!parsed.success) throw esgErrors.ESG_ACTIVITY_INVALID({ problems: problemsOf(parsed.error) });
  const input = parsed.data;
  const lines: EmissionResultLine[] = [];
  const direct: Exact[] = [];
  const indirect: Exact[] = [];
  const unsupported: Exact[] = [];
  const used = new Set(input.certificatesUsedBefore);
  const shared: Omit<LineContext, 'year'> = { library, factors: [], warnings: [] };
  const contextOf = (year: number | undefined): LineContext => ({ ...shared, year: year ?? input.year });
  for (const line of input.lines) {
    if (line.kind === 'electricity') {
      const outcome = calculateElectricity(line, contextOf(line.year), used);
      lines.push(...outcome.location, ...outcome.market);
      indirect.push(outcome.energyMWh);
      unsupported.push(outcome.unsupportedMWh);
    } else if (line.kind === 'heat') {
      const outcome = calculateHeat(line, contextOf(undefined));
      lines.push(...outcome.lines);
      indirect.push(outcome.energyMWh);
    } else {
      const outcome = calculateFuel(line, contextOf(undefined), input.warmingPotentials);
      lines.push(...outcome.lines);
      direct.push(outcome.energyMWh);
    }
  }
  const { factors, warnings } = shared;
  requireOneFamily(factors);
  const before = new Set(input.certificatesUsedBefore);
  const totals = totalsOf(lines);
  return {
    method: 'ghg-protocol-scope-1-and-2',
    warmingPotentials: input.warmingPotentials,
    lines,
    totals,
    energy: {
      directMWh: exactText(sumOf(direct)),
      indirectMWh: exactText(sumOf(indirect)),
      totalMWh: exactText(sumOf([...direct, ...indirect])),
    },
    printed: printedTotals(totals),
    factors: factors.map(factorUse),
    certificatesUsed: [...used].filter((key) => !before.has(key)),
    unsupportedMWh: exactText(sumOf(unsupported)),
    incomplete: incompleteTotals(lines),
    warnings,
  };
}

function totalsOf(lines: readonly EmissionResultLine[]): EmissionTotals {
  const total = (method: EmissionResultLine['method']) =>
    sumOf(lines.filter((line) => line.method === method).map(({ tCO2e = '0' }) => new Exact(tCO2e)));
  const [scope1, location, market] = [total('direct'), total('location'), total('market')];
  return {
    scope1: exactText(scope1),
    scope2Location: exactText(location),
    scope2Market: exactText(market),
    total: exactText(scope1.plus(location)),
    totalMarket: exactText(scope1.plus(market)),
  };
}

/** A missing factor leaves a hole in the method it is missing in, and in the total made with it. */
function incompleteTotals(lines: readonly EmissionResultLine[]): EmissionResult['incomplete'] {
  const lacks = (method: EmissionResultLine['method']) =>
    lines.some((line) => line.method === method && line.status === 'incomplete');
  return [
    ...(lacks('location') ? (['scope2Location', 'total'] as const) : []),
    ...(lacks('market') ? (['scope2Market', 'totalMarket'] as const) : []),
  ];
}

function printedTotals(totals: EmissionTotals): EmissionTotals {
  const print = (value: string) => formatDecimal(value, 2);
  return {
    scope1: print(totals.scope1),
    scope2Location: print(totals.scope2Location),
    scope2Market: print(totals.scope2Market),
    total: print(totals.total),
    totalMarket: print(totals.totalMarket),
  };
}
