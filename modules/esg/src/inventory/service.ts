import type { PlantService } from '@millwright/cloud/server';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import { factorInputs, namedFactors, pinConstants } from '../evidence/pinned-library.ts';
import type { FactorService } from '../factors/service.ts';
import type { Days, Gatherer } from './gather.ts';
import type { InventoryAnswer, InventoryRequest } from './inventory-schemas.ts';
import { calculateInventory, type Inventory, type InventoryParameters, inventoryMethodId } from './method.ts';
import { isEmpty, type ResolvedActivity, type ResolveParts, resolvePlan } from './resolve.ts';

/** Emissions of sites and a period, from what was measured and stated there, as a finding. */
export class InventoryService {
  #parts: InventoryParts;
  constructor(parts: InventoryParts) {
    this.#parts = parts;
  }

  async calculate(actor: Actor, request: InventoryRequest): Promise<InventoryAnswer> {
    requirePermission(actor, 'esg.figure.write');
    const { plant, factors, ledger, gatherer, resolve } = this.#parts;
    const days = daysOf(request);
    const siteIds =
      request.sites && (await Promise.all(request.sites.map(async (site) => (await plant.site(actor, site)).id)));
    for (const id of siteIds ?? []) requirePermission(actor, 'esg.figure.write', id);
    const { source, factor, residualFactor, family } = request;
    const { plan, inputs } = await gatherer.gather(actor, { days, siteIds, source, factor, residualFactor, family });
    const library = await factors.library(actor);
    const resolved = await resolvePlan(plan, inputs, resolve);
    if (isEmpty(resolved)) throw esgErrors.ESG_ACTIVITY_MISSING({ period: days.label });
    const used = calculateInventory(plan, resolved, {}, library).result.factors;
    const parameters: InventoryParameters = {
      plan,
      replace: {},
      constants: pinConstants(library, used, fuelsIn(resolved)),
    };
    const { id, output } = await ledger.conclude<Inventory>(actor, {
      method: inventoryMethodId,
      parameters,
      inputs: [...inputs, ...factorInputs([...used, ...namedFactors(library, [factor, residualFactor])])],
      siteId: plan.sites.length === 1 && siteIds ? plan.sites[0]!.id : undefined,
    });
    return { ...output, evidence: id };
  }
}

interface InventoryParts {
  readonly ledger: Ledger;
  readonly plant: PlantService;
  readonly factors: FactorService;
  readonly gatherer: Gatherer;
  readonly resolve: ResolveParts;
}

export function fuelsIn({ year }: Pick<ResolvedActivity, 'year'>) {
  return new Set((year.fuels ?? []).map(({ fuel }) => fuel));
}

/** Throws ESG_PERIOD_INVALID. */
function daysOf({ year, from, to }: InventoryRequest): Days {
  if (year !== undefined && from === undefined && to === undefined)
    return { from: `${year}-01-01`, to: `${year}-12-31`, label: String(year) };
  if (year !== undefined) throw esgErrors.ESG_PERIOD_INVALID({ reason: 'it is given as a year and as days' });
  if (from === undefined || to === undefined)
    throw esgErrors.ESG_PERIOD_INVALID({ reason: 'a year or two days are missing' });
  if (from > to) throw esgErrors.ESG_PERIOD_INVALID({ reason: `${from} lies after ${to}` });
  return { from, to, label: `${from} to ${to}` };
}
