import type { Database } from '@millwright/db';
import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { type DriftRow, manuvisionDrift as drift, type VersionRow, manuvisionVerdict as verdict } from '../schema.ts';
import { driftWindows } from './drift-watch.ts';

/** SQL of the drift watch. */
export class DriftRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** The last parts that a version judged, the oldest first: as many as the longest window takes. */
  async lastParts(stationId: string, judgedBy: Pick<VersionRow, 'inspection_id' | 'version'>) {
    const { id, at, score, conditions } = verdict;
    const rows = await this.#db.orm
      .select({ id, at, score, conditions })
      .from(verdict)
      .where(
        and(
          ...[eq(verdict.station_id, stationId), eq(verdict.inspection_id, judgedBy.inspection_id)],
          ...[eq(verdict.version, judgedBy.version), isNotNull(conditions)],
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(driftWindows[1]);
    return rows.reverse();
  }
  async open(stationId: string): Promise<DriftRow[]> {
    const where = and(eq(drift.station_id, stationId), isNull(drift.ended_at));
    return this.#db.orm.select().from(drift).where(where);
  }
  /** Newest first. */
  async last(stationId: string, limit: number): Promise<DriftRow[]> {
    const own = this.#db.orm.select().from(drift).where(eq(drift.station_id, stationId));
    return own.orderBy(desc(drift.found_at), desc(drift.id)).limit(limit);
  }
  async insert(row: DriftRow): Promise<void> {
    await this.#db.orm.insert(drift).values(row);
  }
  async end(id: string, at: Date): Promise<void> {
    await this.#db.orm.update(drift).set({ ended_at: at }).where(eq(drift.id, id));
  }
}
