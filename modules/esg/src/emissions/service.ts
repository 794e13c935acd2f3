import type { Blobs } from '@millwright/blobs';
import { type Actor, type Clock, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import { factorInputs, pinConstants } from '../evidence/pinned-library.ts';
import type { FactorLibrary } from '../factors/library.ts';
import type { FactorService } from '../factors/service.ts';
import { problemsOf } from '../factors/supersede.ts';
import { defaultElectricityFactor, defaultHeatFactor } from '../kpi/year-lines.ts';
import { type EmissionInput, emissionInputSchema } from './activity-line.ts';
import { calculateEmissions } from './calculate-emissions.ts';
import type { EmissionResult } from './emission-result.ts';
import type { EmissionAnswer, EmissionRequest } from './emission-schemas.ts';
import { emissionsMethodId, fuelsOf } from './method.ts';

/** Scope 1 and 2 of activities that the caller names, as a finding. */
export class EmissionService {
  #parts: { ledger: Ledger; blobs: Blobs; clock: Clock; factors: FactorService };

  constructor(parts: { ledger: Ledger; blobs: Blobs; clock: Clock; factors: FactorService }) {
    this.#parts = parts;
  }

  /** Throws what `calculateEmissions` throws. */
  async calculate(actor: Actor, request: EmissionRequest): Promise<EmissionAnswer> {
    requirePermission(actor, 'esg.figure.write', request.siteId);
    const { ledger, factors, clock } = this.#parts;
    const library = await factors.library(actor);
    const notes: string[] = [];
    const input = withDefaults(request, library, clock.now().getUTCFullYear(), notes);
    const used = calculateEmissions(input, library).factors;
    const { id, output } = await ledger.conclude<EmissionResult>(actor, {
      method: emissionsMethodId,
      parameters: { input, constants: pinConstants(library, used, fuelsOf(input)), ...(notes.length > 0 && { notes }) },
      inputs: [...factorInputs(used), ...(await this.#documents(input))],
      siteId: request.siteId,
    });
    const exact = output.totals.total;
    return {
      tCO2e: Number(exact),
      exact,
      printed: output.printed.total,
      factor: output.factors[0]!,
      result: output,
      notes,
      evidence: id,
    };
  }

  /** Documents of certificates that are stored here are pinned too. */
  async #documents(input: EmissionInput): Promise<InputReference[]> {
    const hashes = new Set<string>();
    for (const line of input.lines)
      if (line.kind === 'electricity')
        for (const { evidence } of line.certificates) if (evidence?.sha256) hashes.add(evidence.sha256);
    const documents: InputReference[] = [];
    for (const hash of hashes)
      if (await this.#parts.blobs.has(hash)) documents.push({ kind: 'blob', reference: { hash } });
    return documents;
  }
}

/** Names the factors that the request left open, and says so. Throws ESG_ACTIVITY_INVALID. */
function withDefaults(
  request: EmissionRequest,
  library: FactorLibrary,
  thisYear: number,
  notes: string[],
): EmissionInput {
  const { siteId: _siteId, ...rest } = request;
  const lines = request.lines.map((line) => {
    if (line.kind === 'fuel' || line.factor !== undefined) return line;
    if (line.kind === 'heat') {
      notes.push(`${line.id}: no factor was named; ${defaultHeatFactor} was used.`);
      return { ...line, factor: defaultHeatFactor };
    }
    const year = line.year ?? request.year ?? thisYear;
    const factor = defaultElectricityFactor(library, year);
    notes.push(
      `${line.id}: no factor was named; ${factor} was used, China’s newest known trading-scheme factor up to ${year}.`,
    );
    return { ...line, factor };
  });
  const parsed = emissionInputSchema.safeParse({ ...rest, lines });
  if (!parsed.success) throw esgErrors.ESG_ACTIVITY_INVALID({ problems: problemsOf(parsed.error) });
  return parsed.data;
}
