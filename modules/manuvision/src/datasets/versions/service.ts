import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { Actor, Clock } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { DatasetRow, DatasetVersionRow } from '../../schema.ts';
import { manuvisionServiceErrors } from '../../service-errors.ts';
import { writeRecorded } from '../../write-recorded.ts';
import { type DatasetService, readingOf } from '../service/service.ts';
import { type FrozenPicture, freezePictures, thawPictures } from './frozen-dataset.ts';
import { DatasetVersionRepository } from './repository.ts';
import type { DatasetVersionAnswer } from './schemas.ts';

interface DatasetVersionParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly datasets: DatasetService;
}

/** What counted in a data set at a time, under the hash of its content: it never changes. */
export class DatasetVersionService {
  #parts: DatasetVersionParts;
  #repository: DatasetVersionRepository;

  constructor(parts: DatasetVersionParts) {
    this.#parts = parts;
    this.#repository = new DatasetVersionRepository(parts.db);
  }

  /** Newest first. */
  async list(actor: Actor, id: string): Promise<DatasetVersionAnswer[]> {
    await this.#parts.datasets.row(actor, id, 'read');
    return (await this.#repository.list(id)).map(toVersion);
  }

  /** Throws MANUVISION_DATASET_VERSION_UNKNOWN. */
  async version(actor: Actor, id: string, version: string): Promise<DatasetVersionAnswer> {
    return toVersion(await this.#row(actor, id, version));
  }

  /**
   * Freezes what counts now. What was frozen before is the same version.
   * @param right `read` for whoever may train: that always freezes
   */
  async freeze(actor: Actor, id: string, right: 'read' | 'write' = 'write'): Promise<DatasetVersionAnswer> {
    const { datasets, blobs, clock } = this.#parts;
    const dataset = await datasets.row(actor, id, right);
    const pictures = await this.#current(dataset);
    const { hash } = await blobs.put(Buffer.from(freezePictures(pictures)), { mediaType: 'application/json' });
    const known = await this.#repository.one(id, hash);
    if (known) return toVersion(known);
    const defects = pictures.filter(({ label }) => label === 'defect').length;
    const row: DatasetVersionRow = {
      ...{ dataset_id: id, hash, good: pictures.length - defects, defects },
      region_count: pictures.reduce((sum, { regions }) => sum + regions.length, 0),
      ...{ created_at: clock.now(), actor_id: actor.id, actor_name: actor.name },
    };
    const content = { version: hash, good: row.good, defects, regions: row.region_count };
    const change = { type: 'dataset-freeze', subject: id, siteId: dataset.site_id, content };
    await writeRecorded(this.#parts, actor, change, () => this.#repository.insert(row));
    return toVersion(row);
  }

  /**
   * The pictures of a data set with label, class, group and regions, by hash: of a version, or what counts now. The files lie among
   * the blobs. Throws MANUVISION_DATASET_VERSION_UNKNOWN, BLOB_MISSING.
   */
  async labelledPictures(actor: Actor, id: string, version?: string): Promise<readonly FrozenPicture[]> {
    if (version === undefined) {
      const dataset = await this.#parts.datasets.row(actor, id, 'read');
      return thawPictures(freezePictures(await this.#current(dataset)));
    }
    await this.#row(actor, id, version);
    return thawPictures((await this.#parts.blobs.read(version)).toString());
  }

  /** Canonical JSON whose SHA-256 is the version. Throws as `labelledPictures`. */
  async content(actor: Actor, id: string, version: string): Promise<Readable> {
    await this.#row(actor, id, version);
    return this.#parts.blobs.get(version);
  }

  async #row(actor: Actor, id: string, version: string): Promise<DatasetVersionRow> {
    const { name } = await this.#parts.datasets.row(actor, id, 'read');
    const row = await this.#repository.one(id, version);
    if (!row) throw manuvisionServiceErrors.MANUVISION_DATASET_VERSION_UNKNOWN({ name, version });
    return row;
  }

  async #current(dataset: DatasetRow): Promise<FrozenPicture[]> {
    const reading = readingOf(dataset);
    return (await this.#repository.current(dataset.id)).map(({ picture, regions }) => ({
      ...{ hash: picture.hash, fileName: picture.file_name, width: picture.width, height: picture.height },
      ...{ label: picture.label, class: picture.class_name, group: picture.grouping },
      regions: (regions ?? []).map(({ class: name, shape }) => ({ class: name, shape })),
      ...(reading ? { reading } : {}),
    }));
  }
}

const toVersion = (row: DatasetVersionRow): DatasetVersionAnswer => ({
  ...{ version: row.hash, counts: { good: row.good, defects: row.defects, regions: row.region_count } },
  ...{ at: row.created_at.toISOString(), by: row.actor_name },
});
