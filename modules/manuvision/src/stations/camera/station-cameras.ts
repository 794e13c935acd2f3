import type { StationRow } from '../../schema.ts';
import { manuvisionServiceErrors } from '../../service-errors.ts';
import type { Picture, PictureSource } from '../picture-source.ts';
import type { StationRepository } from '../repository.ts';
import type { CameraState } from './camera-state.ts';
import { type CameraParts, StationCamera } from './station-camera.ts';

interface CamerasParts extends Omit<CameraParts, 'source' | 'judge'> {
  readonly repository: Pick<StationRepository, 'list' | 'byId'>;
  judge(station: StationRow, picture: Picture): Promise<void>;
}

/** The cameras of all stations that the server judges, from its start to its end. */
export class StationCameras {
  readonly #parts: CamerasParts;
  readonly #cameras = new Map<string, { readonly camera: StationCamera; readonly setUp: string }>();
  #isLive = false;
  #synced: Promise<void> = Promise.resolve();

  constructor(parts: CamerasParts) {
    this.#parts = parts;
  }

  async goLive(): Promise<void> {
    this.#isLive = true;
    await this.sync();
  }

  /** Opens and closes cameras as the stations are set up now. */
  sync(): Promise<void> {
    this.#synced = this.#synced.catch(() => undefined).then(() => this.#sync());
    return this.#synced;
  }

  async close(): Promise<void> {
    this.#isLive = false;
    await this.#synced.catch(() => undefined);
    await Promise.all([...this.#cameras.values()].map(({ camera }) => camera.close()));
    this.#cameras.clear();
  }

  /** Where a trigger takes its picture; undefined: pictures come by themselves, or are sent. */
  sourceOf(stationId: string): PictureSource | undefined {
    const camera = this.#cameras.get(stationId)?.camera;
    return camera?.takes === 'trigger' ? camera : undefined;
  }

  state(stationId: string): CameraState | undefined {
    return this.#cameras.get(stationId)?.camera.state;
  }

  /** Code of why no picture can be taken; null: all is well, or there is no camera. */
  problem(stationId: string): string | null {
    return this.#cameras.get(stationId)?.camera.problem() ?? null;
  }

  /** Throws MANUVISION_CAMERA_NONE. */
  camera({ id, name }: StationRow): StationCamera {
    const found = this.#cameras.get(id);
    if (!found) throw manuvisionServiceErrors.MANUVISION_CAMERA_NONE({ station: name });
    return found.camera;
  }

  async #sync(): Promise<void> {
    if (!this.#isLive) return;
    const { repository, judge, ...parts } = this.#parts;
    const wanted = new Map<string, NonNullable<StationRow['camera']>>();
    for (const { row } of await repository.list()) if (row.camera && !row.box_id) wanted.set(row.id, row.camera);
    for (const [id, { camera, setUp }] of this.#cameras) {
      if (setUp === JSON.stringify(wanted.get(id))) continue;
      this.#cameras.delete(id);
      await camera.close();
    }
    for (const [id, source] of wanted) {
      if (this.#cameras.has(id)) continue;
      const camera = new StationCamera({
        ...{ ...parts, source },
        judge: async (picture) => {
          const station = await repository.byId(id);
          if (station && !station.removed_at) await judge(station, picture);
        },
      });
      this.#cameras.set(id, { camera, setUp: JSON.stringify(source) });
    }
  }
}
