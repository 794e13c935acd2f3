import type { Finding } from '../../../components/evidence/finding.ts';
import type { EmissionResult, FactorUse, Inventory, KpiTable, Restatement } from '../types.ts';

/** One figure of a restatement: a table has one for each of its years. */
export interface RestatementRow extends Omit<Restatement, 'figures'> {
  readonly key: string;
  readonly label: string;
  readonly restatement: Restatement['figures'][number]['restatement'];
}

export const restatementRows = (restatements: readonly Restatement[]): RestatementRow[] =>
  restatements.flatMap(({ figures, ...rest }) =>
    figures.map(({ label, restatement }) => ({ ...rest, key: `${rest.id} ${label}`, label, restatement })),
  );

/** Every factor that a recorded figure used, each once. */
export function factorsOfFinding({ method, output }: Finding): FactorUse[] {
  const results: EmissionResult[] =
    method.id === 'esg.kpi'
      ? Object.values((output as KpiTable).calculations)
      : method.id === 'esg.inventory'
        ? [(output as Inventory).result]
        : [output as EmissionResult];
  const byId = new Map(results.flatMap(({ factors = [] }) => factors).map((factor) => [factor.id, factor]));
  return [...byId.values()];
}

/** Only factors for which another was chosen. */
export function replacements(chosen: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const pairs = Object.entries(chosen).filter((pair): pair is [string, string] => !!pair[1] && pair[1] !== pair[0]);
  return Object.fromEntries(pairs);
}
