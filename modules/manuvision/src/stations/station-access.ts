import { type Actor, requirePermission } from '@millwright/kernel';
import type { StationRow, VerdictRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type { StationRepository } from './repository.ts';

/** Throws MANUVISION_STATION_UNKNOWN, also for one that was taken away. */
export async function stationFor(
  repository: StationRepository,
  actor: Actor,
  id: string,
  right: 'read' | 'write',
): Promise<StationRow> {
  const row = await repository.byId(id);
  if (!row) throw manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station: id });
  requirePermission(actor, `manuvision.station.${right}`, row.site_id);
  if (row.removed_at) throw manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station: id });
  return row;
}

/** Throws MANUVISION_STATION_UNKNOWN, MANUVISION_VERDICT_UNKNOWN. */
export async function verdictFor(
  repository: StationRepository,
  actor: Actor,
  id: string,
  verdictId: string,
): Promise<{ station: StationRow; verdict: VerdictRow }> {
  const station = await stationFor(repository, actor, id, 'read');
  const verdict = await repository.verdict(verdictId);
  if (verdict?.station_id !== id) throw manuvisionServiceErrors.MANUVISION_VERDICT_UNKNOWN({ verdict: verdictId });
  return { station, verdict };
}
