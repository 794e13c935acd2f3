import type { Database } from '@millwright/db';
import type { Actor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { StationRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { writeRecorded } from '../write-recorded.ts';

/** Writes what changes a station, and records it as `manuvision.TYPE`. Throws MANUVISION_STATION_EXISTS. */
export function writeStation(
  parts: { readonly db: Database; readonly ledger: Ledger },
  actor: Actor,
  { id: subject, site_id: siteId, name }: StationRow,
  { type, content }: { readonly type: string; readonly content: object },
  work: () => Promise<void>,
): Promise<void> {
  const taken = {
    manuvision_station_name: (cause: unknown) => manuvisionServiceErrors.MANUVISION_STATION_EXISTS({ name }, cause),
  };
  return writeRecorded(parts, actor, { type, subject, siteId, content, taken }, work);
}
