import type { Database } from '@millwright/db';
import { desc, eq, inArray } from 'drizzle-orm';
import type { FileMapping } from '../file/file-mapping.ts';
import { cloudImport, cloudMapping, type ImportRow } from '../schema.ts';

export type { ImportRow } from '../schema.ts';

/** SQL of imports and remembered mappings. */
export class ImportRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async insert(row: typeof cloudImport.$inferInsert): Promise<void> {
    await this.#db.orm.insert(cloudImport).values(row);
  }
  async finish(id: string, result: unknown, finding_id: string): Promise<void> {
    await this.#db.orm.update(cloudImport).set({ result, finding_id }).where(eq(cloudImport.id, id));
  }
  /** The newest 500. */
  async list(siteIds: readonly string[] | undefined): Promise<ImportRow[]> {
    return this.#db.orm
      .select()
      .from(cloudImport)
      .where(siteIds && inArray(cloudImport.site_id, [...siteIds]))
      .orderBy(desc(cloudImport.at))
      .limit(500);
  }
  async byId(id: string): Promise<ImportRow | undefined> {
    return (await this.#db.orm.select().from(cloudImport).where(eq(cloudImport.id, id)))[0];
  }
  async mapping(signature: string): Promise<FileMapping | undefined> {
    return (await this.#db.orm.select().from(cloudMapping).where(eq(cloudMapping.signature, signature)))[0]?.mapping;
  }
  async remember(signature: string, mapping: FileMapping, used_at: Date): Promise<void> {
    await this.#db.orm
      .insert(cloudMapping)
      .values({ signature, mapping, used_at })
      .onConflictDoUpdate({ target: cloudMapping.signature, set: { mapping, used_at } });
  }
}
