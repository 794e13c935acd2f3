import type { Readable } from 'node:stream';
import type { BlobContent, Blobs } from '@millwright/blobs';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { pictureForm, pngBytes, readPicture } from '@millwright/imaging';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { shownPicture } from '../../labelling/shown-picture.ts';
import type { Reading } from '../../model-file/model-file.ts';
import type { DatasetRow, PictureRow } from '../../schema.ts';
import { manuvisionServiceErrors } from '../../service-errors.ts';
import { writeRecorded } from '../../write-recorded.ts';
import { DatasetRepository } from './repository.ts';
import {
  type DatasetAnswer,
  type DatasetChange,
  type DatasetInput,
  type PictureAnswer,
  type PictureFilter,
  type PictureQuery,
  toPicture,
} from './schemas.ts';

interface DatasetParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
}

/** Longest side of a small picture for lists, pixels. */
const thumbnailSide = 192;

/** How the pictures of a data set are read, where their files do not say it. */
export const readingOf = ({ bayer }: Pick<DatasetRow, 'bayer'>): Reading | undefined => (bayer ? { bayer } : undefined);

/** Pictures of parts with what people said of them. */
export class DatasetService {
  #parts: DatasetParts;
  #repository: DatasetRepository;

  constructor(parts: DatasetParts) {
    this.#parts = parts;
    this.#repository = new DatasetRepository(parts.db);
  }

  async list(actor: Actor): Promise<DatasetAnswer[]> {
    requirePermission(actor, 'manuvision.dataset.read');
    return this.#answers(await this.#repository.list(actor.siteIds));
  }

