import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { calculateEmissions } from '../emissions/calculate-emissions.ts';
import type { EmissionResult } from '../emissions/emission-result.ts';
import { type PinnedConstants, pinnedLibrary, type ReadFactor } from '../evidence/pinned-library.ts';
import { type FactorReplacement, replaced, replaceInYear } from '../evidence/replace-factors.ts';
import type { FactorLibrary } from '../factors/library.ts';
import { defaultElectricityFactor, defaultHeatFactor, linesOfYear } from '../kpi/year-lines.ts';
import type { ActivityPlan } from './plan.ts';
import { type ActivitySource, type ResolvedActivity, type ResolveParts, resolvePlan } from './resolve.ts';

export const inventoryMethodId = 'esg.inventory';

export interface InventoryParameters {
  readonly plan: ActivityPlan;
  readonly replace: FactorReplacement;
  readonly constants: PinnedConstants;
}

/** Scope 1 and 2 of a period, and of each line what it was added up from. */
export interface Inventory {
  period: { from: string; to: string; label: string };
  sites: { id: string; name: string }[];
  result: EmissionResult;
  /** By the line's id in `result.lines`. */
  sources: { line: string; site: string; sources: ActivitySource[] }[];
  water: { site: string; sources: ActivitySource[] }[];
  notes: string[];
}

export function calculateInventory(
  plan: ActivityPlan,
  resolved: ResolvedActivity,
  replace: FactorReplacement,
  library: FactorLibrary,
): Inventory {
  const notes = [...resolved.notes];
  const { residualFactor } = plan;
  const given = replaceInYear({ ...resolved.year, ...(residualFactor !== undefined && { residualFactor }) }, replace);
  const heat = given.heat?.map((entry) => ({ ...entry, factor: entry.factor ?? replaced(replace, defaultHeatFactor) }));
  let fallback: string | undefined;
  const lines = linesOfYear(plan.label, { ...given, ...(heat && { heat }) }, (entry) => {
    if (entry.factor) return entry.factor;
    if (!fallback) {
      const own = plan.factor ?? defaultElectricityFactor(library, plan.year);
      if (!plan.factor) notes.push(`No electricity factor was named; ${own} was used.`);
      fallback = replaced(replace, own);
    }
    return fallback;
  });
  const { sources } = resolved;
  const inOrder = [...sources.electricity, ...sources.fuels, ...sources.heat];
  return {
    period: { from: plan.from, to: plan.to, label: plan.label },
    sites: plan.sites.map(({ id, name }) => ({ id, name })),
    result: calculateEmissions({ year: plan.year, lines }, library),
    sources: lines.map(({ id, site }, index) => ({ line: id, site: site ?? '', sources: inOrder[index] ?? [] })),
    water: resolved.water,
    notes,
  };
}

export function inventoryMethod(parts: { read: ReadFactor; resolve: ResolveParts }): EvidenceMethod {
  return {
    id: inventoryMethodId,
    version: '1',
    description:
      'Scope 1 and 2 of sites and a period, from meters, statements and certificates (GHG Protocol Corporate Standard and Scope 2 Guidance).',
    async run(parameters: unknown, inputs: readonly InputReference[]) {
      const { plan, replace, constants } = parameters as InventoryParameters;
      const resolved = await resolvePlan(plan, inputs, parts.resolve);
      return calculateInventory(plan, resolved, replace, await pinnedLibrary(constants, inputs, parts.read));
    },
  };
}
