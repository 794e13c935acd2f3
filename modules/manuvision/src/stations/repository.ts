import type { Database } from '@millwright/db';
import { and, asc, desc, eq, gte, ilike, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import {
  manuvisionInspection as inspection,
  type StationRow,
  manuvisionStation as station,
  type VerdictRow,
  manuvisionVerdict as verdict,
  type WatchedFileRow,
  manuvisionWatchedFile as watchedFile,
} from '../schema.ts';
import type { VerdictFilter } from './schemas.ts';

export interface VerdictPlace {
  readonly at: Date;
  readonly id: string;
}

const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&');
const counted = (which: VerdictRow['verdict']) =>
  sql<number>`count(*) filter (where ${verdict.verdict} = ${which})`.mapWith(Number);
const counts = { ok: counted('ok'), ng: counted('ng'), refused: counted('refused') };

/** SQL of stations and what they judged. */
export class StationRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds?: readonly string[]): Promise<{ row: StationRow; inspectionName: string }[]> {
    return this.#db.orm
      .select({ row: station, inspectionName: inspection.name })
      .from(station)
      .innerJoin(inspection, eq(inspection.id, station.inspection_id))
      .where(and(isNull(station.removed_at), siteIds && inArray(station.site_id, [...siteIds])))
      .orderBy(asc(station.name), asc(station.id));
  }
  async byId(id: string): Promise<StationRow | undefined> {
    return (await this.#db.orm.select().from(station).where(eq(station.id, id)))[0];
  }
  async insert(row: StationRow): Promise<void> {
    await this.#db.orm.insert(station).values(row);
  }
  async change(id: string, values: Partial<StationRow>): Promise<void> {
    await this.#db.orm.update(station).set(values).where(eq(station.id, id));
  }
  async insertVerdict(row: VerdictRow): Promise<void> {
    await this.#db.orm.insert(verdict).values(row);
  }
  async changeVerdict(id: string, values: Partial<VerdictRow>): Promise<void> {
    await this.#db.orm.update(verdict).set(values).where(eq(verdict.id, id));
  }
  async verdict(id: string): Promise<VerdictRow | undefined> {
    return (await this.#db.orm.select().from(verdict).where(eq(verdict.id, id)))[0];
  }
  /** Newest first. */
  async verdicts(stationId: string, filter: VerdictFilter, before?: VerdictPlace): Promise<VerdictRow[]> {
    const older = before && or(lt(verdict.at, before.at), and(eq(verdict.at, before.at), lt(verdict.id, before.id)));
    const where = and(
      eq(verdict.station_id, stationId),
      older,
      filter.verdict && eq(verdict.verdict, filter.verdict),
      filter.class === undefined ? undefined : eq(verdict.class_name, filter.class),
      filter.search ? ilike(verdict.file_name, `%${literal(filter.search)}%`) : undefined,
      filter.review === 'open' ? and(eq(verdict.verdict, 'ng'), isNull(verdict.reviewed)) : undefined,
      filter.review === 'passed'
        ? and(eq(verdict.verdict, 'ok'), eq(verdict.kept, true), isNull(verdict.reviewed))
        : undefined,
      filter.review === 'done' ? isNotNull(verdict.reviewed) : undefined,
    );
    const ordered = this.#db.orm.select().from(verdict).where(where).orderBy(desc(verdict.at), desc(verdict.id));
    return ordered.limit(filter.limit);
  }
  /** Parts that people rejected, with their pictures, those that were reviewed last first. */
  async confirmedDefects(inspectionId: string, limit: number): Promise<VerdictRow[]> {
    const where = and(
      ...[eq(verdict.inspection_id, inspectionId), eq(verdict.reviewed, 'ng')],
      ...[eq(verdict.kept, true), isNull(verdict.removed_at)],
    );
    const ordered = this.#db.orm
      .select()
      .from(verdict)
      .where(where)
      .orderBy(desc(verdict.reviewed_at), desc(verdict.id));
    return ordered.limit(limit);
  }
  async watched(stationId: string): Promise<WatchedFileRow[]> {
    return this.#db.orm.select().from(watchedFile).where(eq(watchedFile.station_id, stationId));
  }
  async insertWatched(row: WatchedFileRow): Promise<void> {
    await this.#db.orm.insert(watchedFile).values(row);
  }
  async deleteWatched(stationId: string, names: readonly string[]): Promise<void> {
    const where = and(eq(watchedFile.station_id, stationId), inArray(watchedFile.name, [...names]));
    await this.#db.orm.delete(watchedFile).where(where);
  }
  async lastAt(stationId: string): Promise<Date | undefined> {
    const newest = this.#db.orm.select({ at: verdict.at }).from(verdict).where(eq(verdict.station_id, stationId));
    return (await newest.orderBy(desc(verdict.at)).limit(1))[0]?.at;
  }
  async counts(stationId: string, from: Date) {
    const [row] = await this.#db.orm.select(counts).from(verdict).where(this.#since(stationId, from));
    return row ?? { ok: 0, ng: 0, refused: 0 };
  }
  async byHour(stationId: string, from: Date) {
    // By the hour of UTC, which every zone of a plant but a few shares; shown by the site's clock.
    const hour = sql<Date>`date_trunc('hour', ${verdict.at}, 'UTC')`.mapWith(verdict.at);
    return this.#db.orm
      .select({ at: hour, ...counts })
      .from(verdict)
      .where(this.#since(stationId, from))
      .groupBy(sql`1`)
      .orderBy(sql`1`);
  }
  async rejectedClasses(stationId: string, from: Date) {
    const count = sql<number>`count(*)`.mapWith(Number);
    return this.#db.orm
      .select({ name: verdict.class_name, count })
      .from(verdict)
      .where(and(this.#since(stationId, from), eq(verdict.verdict, 'ng')))
      .groupBy(verdict.class_name)
      .orderBy(desc(count), asc(verdict.class_name));
  }
  async passedScores(stationId: string, from: Date): Promise<{ median: number; p95: number } | undefined> {
    const at = (share: number) =>
      sql<number | null>`percentile_cont(${sql.raw(String(share))}) within group (order by ${verdict.score})`;
    const [row] = await this.#db.orm
      .select({ median: at(0.5), p95: at(0.95) })
      .from(verdict)
      .where(and(this.#since(stationId, from), eq(verdict.verdict, 'ok'), isNotNull(verdict.score)));
    return row?.median == null || row.p95 == null ? undefined : { median: Number(row.median), p95: Number(row.p95) };
  }
  async reviewed(stationId: string, from: Date) {
    const [row] = await this.#db.orm
      .select({
        rejects: sql<number>`count(*)`.mapWith(Number),
        falseRejects: sql<number>`count(*) filter (where ${verdict.reviewed} = 'ok')`.mapWith(Number),
      })
      .from(verdict)
      .where(and(this.#since(stationId, from), eq(verdict.verdict, 'ng'), isNotNull(verdict.reviewed)));
    return row ?? { rejects: 0, falseRejects: 0 };
  }
  #since = (stationId: string, from: Date) => and(eq(verdict.station_id, stationId), gte(verdict.at, from));
}
