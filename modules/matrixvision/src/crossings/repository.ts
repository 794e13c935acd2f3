import type { Database } from '@millwright/db';
import { and, desc, eq, gte, lt, or } from 'drizzle-orm';
import { type CrossingRow, matrixvisionCrossing } from '../schema.ts';
import type { CountFilter, CountRow, CrossingFilter } from './schemas.ts';

/** SQL of crossings of lines. */
export class CrossingRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async insert(rows: readonly CrossingRow[]): Promise<void> {
    if (rows.length > 0) await this.#db.orm.insert(matrixvisionCrossing).values([...rows]);
  }

  async byId(id: string): Promise<CrossingRow | undefined> {
    return (await this.#db.orm.select().from(matrixvisionCrossing).where(eq(matrixvisionCrossing.id, id)))[0];
  }

  /** Newest first. */
  async list(filter: CrossingFilter): Promise<CrossingRow[]> {
    const { camera_id, rule_id, at, confirmed, id } = matrixvisionCrossing;
    const after = filter.after === undefined ? undefined : await this.byId(filter.after);
    return this.#db.orm
      .select()
      .from(matrixvisionCrossing)
      .where(
        and(
          eq(camera_id, filter.camera),
          filter.rule === undefined ? undefined : eq(rule_id, filter.rule),
          filter.from === undefined ? undefined : gte(at, new Date(filter.from)),
          filter.to === undefined ? undefined : lt(at, new Date(filter.to)),
          filter.confirmed === undefined ? undefined : eq(confirmed, filter.confirmed),
          after && or(lt(at, after.at), and(eq(at, after.at), lt(id, after.id))),
        ),
      )
      .orderBy(desc(at), desc(id))
      .limit(filter.limit);
  }

  /**
   * By stretches of the clock of a zone of IANA; empty ones are left out. An hour that the clock shows twice is two, since
   * `date_trunc` keeps the offset of what is shorter than a day.
   */
  async counts(filter: CountFilter, zone: string): Promise<CountRow[]> {
    const start =
      filter.bucketMinutes === 1440
        ? `date_trunc('day', at, $4)`
        : `date_bin(interval '${filter.bucketMinutes} minutes', at, date_trunc('hour', at, $4))`;
    const { rows } = await this.#db.query<{
      rule_id: string;
      start: Date;
      entered: number;
      left: number;
      unconfirmed_in: number;
      unconfirmed_out: number;
    }>(
      `select rule_id, ${start} as start,
         (count(*) filter (where confirmed and direction = 'in'))::int as entered,
         (count(*) filter (where confirmed and direction = 'out'))::int as left,
         (count(*) filter (where not confirmed and direction = 'in'))::int as unconfirmed_in,
         (count(*) filter (where not confirmed and direction = 'out'))::int as unconfirmed_out
       from matrixvision_crossing where camera_id = $1 and at >= $2 and at < $3
       group by 1, 2 order by 1, 2`,
      [filter.camera, new Date(filter.from), new Date(filter.to), zone],
    );
    return rows.map((row) => ({
      ...{ ruleId: row.rule_id, start: row.start.toISOString(), in: row.entered, out: row.left },
      ...{ unconfirmedIn: row.unconfirmed_in, unconfirmedOut: row.unconfirmed_out },
    }));
  }
}