  async dataset(actor: Actor, id: string): Promise<DatasetAnswer> {
    return (await this.#answers([await this.row(actor, id, 'read')]))[0]!;
  }

  async create(actor: Actor, { siteId, name, bayer }: DatasetInput): Promise<DatasetAnswer> {
    requirePermission(actor, 'manuvision.dataset.write', siteId);
    await this.#parts.cloud.plant.node(actor, siteId);
    const row: DatasetRow = {
      ...{ id: newId(), site_id: siteId, name, bayer },
      ...{ created_at: this.#parts.clock.now(), removed_at: null },
    };
    const taken = {
      manuvision_dataset_name: (cause: unknown) => manuvisionServiceErrors.MANUVISION_DATASET_EXISTS({ name }, cause),
    };
    const change = { type: 'dataset-create', subject: row.id, siteId, content: { name, bayer }, taken };
    await writeRecorded(this.#parts, actor, change, () => this.#repository.insert(row));
    return this.dataset(actor, row.id);
  }

  /** Its pictures are read in this way from then on; versions that were frozen before stay as they are. */
  async change(actor: Actor, id: string, { bayer }: DatasetChange): Promise<DatasetAnswer> {
    const { name, site_id: siteId, bayer: before } = await this.row(actor, id, 'write');
    const change = {
      type: 'dataset-change',
      subject: id,
      siteId,
      content: { name, before: { bayer: before }, after: { bayer } },
    };
    await writeRecorded(this.#parts, actor, change, () => this.#repository.change(id, { bayer }));
    return this.dataset(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { name, site_id: siteId } = await this.row(actor, id, 'write');
    const inspection = await this.#repository.usedBy(id);
    if (inspection) throw manuvisionServiceErrors.MANUVISION_DATASET_USED({ name, inspection });
    const change = { type: 'dataset-remove', subject: id, siteId, content: { name } };
    await writeRecorded(this.#parts, actor, change, () =>
      this.#repository.change(id, { removed_at: this.#parts.clock.now() }),
    );
  }

  async page(actor: Actor, id: string, filter: PictureFilter): Promise<{ items: PictureAnswer[]; total: number }> {
    await this.row(actor, id, 'read');
    const { items, total } = await this.#repository.page(id, filter);
    return { items: items.map(toPicture), total };
  }

  /**
   * Adds a picture; of a stack (TIFF) every page as one of its own, of one part, of which the first is told. Throws what reading the
   * picture throws; nothing is kept of what is none.
   */
  async addPicture(actor: Actor, id: string, query: PictureQuery, content: BlobContent): Promise<PictureAnswer> {
    const dataset = await this.row(actor, id, 'write');
    const { blobs } = this.#parts;
    const { hash } = await blobs.put(content);
    const bytes = await blobs.read(hash);
    const pages = (await pictureForm(bytes, query.fileName)).pages;
    if (pages === 1 || !/\.tiff?$/i.test(query.fileName)) return this.#addOne(actor, dataset, query, { hash, bytes });
    const pictures = await this.#pagesOf(bytes, pages, query);
    const added: PictureAnswer[] = [];
    let twice: unknown;
    for (const { png, ...named } of pictures)
      try {
        const page = { hash: (await blobs.put(png)).hash, bytes: png };
        added.push(await this.#addOne(actor, dataset, { ...query, ...named }, page));
      } catch (error) {
        if ((error as { code?: string }).code !== 'MANUVISION_PICTURE_TWICE') throw error;
        twice = error;
      }
    // A page that is there already is passed over as long as another one is new.
    if (added[0]) return added[0];
    throw twice;
  }

  async #pagesOf(bytes: Uint8Array, pages: number, { fileName, group = fileName }: PictureQuery) {
    const all: { fileName: string; group: string; png: Uint8Array }[] = [];
    for (let page = 0; page < pages; page++)
      all.push({
        ...{ fileName: `${fileName}#${page + 1}`, group },
        png: await pngBytes(await readPicture(bytes, { page, name: fileName })),
      });
    return all;
  }

  async #addOne(
    ...[actor, dataset, query, { hash, bytes }]: [
      actor: Actor,
      dataset: DatasetRow,
      query: PictureQuery,
      file: { readonly hash: string; readonly bytes: Uint8Array },
    ]
  ): Promise<PictureAnswer> {
    const { width, height } = await readPicture(bytes, { name: query.fileName });
    const className = query.label === 'defect' ? (query.class ?? 'defect') : null;
    const row: PictureRow = {
      ...{ id: newId(), dataset_id: dataset.id, hash, file_name: query.fileName, width, height },
      ...{ label: query.label, class_name: className, grouping: query.group ?? query.fileName },
      ...{ created_at: this.#parts.clock.now(), actor_id: actor.id, actor_name: actor.name, removed_at: null },
      ...{ revision: 0, region_count: 0, labelled_by: [], disagreement: null },
    };
    await this.#write(actor, dataset, 'picture-add', row, () => this.#repository.insertPicture(row));
    return toPicture(row);
  }

  async removePicture(actor: Actor, id: string, pictureId: string): Promise<void> {
    const { dataset, picture } = await this.picture(actor, id, pictureId, 'write');
    await this.#write(actor, dataset, 'picture-remove', picture, () =>
      this.#repository.changePicture(pictureId, { removed_at: this.#parts.clock.now() }),
    );
  }

  async restorePicture(actor: Actor, id: string, pictureId: string): Promise<PictureAnswer> {
    const { dataset, picture } = await this.picture(actor, id, pictureId, 'write', { removed: true });
    await this.#write(actor, dataset, 'picture-restore', picture, () =>
      this.#repository.changePicture(pictureId, { removed_at: null }),
    );
    return toPicture(picture);
  }

  /** The file as it came. */
  async file(actor: Actor, id: string, pictureId: string): Promise<Readable> {
    const { picture } = await this.picture(actor, id, pictureId, 'read', { removed: true });
    return this.#parts.blobs.get(picture.hash);
  }

  /** A small JPEG for lists. */
  async thumbnail(actor: Actor, id: string, pictureId: string): Promise<Uint8Array> {
    const { dataset, picture } = await this.picture(actor, id, pictureId, 'read', { removed: true });
    const side = { width: thumbnailSide, height: thumbnailSide, fit: 'inside' as const, withoutEnlargement: true };
    const shown = await shownPicture(await this.#parts.blobs.read(picture.hash), readingOf(dataset));
    return shown.resize(side).jpeg({ quality: 80 }).toBuffer();
  }

  /** Throws MANUVISION_DATASET_UNKNOWN, and where the actor may not. */
  async row(actor: Actor, id: string, right: 'read' | 'write'): Promise<DatasetRow> {
    const row = await this.#repository.byId(id);
    if (!row) throw manuvisionServiceErrors.MANUVISION_DATASET_UNKNOWN({ dataset: id });
    requirePermission(actor, `manuvision.dataset.${right}`, row.site_id);
    if (row.removed_at) throw manuvisionServiceErrors.MANUVISION_DATASET_UNKNOWN({ dataset: id });
    return row;
  }

  /** Throws MANUVISION_PICTURE_UNKNOWN, and what `row` throws. */
  async picture(
    ...[actor, id, pictureId, right, { removed = false } = {}]: [
      actor: Actor,
      id: string,
      pictureId: string,
      right: 'read' | 'write',
      options?: { removed?: boolean },
    ]
  ): Promise<{ dataset: DatasetRow; picture: PictureRow }> {
    const dataset = await this.row(actor, id, right);
    const picture = await this.#repository.picture(pictureId);
    if (picture?.dataset_id !== id || (picture.removed_at && !removed))
      throw manuvisionServiceErrors.MANUVISION_PICTURE_UNKNOWN({ picture: pictureId });
    return { dataset, picture };
  }

  async #write(
    ...[actor, dataset, type, row, work]: [
      actor: Actor,
      dataset: DatasetRow,
      type: string,
      row: PictureRow,
      work: () => Promise<void>,
    ]
  ): Promise<void> {
    const { id: picture, hash, label, class_name: className, file_name: file } = row;
    const change = {
      ...{ type, subject: dataset.id, siteId: dataset.site_id },
      content: { picture, hash, label, class: className },
      taken: {
        manuvision_picture_hash: (cause: unknown) => manuvisionServiceErrors.MANUVISION_PICTURE_TWICE({ file }, cause),
      },
    };
    await writeRecorded(this.#parts, actor, change, work);
  }

  async #answers(rows: readonly DatasetRow[]): Promise<DatasetAnswer[]> {
    const counts = await this.#repository.counts(rows.map(({ id }) => id));
    return rows.map((row) => {
      const own = counts.filter(({ datasetId }) => datasetId === row.id);
      const defects = own.filter(({ label }) => label === 'defect');
      return {
        ...{ id: row.id, siteId: row.site_id, name: row.name, bayer: row.bayer },
        counts: {
          good: own.find(({ label }) => label === 'good')?.count ?? 0,
          defects: defects.reduce((sum, { count }) => sum + count, 0),
          classes: defects.map(({ className, count }) => ({ name: className!, count })),
        },
        createdAt: row.created_at.toISOString(),
      };
    });
  }
}
