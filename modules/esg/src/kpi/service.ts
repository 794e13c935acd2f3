import type { Blobs } from '@millwright/blobs';
import type { PlantService } from '@millwright/cloud/server';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import { factorInputs, namedFactors, pinConstants } from '../evidence/pinned-library.ts';
import type { FactorService } from '../factors/service.ts';
import type { Gatherer } from '../inventory/gather.ts';
import type { ActivityPlan } from '../inventory/plan.ts';
import { isEmpty, type ResolveParts, resolvePlan } from '../inventory/resolve.ts';
import type { KpiAnswer, KpiDatabaseRequest, KpiFileRequest } from './kpi-schemas.ts';
import { type KpiOptions, type KpiTable, tableOfActivity } from './kpi-table.ts';
import {
  factorsNamed,
  factorsOfTable,
  fuelsOfFile,
  type KpiParameters,
  type KpiSource,
  kpiMethodId,
  type ReadActivity,
} from './method.ts';

/** The table of a year beside the year before, as a finding. */
export class KpiService {
  #parts: KpiParts;
  constructor(parts: KpiParts) {
    this.#parts = parts;
  }

  /** From an uploaded file of activity data. Throws what `readActivityFile` and `kpiTable` throw. */
  async fromFile(actor: Actor, { hash, fileName, ...options }: KpiFileRequest): Promise<KpiAnswer> {
    requirePermission(actor, 'esg.figure.write');
    if (!(await this.#parts.blobs.has(hash))) throw esgErrors.ESG_UPLOAD_UNKNOWN({ hash });
    return this.#conclude(actor, { kind: 'file', hash, fileName }, options, [{ kind: 'blob', reference: { hash } }]);
  }

  /** From what the database has of a year and the year before: statements, main meters, certificates. */
  async fromDatabase(actor: Actor, request: KpiDatabaseRequest): Promise<KpiAnswer> {
    requirePermission(actor, 'esg.figure.write');
    const { gatherer, plant, resolve } = this.#parts;
    const { year, sites, source, factor, previousFactor, residualFactor, recalculatePreviousYearWith, family } =
      request;
    const siteIds = sites && (await Promise.all(sites.map(async (site) => (await plant.site(actor, site)).id)));
    const plans: ActivityPlan[] = [];
    const inputs = new Map<string, InputReference>();
    for (const each of [year, year - 1]) {
      const gathered = await gatherer.gather(actor, {
        days: { from: `${each}-01-01`, to: `${each}-12-31`, label: String(each) },
        siteIds,
        source,
        factor: each === year ? factor : (previousFactor ?? factor),
        residualFactor,
      });
      if (isEmpty(await resolvePlan(gathered.plan, gathered.inputs, resolve))) continue;
      plans.push(gathered.plan);
      for (const input of gathered.inputs) inputs.set(JSON.stringify(input), input);
    }
    if (plans[0]?.label !== String(year)) throw esgErrors.ESG_ACTIVITY_MISSING({ period: String(year) });
    const options = { reportingYear: year, recalculatePreviousYearWith, ...(family !== undefined && { family }) };
    return this.#conclude(actor, { kind: 'database', plans }, options, [...inputs.values()]);
  }

  async #conclude(
    actor: Actor,
    source: KpiSource,
    options: KpiOptions,
    inputs: readonly InputReference[],
  ): Promise<KpiAnswer> {
    const { ledger, factors, activity } = this.#parts;
    const library = await factors.library(actor);
    const data = await activity(source, inputs);
    const used = factorsOfTable(tableOfActivity(data, options, library));
    const named = namedFactors(library, factorsNamed(data.file, options));
    const constants = pinConstants(library, used, fuelsOfFile(data.file));
    const parameters: KpiParameters = { source, options, replace: {}, constants };
    const { id, output } = await ledger.conclude<KpiTable>(actor, {
      method: kpiMethodId,
      parameters,
      inputs: [...inputs, ...factorInputs([...used, ...named])],
    });
    return { ...output, evidence: id };
  }
}

interface KpiParts {
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly factors: FactorService;
  readonly activity: ReadActivity;
  readonly plant: PlantService;
  readonly gatherer: Gatherer;
  readonly resolve: ResolveParts;
}
