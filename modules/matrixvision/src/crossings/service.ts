import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, requirePermission } from '@millwright/kernel';
import { cameraErrors } from '../camera-errors.ts';
import type { CameraService } from '../cameras/service.ts';
import { isCoveredFor } from '../privacy/is-covered-for.ts';
import type { LookLog } from '../privacy/look-log.ts';
import type { CrossingRow } from '../schema.ts';
import { CrossingRepository } from './repository.ts';
import type { CountFilter, CountRow, CrossingFilter, StoredCrossing } from './schemas.ts';

/** Crossings of lines; a count is the number of them, so each one of it can be looked at. */
export class CrossingService {
  #repository: CrossingRepository;
  #cameras: CameraService;
  #blobs: Blobs;
  #looks: LookLog;

  constructor(parts: { db: Database; cameras: CameraService; blobs: Blobs; looks: LookLog }) {
    this.#repository = new CrossingRepository(parts.db);
    this.#cameras = parts.cameras;
    this.#blobs = parts.blobs;
    this.#looks = parts.looks;
  }

  async list(actor: Actor, filter: CrossingFilter): Promise<StoredCrossing[]> {
    await this.#cameras.row(actor, filter.camera);
    return (await this.#repository.list(filter)).map(toCrossing);
  }

  /** Of each line by stretch of time on the clock of the site, with what is unconfirmed apart. */
  async counts(actor: Actor, filter: CountFilter): Promise<CountRow[]> {
    return this.#repository.counts(filter, await this.#cameras.zone(actor, filter.camera));
  }

  /** The picture at the moment of the crossing, JPEG. Throws EVENT_PICTURE_MISSING. */
  async picture(actor: Actor, id: string): Promise<Readable> {
    const row = await this.#repository.byId(id);
    if (!row) throw cameraErrors.EVENT_UNKNOWN({ id });
    const camera = await this.#cameras.row(actor, row.camera_id);
    requirePermission(actor, 'matrixvision.video.read', camera.site_id);
    const covered = isCoveredFor(actor, camera);
    const picture = covered ? row.picture_covered : row.picture;
    if (!picture) throw cameraErrors.EVENT_PICTURE_MISSING({ id });
    await this.#looks.record(actor, camera, 'pictures', covered);
    return this.#blobs.get(picture);
  }

  /** For the runtime and edge boxes. */
  async add(rows: readonly CrossingRow[]): Promise<void> {
    await this.#repository.insert(rows);
  }
}

const toCrossing = (row: CrossingRow): StoredCrossing => ({
  ...{ id: row.id, cameraId: row.camera_id, ruleId: row.rule_id, ruleVersion: row.rule_version },
  ...{ at: row.at.toISOString(), runId: row.run_id, track: row.track, label: row.label },
  ...{ direction: row.direction, confirmed: row.confirmed, doubts: row.doubts },
  ...{ before: row.before as StoredCrossing['before'], after: row.after as StoredCrossing['after'] },
  hasPicture: row.picture !== null,
});
