import type { Database } from '@millwright/db';
import { and, asc, count, eq, gt, ilike, inArray, isNotNull, isNull } from 'drizzle-orm';
import {
  type DatasetRow,
  manuvisionDataset as dataset,
  manuvisionInspection as inspection,
  type PictureRow,
  manuvisionPicture as picture,
} from '../../schema.ts';
import type { PictureFilter } from './schemas.ts';

/** Characters that `like` gives a meaning are meant as they stand. */
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** SQL of data sets and their pictures. */
export class DatasetRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds?: readonly string[]): Promise<DatasetRow[]> {
    return this.#db.orm
      .select()
      .from(dataset)
      .where(and(isNull(dataset.removed_at), siteIds && inArray(dataset.site_id, [...siteIds])))
      .orderBy(asc(dataset.name), asc(dataset.id));
  }
  async byId(id: string): Promise<DatasetRow | undefined> {
    return (await this.#db.orm.select().from(dataset).where(eq(dataset.id, id)))[0];
  }
  async insert(row: DatasetRow): Promise<void> {
    await this.#db.orm.insert(dataset).values(row);
  }
  async change(id: string, values: Partial<DatasetRow>): Promise<void> {
    await this.#db.orm.update(dataset).set(values).where(eq(dataset.id, id));
  }
  /** Name of an inspection that learns from it, if there is one. */
  async usedBy(id: string): Promise<string | undefined> {
    const where = and(eq(inspection.dataset_id, id), isNull(inspection.removed_at));
    return (await this.#db.orm.select({ name: inspection.name }).from(inspection).where(where).limit(1))[0]?.name;
  }
  async counts(ids: readonly string[]) {
    if (ids.length === 0) return [];
    return this.#db.orm
      .select({ datasetId: picture.dataset_id, label: picture.label, className: picture.class_name, count: count() })
      .from(picture)
      .where(and(inArray(picture.dataset_id, [...ids]), isNull(picture.removed_at)))
      .groupBy(picture.dataset_id, picture.label, picture.class_name)
      .orderBy(asc(picture.class_name));
  }
  /** In the order of their names, numbers in them as people count, a part of them. */
  async page(datasetId: string, filter: PictureFilter): Promise<{ items: PictureRow[]; total: number }> {
    const where = and(
      eq(picture.dataset_id, datasetId),
      isNull(picture.removed_at),
      filter.label && eq(picture.label, filter.label),
      filter.class === undefined ? undefined : eq(picture.class_name, filter.class),
      filter.hash && inArray(picture.hash, filter.hash),
      filter.search ? ilike(picture.file_name, `%${literal(filter.search)}%`) : undefined,
      filter.labelled === undefined ? undefined : (filter.labelled ? gt : eq)(picture.revision, 0),
      filter.disagreement === undefined ? undefined : (filter.disagreement ? isNotNull : isNull)(picture.disagreement),
    );
    const [{ total } = { total: 0 }] = await this.#db.orm.select({ total: count() }).from(picture).where(where);
    const items = await this.#db.orm
      .select()
      .from(picture)
      .where(where)
      .orderBy(asc(picture.name_order), asc(picture.file_name), asc(picture.id))
      .offset(filter.offset)
      .limit(filter.limit);
    return { items, total };
  }
  async picture(id: string): Promise<PictureRow | undefined> {
    return (await this.#db.orm.select().from(picture).where(eq(picture.id, id)))[0];
  }
  async insertPicture(row: PictureRow): Promise<void> {
    await this.#db.orm.insert(picture).values(row);
  }
  async changePicture(id: string, values: Partial<PictureRow>): Promise<void> {
    await this.#db.orm.update(picture).set(values).where(eq(picture.id, id));
  }
}
