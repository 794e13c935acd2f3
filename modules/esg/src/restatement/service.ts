import { type Actor, requirePermission } from '@millwright/kernel';
import type { EvidenceMethod, FindingContent, InputReference, Ledger, LedgerEntry } from '@millwright/ledger';
import { type EmissionParameters, emissionsMethodId } from '../emissions/method.ts';
import { esgErrors } from '../errors.ts';
import { factorInputs, type PinnedConstants, pinConstants } from '../evidence/pinned-library.ts';
import type { FactorReplacement } from '../evidence/replace-factors.ts';
import { type FactorUse, type Fuel, fuels } from '../factors/factor.ts';
import { type FactorLibrary, findFactor } from '../factors/library.ts';
import type { FactorService } from '../factors/service.ts';
import {
  calculationIn,
  calculationsOf,
  type RestatementOutput,
  type RestatementParameters,
  restatementMethodId,
} from './method.ts';
import { replaceInLines } from './restate.ts';

export interface RestatementRequest {
  /** Id of the recorded figure. */
  figure: string;
  /** What takes the place of each factor, by id. */
  replace?: FactorReplacement;
  /** Instead: the factor of all purchased electricity of its country (location-based). */
  factor?: string;
  why: string;
}

export interface RecordedRestatement {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly original: string;
  readonly why: string;
  readonly figures: RestatementOutput['figures'];
}

/** Recorded figures calculated again with other factors. */
export class RestatementService {
  #parts: RestatementParts;
  constructor(parts: RestatementParts) {
    this.#parts = parts;
  }

  /** A new finding beside the old one. Throws ESG_FIGURE_UNSUITABLE, ESG_RESTATEMENT_UNCHANGED and what the calculation throws. */
  async restate(actor: Actor, request: RestatementRequest): Promise<RecordedRestatement> {
    requirePermission(actor, 'esg.figure.write');
    const { ledger, factors, methods } = this.#parts;
    const entry = await ledger.entry(actor, request.figure);
    requirePermission(actor, 'esg.figure.write', entry.siteId ?? undefined);
    if (entry.kind !== 'finding') throw esgErrors.ESG_FIGURE_UNSUITABLE({ id: request.figure, type: entry.type });
    const content = entry.content as FindingContent;
    const { method, parameters, output } = calculationIn(content, request.figure);
    const old = Object.values(calculationsOf(method, output));
    const library = await factors.library(actor);
    const replace = replacementOf(
      request,
      old.flatMap((result) => result.lines).flatMap(({ factor, method: by }) => (factor ? [{ factor, by }] : [])),
      library,
    );
    const others = content.inputs.flatMap(({ kind, reference }) =>
      kind === 'factor' || kind === 'finding' ? [] : [{ kind, reference }],
    );
    // The old factors stay among the inputs: what a calculation chooses by itself has to fall on the same one again.
    const before = content.inputs.flatMap(({ kind, reference }) =>
      kind === 'factor' ? [reference as { id: string; version: number }] : [],
    );
    const added = Object.values(replace).map((id) => findFactor(library, id));
    const pins = factorInputs([...before, ...added]);
    const changed = replaceIn(method, parameters, replace, library, [...before, ...added]);
    const inputs: InputReference[] = [{ kind: 'finding', reference: { id: request.figure } }, ...others, ...pins];
    const now = await methods.find(({ id }) => id === method)!.run(changed, inputs);
    const keys = (results: typeof old) => results.map(({ totals }) => totals.total + totals.totalMarket).join();
    const usedNow = Object.values(calculationsOf(method, now));
    if (
      keys(old) === keys(usedNow) &&
      namesOf(old.flatMap((result) => result.factors)) === namesOf(usedNow.flatMap((result) => result.factors))
    )
      throw esgErrors.ESG_RESTATEMENT_UNCHANGED({
        factors: [...new Set(old.flatMap((result) => result.factors.map(({ id }) => id)))],
      });
    const calculated: RestatementParameters = {
      original: request.figure,
      why: request.why,
      calculation: { method, parameters: changed },
    };
    const finding = await ledger.conclude<RestatementOutput>(actor, {
      method: restatementMethodId,
      parameters: calculated,
      inputs,
      subject: request.figure,
      siteId: entry.siteId ?? undefined,
    });
    return toRestatement(await ledger.entry(actor, finding.id));
  }

  /** Newest first; of one figure, where it is named. */
  async list(actor: Actor, figure?: string): Promise<RecordedRestatement[]> {
    requirePermission(actor, 'esg.figure.read');
    const entries = await this.#parts.ledger.list(actor, { type: restatementMethodId, subject: figure, limit: 500 });
    return entries.map(toRestatement);
  }
}

interface RestatementParts {
  readonly ledger: Ledger;
  readonly factors: FactorService;
  /** The methods that figures are made by. */
  readonly methods: readonly EvidenceMethod[];
}

const namesOf = (used: readonly FactorUse[]) => used.map(({ id, version }) => `${id}@${version}`).join();

/** Both `id` and `id@version` of what is replaced, whichever of them the figure names. */
function replacementOf(
  request: RestatementRequest,
  used: readonly { factor: FactorUse; by: string }[],
  library: FactorLibrary,
): FactorReplacement {
  const wanted: Record<string, string> = { ...request.replace };
  if (request.factor !== undefined) {
    const { region } = findFactor(library, request.factor);
    for (const { factor, by } of used)
      if (
        by === 'location' &&
        factor.region === region &&
        findFactor(library, `${factor.id}@${factor.version}`).carrier === 'electricity'
      )
        wanted[factor.id] = request.factor;
  }
  const replace: Record<string, string> = {};
  for (const [old, other] of Object.entries(wanted)) {
    const { id, version } = findFactor(library, other);
    for (const { factor } of used)
      if (factor.id === old || `${factor.id}@${factor.version}` === old) {
        replace[factor.id] = `${id}@${version}`;
        replace[`${factor.id}@${factor.version}`] = `${id}@${version}`;
      }
  }
  if (Object.keys(replace).length === 0)
    throw esgErrors.ESG_RESTATEMENT_UNCHANGED({ factors: [...new Set(used.map(({ factor }) => factor.id))] });
  return replace;
}

/** The parameters of a calculation with other factors in their place. */
function replaceIn(
  method: string,
  parameters: unknown,
  replace: FactorReplacement,
  library: FactorLibrary,
  pinned: readonly { id: string; version: number }[],
): unknown {
  const { constants: old } = parameters as { constants: PinnedConstants };
  const allFuels = new Set<Fuel>(fuels.filter((fuel) => old.netCalorificValues.some((value) => value.fuel === fuel)));
  const { superseded } = pinConstants(library, pinned, allFuels);
  if (method !== emissionsMethodId) {
    const earlier = (parameters as { replace: FactorReplacement }).replace;
    // What an earlier restatement put in is replaced in its turn.
    const chained = Object.fromEntries(Object.entries(earlier).map(([from, to]) => [from, replace[to] ?? to]));
    return { ...(parameters as object), replace: { ...replace, ...chained }, constants: { ...old, superseded } };
  }
  const { input } = parameters as EmissionParameters;
  const changed = { ...input, lines: replaceInLines(input.lines, replace) };
  return { ...(parameters as object), input: changed, constants: { ...old, superseded } };
}

function toRestatement(entry: LedgerEntry): RecordedRestatement {
  const { original, why, figures } = (entry.content as FindingContent).output as RestatementOutput;
  return { id: entry.id, at: entry.at, by: entry.actor.name, original, why, figures };
}
