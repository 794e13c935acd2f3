import type { Database } from '@millwright/db';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import {
  type FaultRow,
  manuvisionFault as fault,
  manuvisionStation as station,
  manuvisionVerdict as verdict,
} from '../schema.ts';
import type { HandshakeSettings } from './handshake-settings.ts';
import type { LineMemory } from './line-memory.ts';

/** SQL of the talk with the line. */
export class LineRepository implements LineMemory {
  readonly #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async set(stationId: string, handshake: HandshakeSettings | null): Promise<void> {
    await this.#db.orm.update(station).set({ handshake }).where(eq(station.id, stationId));
  }
  /** Number that the line read last; 0: none. */
  async lastResultId(stationId: string): Promise<number> {
    const judged = this.#db.orm
      .select({ at: verdict.at, id: verdict.result_id })
      .from(verdict)
      .where(and(eq(verdict.station_id, stationId), isNotNull(verdict.result_id)))
      .orderBy(desc(verdict.at));
    const failed = this.#db.orm
      .select({ at: fault.at, id: fault.result_id })
      .from(fault)
      .where(and(eq(fault.station_id, stationId), isNotNull(fault.result_id)))
      .orderBy(desc(fault.at));
    const last = [...(await judged.limit(1)), ...(await failed.limit(1))];
    return last.sort((one, other) => other.at.getTime() - one.at.getTime())[0]?.id ?? 0;
  }
  async insertFault(row: FaultRow): Promise<void> {
    // A box that lost its power may send one again.
    await this.#db.orm.insert(fault).values(row).onConflictDoNothing();
  }
  async endFault({ id, station_id, ended_at, reset_by }: FaultRow): Promise<void> {
    const where = and(eq(fault.id, id), eq(fault.station_id, station_id));
    await this.#db.orm.update(fault).set({ ended_at, reset_by }).where(where);
  }
  /** Newest first. */
  async faults(stationId: string, limit: number): Promise<FaultRow[]> {
    const ordered = this.#db.orm.select().from(fault).where(eq(fault.station_id, stationId));
    return ordered.orderBy(desc(fault.at), desc(fault.id)).limit(limit);
  }
}
