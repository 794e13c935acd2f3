import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId } from '@millwright/kernel';
import { type Ledger, sha256 } from '@millwright/ledger';
import type { LotService } from '../lots/service.ts';
import type { StationRow, VerdictRow, VersionRow } from '../schema.ts';
import type { Judged } from '../work/messages.ts';
import { keptBy } from './keep/keep-rules.ts';
import { holdPictures } from './keep/picture-lock.ts';
import type { Picture } from './picture-source.ts';
import type { StationRepository } from './repository.ts';
import { storeVerdict } from './store-verdict.ts';

export interface KeepParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly repository: StationRepository;
  readonly lots: Pick<LotService, 'follow' | 'open'>;
  /** When the day of a site began. */
  dayStart(siteId: string): Promise<Date>;
}

interface Given {
  readonly version: VersionRow;
  readonly picture: Picture;
  /** What was judged, or the code of why it could not be. */
  readonly outcome: Judged | string;
  readonly milliseconds: number;
}

/** Stores a verdict; where the station's rules keep its picture, with the picture and a finding that can be proved again. */
export async function keepVerdict(
  parts: KeepParts,
  actor: Actor,
  station: StationRow,
  { version, picture, outcome, milliseconds }: Given,
): Promise<VerdictRow> {
  const { db, blobs, clock } = parts;
  const { name, content, lot } = picture;
  if (lot !== undefined) await parts.lots.follow(actor, station, lot);
  const hash = sha256(content);
  const judged = typeof outcome === 'string' ? undefined : outcome;
  const { verdict = 'refused', score = null, threshold = null } = judged ?? {};
  const place = station.keep.first === null ? 0 : await placeOf(parts, station);
  const wantedBy = keptBy(station.keep, { verdict, score, threshold, hash, place });
  return db.transaction(async () => {
    await holdPictures(db);
    const by = wantedBy ?? ((await blobs.has(hash)) ? 'there' : null);
    const heat = by && judged?.heatmap ? judged.heatmap : null;
    if (by) await blobs.put(content);
    const row = await storeVerdict(parts, actor, station, {
      ...{ id: newId(), at: clock.now(), name, hash, version, outcome, milliseconds, keptBy: by },
      ...{ partId: picture.partId, resultId: picture.resultId },
      heatmap: heat && (await blobs.put(heat, { mediaType: 'image/png' })).hash,
      bytes: content.length + (heat?.length ?? 0),
    });
    await picture.remember?.();
    return row;
  });
}

/** Place of the next part in the lot that is open, or of the day where none is. */
async function placeOf({ repository, lots, dayStart }: KeepParts, { id, site_id }: StationRow): Promise<number> {
  const from = (await lots.open(id))?.started_at ?? (await dayStart(site_id));
  const { ok, ng, refused } = await repository.counts(id, from);
  return ok + ng + refused + 1;
}
