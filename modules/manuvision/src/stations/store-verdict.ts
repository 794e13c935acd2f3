import type { Actor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { StationRow, VerdictRow } from '../schema.ts';
import { type JudgeParameters, judgeMethodId, outputOf } from './judge-method.ts';
import type { StationRepository } from './repository.ts';
import { type JudgedPart, verdictRow } from './verdict-row.ts';

/** Stores a verdict in the transaction around it; where its picture is kept, with a finding that can be proved again. */
export async function storeVerdict(
  { ledger, repository }: { readonly ledger: Ledger; readonly repository: StationRepository },
  actor: Actor,
  station: StationRow,
  part: JudgedPart,
): Promise<VerdictRow> {
  const { hash, version, outcome, keptBy, removed } = part;
  const judged = typeof outcome === 'string' ? undefined : outcome;
  const kept = keptBy !== null && !removed;
  const parameters: JudgeParameters = {
    ...{ station: station.id, inspection: version.inspection_id, version: version.version },
  };
  const finding =
    kept && judged
      ? await ledger.conclude(actor, {
          ...{ method: judgeMethodId, parameters, subject: station.id, siteId: station.site_id },
          inputs: [version.model, hash].map((one) => ({ kind: 'blob', reference: { hash: one } })),
          output: outputOf(judged),
        })
      : undefined;
  const row = verdictRow(station.id, part, finding?.id ?? null);
  await repository.insertVerdict(row);
  return row;
}
