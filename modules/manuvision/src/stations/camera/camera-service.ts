import { type Actor, requirePermission } from '@millwright/kernel';
import type { StationsOnBoxes } from '../../box/on-boxes.ts';
import type { StationRow } from '../../schema.ts';
import type { Picture } from '../picture-source.ts';
import type { StationRepository } from '../repository.ts';
import type { VerdictAnswer } from '../schemas.ts';
import { stationFor } from '../station-access.ts';
import { nextOf } from './next-of.ts';
import type { StationCameras } from './station-cameras.ts';

interface CameraServiceParts {
  readonly repository: StationRepository;
  readonly cameras: StationCameras;
  readonly onBoxes: Pick<StationsOnBoxes, 'still' | 'take'>;
  readonly judge: { judge(actor: Actor, station: StationRow, picture: Picture): Promise<VerdictAnswer> };
}

const patienceMs = 10_000;
/** Less than who asks a box waits for its answer, so that the box can say why. */
const boxPatienceMs = 6_000;

/** What people and programs ask of the camera of a station. */
export class StationCameraService {
  readonly #parts: CameraServiceParts;

  constructor(parts: CameraServiceParts) {
    this.#parts = parts;
  }

  /**
   * Takes a picture and judges it, here or on its box, whose verdict is stored here a little later. Throws MANUVISION_CAMERA_NONE,
   * MANUVISION_CAMERA_LOST, EDGE_BOX_SILENT.
   */
  async trigger(actor: Actor, id: string): Promise<VerdictAnswer> {
    const { repository, cameras, onBoxes, judge } = this.#parts;
    const station = await stationFor(repository, actor, id, 'read');
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    if (station.box_id !== null) return onBoxes.take(station, boxPatienceMs);
    return judge.judge(actor, station, await nextOf(cameras.camera(station), patienceMs));
  }

  /** What the camera sees now, here or on its box, JPEG. Throws MANUVISION_CAMERA_NONE, MANUVISION_CAMERA_LOST, EDGE_BOX_SILENT. */
  async still(actor: Actor, id: string, width: number): Promise<Uint8Array> {
    const { repository, cameras, onBoxes } = this.#parts;
    const station = await stationFor(repository, actor, id, 'read');
    return station.box_id === null ? cameras.camera(station).still(width) : onBoxes.still(station, width);
  }
}
