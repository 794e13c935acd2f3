import type { Database } from '@millwright/db';
import { and, eq, getTableColumns, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import { cloudNode, cloudSource, cloudSourceOff } from '../schema.ts';

/** A source with what one always wants to know of its site. */
export type SourceRow = typeof cloudSource.$inferSelect & { site_name: string; timezone: string };

const columns = {
  ...getTableColumns(cloudSource),
  site_name: cloudNode.name,
  // Never null: only sites have sources, and every site has a zone.
  timezone: sql<string>`${cloudNode.timezone}`,
};
const lowerName = sql`lower(${cloudSource.name})`;

/** SQL of sources. */
export class SourceRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds: readonly string[] | undefined): Promise<SourceRow[]> {
    return this.#select(siteIds && inArray(cloudSource.site_id, [...siteIds]));
  }
  async byId(id: string): Promise<SourceRow | undefined> {
    return (await this.#select(eq(cloudSource.id, id)))[0];
  }
  /** Sources by name or id; several sites may have one of the same name. */
  async byName(name: string): Promise<SourceRow[]> {
    return this.#select(or(eq(lowerName, sql`lower(${name})`), eq(sql`${cloudSource.id}::text`, name)));
  }
  async insert(source: typeof cloudSource.$inferInsert): Promise<void> {
    await this.#db.orm.insert(cloudSource).values(source);
  }
  async update({ id, name, config, enabled }: SourceRow): Promise<void> {
    await this.#db.orm.update(cloudSource).set({ name, config, enabled }).where(eq(cloudSource.id, id));
  }
  /** Notes that it is off, or on again, from now on. */
  async switched(source_id: string, enabled: boolean, at: Date): Promise<void> {
    const open = and(eq(cloudSourceOff.source_id, source_id), isNull(cloudSourceOff.on_at));
    if (enabled) await this.#db.orm.update(cloudSourceOff).set({ on_at: at }).where(open);
    else await this.#db.orm.insert(cloudSourceOff).values({ source_id, off_at: at }).onConflictDoNothing();
  }
  async offStretches(sourceIds: readonly string[]): Promise<(typeof cloudSourceOff.$inferSelect)[]> {
    return this.#db.orm
      .select()
      .from(cloudSourceOff)
      .where(inArray(cloudSourceOff.source_id, [...sourceIds]));
  }
  /** Its settings and whether it was switched on stay, so that it can be brought back as it was. */
  async remove(id: string, deleted_at: Date): Promise<void> {
    await this.#db.orm.update(cloudSource).set({ deleted_at }).where(eq(cloudSource.id, id));
  }
  /** A source that was removed. */
  async removed(id: string): Promise<SourceRow | undefined> {
    return (await this.#select(eq(cloudSource.id, id), isNotNull(cloudSource.deleted_at)))[0];
  }
  async restore(id: string): Promise<void> {
    await this.#db.orm.update(cloudSource).set({ deleted_at: null }).where(eq(cloudSource.id, id));
  }

  async #select(condition: SQL | undefined, there = isNull(cloudSource.deleted_at)): Promise<SourceRow[]> {
    return this.#db.orm
      .select(columns)
      .from(cloudSource)
      .innerJoin(cloudNode, eq(cloudNode.id, cloudSource.site_id))
      .where(and(there, condition))
      .orderBy(cloudNode.name, lowerName);
  }
}
