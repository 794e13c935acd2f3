import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { withoutPassword, withStoredPassword } from '@millwright/media/stream';
import type { InspectionService } from '../inspections/service.ts';
import { checkUnit } from '../line/check-unit.ts';
import type { StationRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { allowedFolder } from './allowed-folder.ts';
import type { StationCameras } from './camera/station-cameras.ts';
import type { StationRepository } from './repository.ts';
import type { StationAnswer, StationChange, StationInput } from './schemas.ts';
import { stationFor } from './station-access.ts';
import { stationAnswer } from './station-answer.ts';
import type { StationPublisher } from './station-publisher.ts';
import { writeStation } from './write-station.ts';

interface StationParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly inspections: InspectionService;
  readonly repository: StationRepository;
  /** Folders of this machine that stations may watch. */
  readonly watchedFolders: readonly string[];
  /** Code of why no pictures come from the folder of a station. */
  folderProblem(stationId: string): string | null;
  readonly cameras: Pick<StationCameras, 'state'>;
  readonly publisher: Pick<StationPublisher, 'unsent'>;
  /** A station was set up, changed or taken away. */
  changed(): Promise<void>;
}

/** Stations at the line, as they are set up. */
export class StationService {
  readonly #parts: StationParts;

  constructor(parts: StationParts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<StationAnswer[]> {
    requirePermission(actor, 'manuvision.station.read');
    const rows = await this.#parts.repository.list(actor.siteIds);
    return Promise.all(rows.map(({ row, inspectionName }) => stationAnswer(this.#parts, actor, row, inspectionName)));
  }

  async station(actor: Actor, id: string): Promise<StationAnswer> {
    const row = await stationFor(this.#parts.repository, actor, id, 'read');
    const { name } = await this.#parts.inspections.row(actor, row.inspection_id, 'read');
    return stationAnswer(this.#parts, actor, row, name);
  }

  async create(actor: Actor, input: StationInput): Promise<StationAnswer> {
    const { siteId } = input;
    requirePermission(actor, 'manuvision.station.write', siteId);
    await this.#check(actor, siteId, input);
    const row: StationRow = {
      ...{ id: newId(), site_id: siteId, ...columnsOf(input), handshake: null },
      ...{ created_at: this.#parts.clock.now(), removed_at: null },
    };
    await writeStation(this.#parts, actor, row, { type: 'station-create', content: recorded(row) }, () =>
      this.#parts.repository.insert(row),
    );
    await this.#parts.changed();
    return this.station(actor, row.id);
  }

  async change(actor: Actor, id: string, change: StationChange): Promise<StationAnswer> {
    const before = await stationFor(this.#parts.repository, actor, id, 'write');
    await checkUnit(this.#parts.repository, { ...before, box_id: change.boxId });
    await this.#check(actor, before.site_id, change);
    const camera = change.camera && withStoredPassword(change.camera, before.camera ?? undefined);
    const values = { ...columnsOf(change), camera };
    const after = { ...before, ...values };
    const content = { before: recorded(before), after: recorded(after) };
    await writeStation(this.#parts, actor, after, { type: 'station-change', content }, () =>
      this.#parts.repository.change(id, values),
    );
    await this.#parts.changed();
    return this.station(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { repository, clock, changed } = this.#parts;
    const row = await stationFor(repository, actor, id, 'write');
    await writeStation(this.#parts, actor, row, { type: 'station-remove', content: { name: row.name } }, () =>
      repository.change(id, { removed_at: clock.now() }),
    );
    await changed();
  }

  async #check(actor: Actor, siteId: string, wanted: StationChange): Promise<void> {
    const { inspectionId, version, folder, camera, boxId } = wanted;
    if (folder !== null && camera !== null) throw manuvisionServiceErrors.MANUVISION_SOURCE_TWICE({});
    const { inspections } = this.#parts;
    const inspection = await inspections.row(actor, inspectionId, 'read');
    if (inspection.site_id !== siteId)
      throw manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection: inspectionId });
    await inspections.version(actor, inspectionId, version);
    // Whether a box may watch a folder, the box says.
    if (boxId !== null) return this.#checkBox(actor, siteId, boxId);
    if (folder !== null) await allowedFolder(folder, this.#parts.watchedFolders);
  }

  async #checkBox(actor: Actor, siteId: string, boxId: string): Promise<void> {
    const box = await this.#parts.cloud.edgeBoxes.box(actor, boxId);
    if (box.siteId !== siteId) throw manuvisionServiceErrors.MANUVISION_STATION_MISPLACED({ box: box.name });
  }
}

const columnsOf = ({ name, inspectionId, version, folder, camera, boxId, keep }: StationChange) => ({
  ...{ name, inspection_id: inspectionId, version, folder, camera, box_id: boxId, keep },
});

/** As the ledger keeps it: without the password. */
const recorded = ({ name, inspection_id, version, folder, camera, box_id, keep }: StationRow) => ({
  ...{
    name,
    inspectionId: inspection_id,
    version,
    folder,
    camera: camera && withoutPassword(camera),
    boxId: box_id,
    keep,
  },
});
