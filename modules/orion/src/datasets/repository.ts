import type { Database } from '@millwright/db';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { type DatasetRow, orionDataset as dataset } from '../schema.ts';

/** SQL of frozen data sets. */
export class DatasetRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Newest first. */
  async list(siteIds?: readonly string[]): Promise<DatasetRow[]> {
    const where = and(isNull(dataset.removed_at), siteIds && inArray(dataset.site_id, [...siteIds]));
    return this.#db.orm.select().from(dataset).where(where).orderBy(desc(dataset.created_at), desc(dataset.id));
  }
  async byId(id: string): Promise<DatasetRow | undefined> {
    const where = and(eq(dataset.id, id), isNull(dataset.removed_at));
    return (await this.#db.orm.select().from(dataset).where(where))[0];
  }
  async insert(row: DatasetRow): Promise<void> {
    await this.#db.orm.insert(dataset).values(row);
  }
  async remove(id: string, at: Date): Promise<void> {
    await this.#db.orm.update(dataset).set({ removed_at: at }).where(eq(dataset.id, id));
  }
}
