import type { EvidenceMethod, FindingContent, InputKind, InputReference, Ledger } from '@millwright/ledger';
import type { EmissionResult } from '../emissions/emission-result.ts';
import { emissionsMethodId } from '../emissions/method.ts';
import { esgErrors } from '../errors.ts';
import { type Inventory, inventoryMethodId } from '../inventory/method.ts';
import type { KpiTable } from '../kpi/kpi-table.ts';
import { kpiMethodId } from '../kpi/method.ts';
import { esgActor } from '../permissions.ts';
import { type Restatement, restate } from './restate.ts';

export const restatementMethodId = 'esg.restatement';

/** A recorded finding, as an input of evidence: pinned by the hash that the ledger's chain gives it. */
export function findingInput(ledger: Ledger): InputKind {
  return {
    kind: 'finding',
    async pin(reference) {
      const { hash, type, sequence } = await ledger.entry(esgActor, (reference as { id: string }).id);
      return { sha256: hash, parts: { type, sequence } };
    },
  };
}

export interface RestatementParameters {
  /** Finding that was recorded first. */
  readonly original: string;
  readonly why: string;
  /** The calculation that takes its place, whole. */
  readonly calculation: { readonly method: string; readonly parameters: unknown };
}

export interface RestatementOutput {
  original: string;
  why: string;
  /** One for each calculation of the figure: `total`, or the years of a table. */
  figures: { label: string; restatement: Restatement }[];
  /** What the calculation now says, in the shape of the figure it restates. */
  result: unknown;
}

/** The emission calculations inside a figure of any kind, by label. */
export function calculationsOf(method: string, output: unknown): Record<string, EmissionResult> {
  if (method === emissionsMethodId) return { total: output as EmissionResult };
  if (method === inventoryMethodId) return { total: (output as Inventory).result };
  return (output as KpiTable).calculations;
}

/** What a figure is calculated by and what came out: a restatement stands for the calculation that it made. */
export function calculationIn(content: FindingContent, id: string) {
  if (content.method.id === restatementMethodId) {
    const { calculation } = content.parameters as RestatementParameters;
    return { ...calculation, output: (content.output as RestatementOutput).result };
  }
  if (![emissionsMethodId, inventoryMethodId, kpiMethodId].includes(content.method.id))
    throw esgErrors.ESG_FIGURE_UNSUITABLE({ id, type: content.method.id });
  return { method: content.method.id, parameters: content.parameters, output: content.output };
}

export function restatementMethod(parts: { ledger: Ledger; methods: readonly EvidenceMethod[] }): EvidenceMethod {
  return {
    id: restatementMethodId,
    version: '2',
    description:
      'A recorded figure calculated again with other factors: old, new, difference and why; the old one stays.',
    async run(parameters: unknown, inputs: readonly InputReference[]): Promise<RestatementOutput> {
      const { original, why, calculation } = parameters as RestatementParameters;
      const entry = await parts.ledger.entry(esgActor, original);
      const before = calculationsOf(
        calculation.method,
        calculationIn(entry.content as FindingContent, original).output,
      );
      const method = parts.methods.find(({ id }) => id === calculation.method)!;
      const result = await method.run(calculation.parameters, inputs);
      const after = calculationsOf(calculation.method, result);
      const figures = Object.keys(after).flatMap((label) =>
        before[label] ? [{ label, restatement: restate(before[label], after[label]!, why) }] : [],
      );
      return { original, why, figures, result };
    },
  };
}
