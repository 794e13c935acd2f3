import { type Actor, requirePermission } from '@millwright/kernel';
import type { StationsOnBoxes } from '../../box/on-boxes.ts';
import type { StationRow } from '../../schema.ts';
import { manuvisionServiceErrors } from '../../service-errors.ts';
import type { Picture } from '../picture-source.ts';
import type { StationRepository } from '../repository.ts';
import type { VerdictAnswer } from '../schemas.ts';
import { stationFor } from '../station-access.ts';
import type { StationCameras } from './station-cameras.ts';

interface CameraServiceParts {
  readonly repository: StationRepository;
  readonly cameras: StationCameras;
  readonly onBoxes: Pick<StationsOnBoxes, 'still'>;
  readonly judge: { judge(actor: Actor, station: StationRow, picture: Picture): Promise<VerdictAnswer> };
}

const patienceMs = 10_000;

/** What people and programs ask of the camera of a station. */
export class StationCameraService {
  readonly #parts: CameraServiceParts;

  constructor(parts: CameraServiceParts) {
    this.#parts = parts;
  }

  /** Takes a picture and judges it. Throws MANUVISION_CAMERA_NONE, MANUVISION_CAMERA_LOST, MANUVISION_STATION_ON_BOX. */
  async trigger(actor: Actor, id: string): Promise<VerdictAnswer> {
    const station = await stationFor(this.#parts.repository, actor, id, 'read');
    if (station.box_id) throw manuvisionServiceErrors.MANUVISION_STATION_ON_BOX({ station: station.name });
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    const signal = AbortSignal.timeout(patienceMs);
    const picture = await this.#parts.cameras
      .camera(station)
      .next(signal)
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
        throw manuvisionServiceErrors.MANUVISION_CAMERA_LOST({ reason: `no picture within ${patienceMs / 1000} s` });
      });
    return this.#parts.judge.judge(actor, station, picture);
  }

  /** What the camera sees now, here or on its box, JPEG. Throws MANUVISION_CAMERA_NONE, MANUVISION_CAMERA_LOST, EDGE_BOX_SILENT. */
  async still(actor: Actor, id: string, width: number): Promise<Uint8Array> {
    const { repository, cameras, onBoxes } = this.#parts;
    const station = await stationFor(repository, actor, id, 'read');
    return station.box_id === null ? cameras.camera(station).still(width) : onBoxes.still(station, width);
  }
}
