import type { Database } from '@millwright/db';
import { and, desc, eq, isNull } from 'drizzle-orm';
import {
  type DatasetVersionRow,
  type PictureRow,
  manuvisionPicture as picture,
  manuvisionDatasetVersion as version,
  type WordRow,
  manuvisionWord as word,
} from '../../schema.ts';

/** SQL of versions of data sets. */
export class DatasetVersionRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Newest first. */
  async list(datasetId: string): Promise<DatasetVersionRow[]> {
    const own = this.#db.orm.select().from(version).where(eq(version.dataset_id, datasetId));
    return own.orderBy(desc(version.created_at), desc(version.hash));
  }
  async one(datasetId: string, hash: string): Promise<DatasetVersionRow | undefined> {
    const where = and(eq(version.dataset_id, datasetId), eq(version.hash, hash));
    return (await this.#db.orm.select().from(version).where(where))[0];
  }
  /** What somebody froze at the same time is the same. */
  async insert(row: DatasetVersionRow): Promise<void> {
    await this.#db.orm.insert(version).values(row).onConflictDoNothing();
  }
  /** What counts now. */
  async current(datasetId: string): Promise<{ picture: PictureRow; regions: WordRow['regions'] | null }[]> {
    return this.#db.orm
      .select({ picture, regions: word.regions })
      .from(picture)
      .leftJoin(word, and(eq(word.picture_id, picture.id), eq(word.revision, picture.revision)))
      .where(and(eq(picture.dataset_id, datasetId), isNull(picture.removed_at)));
  }
}
