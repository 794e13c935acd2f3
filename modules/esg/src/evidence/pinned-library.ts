import type { InputReference } from '@millwright/ledger';
import { type Factor, type FactorUse, type Fuel, factorKey } from '../factors/factor.ts';
import { type FactorLibrary, findFactor } from '../factors/library.ts';
import type { FactorReference } from './factor-input.ts';

/** What a calculation took from the library beside the factors; kept with its parameters, so that a later release cannot change an old figure. */
export interface PinnedConstants {
  readonly netCalorificValues: FactorLibrary['netCalorificValues'];
  readonly globalWarmingPotentials: FactorLibrary['globalWarmingPotentials'];
  /** Factors that were superseded already when they were used, and by what. */
  readonly superseded: Readonly<Record<string, string>>;
}

/** Reads one version of a factor, checked against its hash. */
export type ReadFactor = (reference: FactorReference) => Promise<Factor>;

export function pinConstants(
  library: FactorLibrary,
  used: readonly FactorReference[],
  fuels: ReadonlySet<Fuel>,
): PinnedConstants {
  const keys = new Set(used.map(factorKey));
  const superseded: Record<string, string> = {};
  for (const factor of library.factors)
    if (factor.supersededBy && keys.has(factorKey(factor))) superseded[factorKey(factor)] = factor.supersededBy;
  return {
    netCalorificValues: library.netCalorificValues.filter(({ fuel }) => fuels.has(fuel)),
    globalWarmingPotentials: fuels.size > 0 ? library.globalWarmingPotentials : [],
    superseded,
  };
}

/** Factors that were named for all of a figure: their country says what they are for, so they are looked up again for a proof even where nothing used them. */
export function namedFactors(library: FactorLibrary, ids: readonly (string | undefined)[]): Factor[] {
  return ids.flatMap((id) => (id === undefined ? [] : [findFactor(library, id)]));
}

/** The factors of a calculation as inputs of its evidence, each once. */
export function factorInputs(used: readonly Pick<FactorUse, 'id' | 'version'>[]): InputReference[] {
  const byKey = new Map(used.map(({ id, version }) => [factorKey({ id, version }), { id, version }]));
  return [...byKey.keys()].sort().map((key) => ({ kind: 'factor', reference: byKey.get(key)! }));
}

/**
 * The library that a finding was made with: its pinned factors and constants, nothing that came later. A choice by year
 * made from all factors falls the same way among the ones that were used, as the best of all is among them.
 */
export async function pinnedLibrary(
  constants: PinnedConstants,
  inputs: readonly InputReference[],
  read: ReadFactor,
): Promise<FactorLibrary> {
  const factors: Factor[] = [];
  for (const { kind, reference } of inputs) {
    if (kind !== 'factor') continue;
    const factor = await read(reference as FactorReference);
    const supersededBy = constants.superseded[factorKey(factor)];
    factors.push(supersededBy === undefined ? factor : { ...factor, supersededBy });
  }
  const { netCalorificValues, globalWarmingPotentials } = constants;
  return { factors, netCalorificValues, globalWarmingPotentials };
}
