import { z } from 'zod';
import data from '../../data/factors.json' with { type: 'json' };
import { decimalTextSchema } from '../decimal.ts';
import { esgErrors } from '../errors.ts';
import { type Factor, factorKey, factorSchema, fuelSchema } from './factor.ts';
import { nearIds } from './near-ids.ts';

export const calorificUnits = ['GJ/t', 'GJ/m3', 'MJ/kg', 'MJ/m3', 'MJ/L', 'GJ/kg'] as const;

export const netCalorificValueSchema = z.strictObject({
  id: z.string(),
  fuel: fuelSchema,
  value: decimalTextSchema,
  unit: z.enum(calorificUnits),
  document: z.string(),
  confidence: z.string(),
  confirmed: z.boolean(),
});
export type NetCalorificValue = Readonly<z.output<typeof netCalorificValueSchema>>;

export const assessmentReports = ['AR5', 'AR6'] as const;
export type AssessmentReport = (typeof assessmentReports)[number];

export const globalWarmingPotentialSchema = z.strictObject({
  report: z.enum(assessmentReports),
  /** t CO2e per t over 100 years, by gas; `CH4-fossil` includes the CO2 that leaked methane becomes. */
  values: z.record(z.string(), decimalTextSchema),
});
export type GlobalWarmingPotential = Readonly<z.output<typeof globalWarmingPotentialSchema>>;

/** Everything that a calculation may look up. Plain data: it can be stored with the evidence of a figure. */
export const factorLibrarySchema = z.strictObject({
  note: z.string().optional(),
  factors: z.array(factorSchema),
  netCalorificValues: z.array(netCalorificValueSchema),
  globalWarmingPotentials: z.array(globalWarmingPotentialSchema),
});
export type FactorLibrary = Readonly<z.output<typeof factorLibrarySchema>>;

/** The library that the product brings with it. */
export const builtInLibrary: FactorLibrary = factorLibrarySchema.parse(data);

/**
 * The factor with this id in its newest version, or exactly the version of an `id@version`.
 * Throws ESG_FACTOR_UNKNOWN with the ids that are near.
 */
export function findFactor(library: FactorLibrary, reference: string): Factor {
  const exact = library.factors.find((factor) => factorKey(factor) === reference);
  if (exact) return exact;
  const versions = library.factors.filter((factor) => factor.id === reference);
  const newest = versions.sort((a, b) => b.version - a.version)[0];
  if (newest) return newest;
  const ids = [...new Set(library.factors.map((factor) => factor.id))];
  throw esgErrors.ESG_FACTOR_UNKNOWN({ id: reference, near: nearIds(reference, ids) });
}

/** Factors in use whose value still has to be checked against its document. */
export function unconfirmedFactors(library: FactorLibrary): Factor[] {
  return library.factors.filter((factor) => !factor.confirmed && factor.supersededBy === undefined);
}
