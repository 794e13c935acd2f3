import type { Database } from '@millwright/db';
import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { FileMapping } from '../file/file-mapping.ts';
import { cloudImport, cloudMapping, cloudRejection, type ImportRow } from '../schema.ts';

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
  /** Counts a beginning, and forgets what an earlier one that did not end kept of rejected rows. Returns which it is. */
  async begin(id: string): Promise<number> {
    const [row] = await this.#db.orm
      .update(cloudImport)
      .set({ attempts: sql`${cloudImport.attempts} + 1` })
      .where(eq(cloudImport.id, id))
      .returning({ attempts: cloudImport.attempts });
    if (row!.attempts > 1) await this.#db.orm.delete(cloudRejection).where(eq(cloudRejection.import_id, id));
    return row!.attempts;
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
