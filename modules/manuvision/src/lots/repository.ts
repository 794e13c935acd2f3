import type { Database } from '@millwright/db';
import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import {
  type LotReportRow,
  type LotRow,
  manuvisionLot as lot,
  manuvisionLotReport as report,
  type VerdictRow,
  manuvisionVerdict as verdict,
} from '../schema.ts';
import type { Counts } from './report-content.ts';

/** Lots that are listed. */
const mostListed = 50;

const within = ({ station_id, started_at, ended_at }: LotRow) =>
  and(
    ...[eq(verdict.station_id, station_id), gte(verdict.at, started_at)],
    ended_at ? lt(verdict.at, ended_at) : undefined,
  );

/** SQL of lots. A part belongs to the lot that was open at its station when it was judged. */
export class LotRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Newest first. */
  async list(stationId: string): Promise<LotRow[]> {
    const own = this.#db.orm.select().from(lot).where(eq(lot.station_id, stationId));
    return own.orderBy(desc(lot.started_at), desc(lot.id)).limit(mostListed);
  }
  async byId(id: string): Promise<LotRow | undefined> {
    return (await this.#db.orm.select().from(lot).where(eq(lot.id, id)))[0];
  }
  async open(stationId: string): Promise<LotRow | undefined> {
    const where = and(eq(lot.station_id, stationId), isNull(lot.ended_at));
    return (await this.#db.orm.select().from(lot).where(where))[0];
  }
  /** The lot that was open at a time, and the first that began after it. */
  async around(stationId: string, at: Date): Promise<{ before: LotRow | undefined; after: LotRow | undefined }> {
    const own = eq(lot.station_id, stationId);
    const wasOpen = and(own, lte(lot.started_at, at), or(isNull(lot.ended_at), gt(lot.ended_at, at)));
    const [before] = await this.#db.orm.select().from(lot).where(wasOpen).orderBy(desc(lot.started_at)).limit(1);
    const later = this.#db.orm
      .select()
      .from(lot)
      .where(and(own, gt(lot.started_at, at)));
    const [after] = await later.orderBy(asc(lot.started_at)).limit(1);
    return { before, after };
  }
  async insert(row: LotRow): Promise<void> {
    await this.#db.orm.insert(lot).values(row);
  }
  async end(id: string, ended_at: Date, ended_by: string): Promise<void> {
    await this.#db.orm.update(lot).set({ ended_at, ended_by }).where(eq(lot.id, id));
  }
  /** The oldest first. */
  async verdicts(of: LotRow): Promise<VerdictRow[]> {
    return this.#db.orm.select().from(verdict).where(within(of)).orderBy(asc(verdict.at), asc(verdict.id));
  }
  async counts(of: LotRow): Promise<Counts> {
    const said = this.#db.orm.select({ verdict: verdict.verdict, parts: count() }).from(verdict);
    const rows = await said.where(within(of)).groupBy(verdict.verdict);
    const parts = (which: VerdictRow['verdict']) => rows.find((row) => row.verdict === which)?.parts ?? 0;
    return { ok: parts('ok'), ng: parts('ng'), refused: parts('refused') };
  }
  /** Newest first. */
  async reports(lots: readonly string[]): Promise<LotReportRow[]> {
    if (lots.length === 0) return [];
    const own = this.#db.orm
      .select()
      .from(report)
      .where(inArray(report.lot_id, [...lots]));
    return own.orderBy(desc(report.created_at), desc(report.id));
  }
  async insertReport(row: LotReportRow): Promise<void> {
    await this.#db.orm.insert(report).values(row);
  }
}
