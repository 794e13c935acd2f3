import type { VerdictRow, VersionRow } from '../schema.ts';
import type { Judged } from '../work/messages.ts';
import type { KeptBy, RemovedBy } from './keep/keep-rules.ts';

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

/** A verdict as it is stored, and as the line is told of it. */
export function verdictRow(stationId: string, part: JudgedPart, findingId: string | null): VerdictRow {
  const { id, at, name, hash, version, outcome, milliseconds, keptBy, removed, heatmap, bytes } = part;
  const judged = typeof outcome === 'string' ? undefined : outcome;
  const kept = keptBy !== null && !removed;
  return {
    ...{ id, station_id: stationId, at, file_name: name, picture: hash, kept, bytes: kept ? bytes : null },
    ...{ kept_by: keptBy, removed_by: removed?.by ?? null, removed_at: removed?.at ?? null },
    ...{ inspection_id: version.inspection_id, version: version.version },
    ...{ threshold: judged?.threshold ?? null, score: judged?.score ?? null },
    ...{ verdict: judged?.verdict ?? 'refused', class_name: judged?.class ?? null },
    value: judged?.value == null ? null : String(judged.value),
    ...{ boxes: judged?.boxes ?? [], heatmap, milliseconds, finding_id: findingId },
    error: typeof outcome === 'string' ? outcome : null,
    ...{ part_id: part.partId || null, result_id: part.resultId ?? null },
    ...{ reviewed: null, reviewed_at: null, reviewed_by: null, conditions: judged?.conditions ?? null },
  };
}
