import type { Blobs } from '@millwright/blobs';
import type { PlantService } from '@millwright/cloud/server';
import { type Actor, type Clock, type Note, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import { factorInputs, pinConstants } from '../evidence/pinned-library.ts';
import { assumedRegion, factorChoice } from '../factors/factor-choice.ts';
import { gridRegion } from '../factors/grid-region.ts';
import type { FactorLibrary } from '../factors/library.ts';
import type { FactorService } from '../factors/service.ts';
import type { EmissionInput } from './activity-line.ts';
import { calculateEmissions } from './calculate-emissions.ts';
import type { EmissionResult } from './emission-result.ts';
import type { EmissionAnswer, EmissionRequest } from './emission-schemas.ts';
import { emissionsMethodId, fuelsOf } from './method.ts';
import { massUnits } from './units.ts';

/** Scope 1 and 2 of activities that the caller names, as a finding. */
export class EmissionService {
  #parts: EmissionParts;
  constructor(parts: EmissionParts) {
    this.#parts = parts;
  }

  /** Throws what `calculateEmissions` throws. */
  async calculate(actor: Actor, request: EmissionRequest): Promise<EmissionAnswer> {
    requirePermission(actor, 'esg.figure.write', request.siteId);
    const { ledger, factors, plant, clock } = this.#parts;
    const library = await factors.library(actor);
    const notes: Note[] = [];
    const site = request.siteId === undefined ? undefined : await plant.site(actor, request.siteId);
    const facts = { thisYear: clock.now().getUTCFullYear(), siteRegion: site?.region?.trim() || undefined };
    const input = withDefaults(request, library, facts, notes);
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

interface EmissionParts {
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly plant: PlantService;
  readonly factors: FactorService;
}

/** Names the factors that the request left open, by the region of the line, its site or, said, China. Throws ESG_FACTOR_NONE_APPLIES, ESG_STEAM_STATE_MISSING. */
function withDefaults(
  request: EmissionRequest,
  library: FactorLibrary,
  { thisYear, siteRegion }: { thisYear: number; siteRegion: string | undefined },
  notes: Note[],
): EmissionInput {
  const { siteId: _siteId, family, ...rest } = request;
  const year = request.year ?? thisYear;
  const say = (note: Note) => notes.push(note);
  const lines = request.lines.map((line) => {
    if (line.kind === 'fuel') return line;
    if (line.kind === 'heat' && !line.steam && massUnits.includes(line.unit))
      throw esgErrors.ESG_STEAM_STATE_MISSING({ line: line.id, unit: line.unit });
    if (line.factor !== undefined) return line;
    const of = (line.kind === 'electricity' ? line.year : undefined) ?? year;
    const region = line.region ?? siteRegion;
    const options = { library, year: of, family, region: assumedRegion, assumed: true };
    const factor = factorChoice(options, say)[line.kind]({ region });
    if (factor === undefined) throw noneApplies(library, line.kind, region ?? assumedRegion, of);
    return { ...line, factor };
  });
  return { ...rest, lines };
}

function noneApplies(library: FactorLibrary, what: 'electricity' | 'heat', region: string, year: number) {
  const { country } = gridRegion(region);
  const known = library.factors.flatMap((factor) =>
    factor.carrier === what && factor.region === country && factor.appliesToYear !== undefined
      ? [factor.appliesToYear]
      : [],
  );
  return esgErrors.ESG_FACTOR_NONE_APPLIES({ what, region, year, years: [...new Set(known)].sort((a, b) => a - b) });
}
