import type { Actor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { StationRow, VerdictRow, VersionRow } from '../schema.ts';
import type { Judged } from '../work/messages.ts';
import { type JudgeParameters, judgeMethodId, outputOf } from './judge-method.ts';
import type { KeptBy, RemovedBy } from './keep/keep-rules.ts';
import type { StationRepository } from './repository.ts';

/** What was judged of a part, on the server or on a box; its files are stored already. */
export interface JudgedPart {
  readonly id: string;
  readonly at: Date;
  /** Of the file, or what the part is called. */
  readonly name: string;
  /** As the line calls the part, and the number that it reads with the result; left out: the line has no part in it. */
  readonly partId?: string | undefined;
  readonly resultId?: number | undefined;
  /** SHA-256 of the picture. */
  readonly hash: string;
  readonly version: Pick<VersionRow, 'inspection_id' | 'version' | 'model'>;
  /** What was judged, or the code of why it could not be. */
  readonly outcome: Omit<Judged, 'heatmap'> | string;
  readonly milliseconds: number;
  readonly keptBy: KeptBy | null;
  /** It was wanted, and did not come to be kept. */
  readonly removed?: { readonly by: RemovedBy; readonly at: Date } | undefined;
  /** SHA-256 of the heat map. */
  readonly heatmap: string | null;
  /** Of picture and heat map. */
  readonly bytes: number;
}

/** Stores a verdict in the transaction around it; where its picture is kept, with a finding that can be proved again. */
export async function storeVerdict(
  { ledger, repository }: { readonly ledger: Ledger; readonly repository: StationRepository },
  actor: Actor,
  station: StationRow,
  part: JudgedPart,
): Promise<VerdictRow> {
  const { id, at, name, hash, version, outcome, milliseconds, keptBy, removed, heatmap, bytes } = part;
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
  const row: VerdictRow = {
    ...{ id, station_id: station.id, at, file_name: name, picture: hash, kept, bytes: kept ? bytes : null },
    ...{ kept_by: keptBy, removed_by: removed?.by ?? null, removed_at: removed?.at ?? null },
    ...{ inspection_id: version.inspection_id, version: version.version },
    ...{ threshold: judged?.threshold ?? null, score: judged?.score ?? null },
    ...{ verdict: judged?.verdict ?? 'refused', class_name: judged?.class ?? null },
    value: judged?.value == null ? null : String(judged.value),
    ...{ boxes: judged?.boxes ?? [], heatmap, milliseconds, finding_id: finding?.id ?? null },
    error: typeof outcome === 'string' ? outcome : null,
    ...{ part_id: part.partId || null, result_id: part.resultId ?? null },
    ...{ reviewed: null, reviewed_at: null, reviewed_by: null, conditions: judged?.conditions ?? null },
  };
  await repository.insertVerdict(row);
  return row;
}
