import type { Blobs } from '@millwright/blobs';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import { factorInputs, pinConstants } from '../evidence/pinned-library.ts';
import type { FactorService } from '../factors/service.ts';
import type { KpiAnswer, KpiFileRequest } from './kpi-schemas.ts';
import { type KpiOptions, type KpiTable, kpiTable } from './kpi-table.ts';
import {
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

  async #conclude(
    actor: Actor,
    source: KpiSource,
    options: KpiOptions,
    inputs: readonly InputReference[],
  ): Promise<KpiAnswer> {
    const { ledger, factors, activity } = this.#parts;
    const library = await factors.library(actor);
    const file = await activity(source, inputs);
    const used = factorsOfTable(kpiTable(file, options, library));
    const parameters: KpiParameters = { source, options, constants: pinConstants(library, used, fuelsOfFile(file)) };
    const { id, output } = await ledger.conclude<KpiTable>(actor, {
      method: kpiMethodId,
      parameters,
      inputs: [...inputs, ...factorInputs(used)],
    });
    return { ...output, evidence: id };
  }
}

interface KpiParts {
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly factors: FactorService;
  readonly activity: ReadActivity;
}
