import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId } from '@millwright/kernel';
import { type Ledger, sha256 } from '@millwright/ledger';
import type { StationRow, VerdictRow, VersionRow } from '../schema.ts';
import type { Judged } from '../work/messages.ts';
import { type JudgeParameters, judgeMethodId, outputOf } from './judge-method.ts';
import type { Picture } from './picture-source.ts';
import type { StationRepository } from './repository.ts';

export interface KeepParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly repository: StationRepository;
}

interface Given {
  readonly version: VersionRow;
  readonly picture: Picture;
  /** What was judged, or the code of why it could not be. */
  readonly outcome: Judged | string;
  readonly milliseconds: number;
}

/** A draw that anybody can repeat: by the picture's own hash. */
const isDrawn = (hash: string, share: number): boolean => Number.parseInt(hash.slice(0, 8), 16) < share * 2 ** 32;

/** Stores a verdict; where its picture is kept, with the picture and a finding that can be proved again. */
export async function keepVerdict(
  { db, blobs, ledger, clock, repository }: KeepParts,
  actor: Actor,
  station: StationRow,
  { version, picture, outcome, milliseconds }: Given,
): Promise<VerdictRow> {
  const { name, content } = picture;
  const hash = sha256(content);
  const judged = typeof outcome === 'string' ? undefined : outcome;
  const kept = judged?.verdict !== 'ok' || isDrawn(hash, station.keep_passed) || (await blobs.has(hash));
  if (kept) await blobs.put(content);
  const heatmap = kept && judged?.heatmap ? (await blobs.put(judged.heatmap, { mediaType: 'image/png' })).hash : null;
  const parameters: JudgeParameters = {
    ...{ station: station.id, inspection: station.inspection_id, version: version.version },
  };
  return db.transaction(async () => {
    const finding =
      kept && judged
        ? await ledger.conclude(actor, {
            ...{ method: judgeMethodId, parameters, subject: station.id, siteId: station.site_id },
            inputs: [version.model, hash].map((one) => ({ kind: 'blob', reference: { hash: one } })),
            output: outputOf(judged),
          })
        : undefined;
    const row: VerdictRow = {
      ...{ id: newId(), station_id: station.id, at: clock.now(), file_name: name, picture: hash, kept },
      ...{ version: version.version, threshold: judged?.threshold ?? null, score: judged?.score ?? null },
      ...{ verdict: judged?.verdict ?? 'refused', class_name: judged?.class ?? null },
      value: judged?.value == null ? null : String(judged.value),
      ...{ boxes: judged?.boxes ?? [], heatmap, milliseconds, finding_id: finding?.id ?? null },
      error: typeof outcome === 'string' ? outcome : null,
      ...{ reviewed: null, reviewed_at: null, reviewed_by: null, conditions: judged?.conditions ?? null },
    };
    await repository.insertVerdict(row);
    await picture.remember?.();
    return row;
  });
}
