import type { Database } from '@millwright/db';
import { and, desc, eq, inArray, isNotNull, ne } from 'drizzle-orm';
import { type ProposalRow, manuvisionProposal as proposal, manuvisionVerdict as verdict } from '../schema.ts';
import type { LinePart } from './work-out.ts';

/** SQL of proposals. */
export class RetuningRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** The last parts that were scored by one of the versions of an inspection, newest first. */
  async parts(
    stationId: string,
    inspectionId: string,
    versions: readonly number[],
    limit: number,
  ): Promise<LinePart[]> {
    const { id, at, file_name: fileName, score, verdict: said, reviewed } = verdict;
    const rows = await this.#db.orm
      .select({ id, at, fileName, score, verdict: said, reviewed })
      .from(verdict)
      .where(
        and(
          ...[eq(verdict.station_id, stationId), eq(verdict.inspection_id, inspectionId)],
          inArray(verdict.version, [...versions]),
          ...[isNotNull(score), ne(said, 'refused')],
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(limit);
    return rows.map((row) => ({
      ...{ ...row, at: row.at.toISOString(), score: row.score! },
      verdict: row.verdict as LinePart['verdict'],
    }));
  }
  /** Newest first. */
  async list(stationId: string): Promise<ProposalRow[]> {
    const own = this.#db.orm.select().from(proposal).where(eq(proposal.station_id, stationId));
    return own.orderBy(desc(proposal.created_at), desc(proposal.id)).limit(20);
  }
  async byId(id: string): Promise<ProposalRow | undefined> {
    return (await this.#db.orm.select().from(proposal).where(eq(proposal.id, id)))[0];
  }
  async insert(row: ProposalRow): Promise<void> {
    await this.#db.orm.insert(proposal).values(row);
  }
  async change(id: string, values: Partial<ProposalRow>): Promise<void> {
    await this.#db.orm.update(proposal).set(values).where(eq(proposal.id, id));
  }
}
