import type { Database } from '@millwright/db';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { cloudImport, cloudMapping, cloudRejection, type ImportRow, type MappingRow } from '../schema.ts';

export type { ImportRow, MappingRow } from '../schema.ts';

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
  async mapping(siteId: string, signature: string): Promise<MappingRow | undefined> {
    const own = and(eq(cloudMapping.site_id, siteId), eq(cloudMapping.signature, signature));
    return (await this.#db.orm.select().from(cloudMapping).where(own))[0];
  }
  async remember(row: MappingRow): Promise<void> {
    const { mapping, used_at, file_name, actor_name } = row;
    await this.#db.orm
      .insert(cloudMapping)
      .values(row)
      .onConflictDoUpdate({
        target: [cloudMapping.site_id, cloudMapping.signature],
        set: { mapping, used_at, file_name, actor_name },
      });
  }
  /** Last used first. */
  async mappings(siteIds: readonly string[] | undefined): Promise<MappingRow[]> {
    return this.#db.orm
      .select()
      .from(cloudMapping)
      .where(siteIds && inArray(cloudMapping.site_id, [...siteIds]))
      .orderBy(desc(cloudMapping.used_at));
  }
  /** Whether there was one. */
  async forget(siteId: string, signature: string): Promise<boolean> {
    const own = and(eq(cloudMapping.site_id, siteId), eq(cloudMapping.signature, signature));
    return (await this.#db.orm.delete(cloudMapping).where(own).returning()).length > 0;
  }
}
