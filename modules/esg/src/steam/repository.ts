import type { Database, Queryable } from '@millwright/db';
import { desc, eq, inArray } from 'drizzle-orm';
import { esgSteamMeter, type SteamMeterRow } from '../schema.ts';

/** SQL of what steam meters count. Rows are only added: the database itself refuses anything else. */
export class SteamMeterRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** The newest row of each point; of all sites, or of some. */
  async current(siteIds: readonly string[] | undefined): Promise<SteamMeterRow[]> {
    return this.#db.orm
      .selectDistinctOn([esgSteamMeter.point_id])
      .from(esgSteamMeter)
      .where(siteIds && inArray(esgSteamMeter.site_id, [...siteIds]))
      .orderBy(esgSteamMeter.point_id, desc(esgSteamMeter.id));
  }
  async ofPoint(pointId: string): Promise<SteamMeterRow | undefined> {
    const rows = await this.#db.orm
      .select()
      .from(esgSteamMeter)
      .where(eq(esgSteamMeter.point_id, pointId))
      .orderBy(desc(esgSteamMeter.id))
      .limit(1);
    return rows[0];
  }
  async insert(on: Queryable, row: SteamMeterRow): Promise<void> {
    await on.query(
      `insert into esg_steam_meter (id, point_id, site_id, content, created_at, actor_id, actor_name)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.point_id, row.site_id, row.content, row.created_at, row.actor_id, row.actor_name],
    );
  }
}
