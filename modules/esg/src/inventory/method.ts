import type { Note } from '@millwright/kernel';
import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { calculateEmissions } from '../emissions/calculate-emissions.ts';
import type { EmissionResult } from '../emissions/emission-result.ts';
import { type PinnedConstants, pinnedLibrary, type ReadFactor } from '../evidence/pinned-library.ts';
import { type FactorReplacement, replaced, replaceInYear } from '../evidence/replace-factors.ts';
import { factorChoice } from '../factors/factor-choice.ts';
import type { FactorLibrary } from '../factors/library.ts';
import { linesOfYear } from '../kpi/year-lines.ts';
import type { ActivityPlan, PlannedSite } from './plan.ts';
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
  sites: PlannedSite[];
  result: EmissionResult;
  /** By the line's id in `result.lines`. */
  sources: { line: string; site: string; sources: ActivitySource[] }[];
  water: { site: string; sources: ActivitySource[] }[];
  notes: Note[];
}

export function calculateInventory(
  plan: ActivityPlan,
  resolved: ResolvedActivity,
  replace: FactorReplacement,
  library: FactorLibrary,
): Inventory {
  const notes = [...resolved.notes];
  const { factor, residualFactor, family, year } = plan;
  const other = (id: string | undefined) => id && replaced(replace, id);
  const options = { library, year, factor: other(factor), residualFactor: other(residualFactor), family, replace };
  const choice = factorChoice(options, (note) => notes.push(note));
  const lines = linesOfYear(plan.label, replaceInYear(resolved.year, replace), choice);
  const { sources } = resolved;
  const inOrder = [...sources.electricity, ...sources.fuels, ...sources.heat];
  return {
    period: { from: plan.from, to: plan.to, label: plan.label },
    sites: [...plan.sites],
    result: calculateEmissions({ year: plan.year, lines }, library),
    sources: lines.map(({ id, site }, index) => ({ line: id, site: site ?? '', sources: inOrder[index] ?? [] })),
    water: resolved.water,
    notes,
  };
}

export function inventoryMethod(parts: { read: ReadFactor; resolve: ResolveParts }): EvidenceMethod {
  return {
    id: inventoryMethodId,
    version: '2',
    description:
      'Scope 1 and 2 of sites and a period, from meters, statements and certificates (GHG Protocol Corporate Standard and Scope 2 Guidance).',
    async run(parameters: unknown, inputs: readonly InputReference[]) {
      const { plan, replace, constants } = parameters as InventoryParameters;
      const resolved = await resolvePlan(plan, inputs, parts.resolve);
      return calculateInventory(plan, resolved, replace, await pinnedLibrary(constants, inputs, parts.read));
    },
  };
}
