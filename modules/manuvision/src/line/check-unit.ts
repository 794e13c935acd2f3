import type { StationRow } from '../schema.ts';
import type { StationRepository } from '../stations/repository.ts';
import { lineErrors } from './line-errors.ts';

/** Units are those of one machine: of the server, or of a box. Throws MANUVISION_LINE_UNIT_TAKEN. */
export async function checkUnit(
  stations: Pick<StationRepository, 'list'>,
  { id, box_id, handshake }: Pick<StationRow, 'id' | 'box_id' | 'handshake'>,
): Promise<void> {
  const unit = handshake?.modbusUnit ?? null;
  if (unit === null) return;
  for (const { row } of await stations.list())
    if (row.id !== id && row.box_id === box_id && row.handshake?.modbusUnit === unit)
      throw lineErrors.MANUVISION_LINE_UNIT_TAKEN({ unit, station: row.name });
}
