import type { Database, Queryable } from '@millwright/db';

export interface ActivityRow {
  id: string;
  site_id: string | null;
  year: number;
  kind: string;
  /** Canonical JSON of the statement. */
  content: string;
  sha256: string;
  corrects: string | null;
  import_hash: string | null;
  created_at: Date;
  actor_id: string;
  actor_name: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
  /** Row that takes its place. */
  corrected_by: string | null;
}

export interface ActivityQuery {
  year?: number;
  siteId?: string;
  kind?: string;
  /** Corrected and withdrawn ones too. */
  all?: boolean;
  siteIds?: readonly string[];
}

const select = `select a.*, c.id as corrected_by from esg_activity a left join esg_activity c on c.corrects = a.id`;

/** SQL of activity data. */
export class ActivityRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(query: ActivityQuery): Promise<ActivityRow[]> {
    const { rows } = await this.#db.query<ActivityRow>(
      `${select} where ($1::int is null or a.year = $1) and ($2::uuid is null or a.site_id = $2) and ($3::text is null or a.kind = $3)
         and ($4::boolean or (a.withdrawn_at is null and c.id is null)) and ($5::uuid[] is null or a.site_id = any($5))
       order by a.year desc, a.id`,
      [query.year ?? null, query.siteId ?? null, query.kind ?? null, query.all ?? false, query.siteIds ?? null],
    );
    return rows;
  }
  async one(id: string): Promise<ActivityRow | undefined> {
    return (await this.#db.query<ActivityRow>(`${select} where a.id = $1`, [id])).rows[0];
  }
  /** How many rows of a file are in use. */
  async imported(hash: string): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>(
      'select count(*) as count from esg_activity where import_hash = $1 and withdrawn_at is null',
      [hash],
    );
    return rows[0]!.count;
  }
  async insert(on: Queryable, rows: readonly Omit<ActivityRow, 'corrected_by'>[]): Promise<void> {
    for (const row of rows)
      await on.query(
        `insert into esg_activity (id, site_id, year, kind, content, sha256, corrects, import_hash, created_at, actor_id, actor_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          row.id,
          row.site_id,
          row.year,
          row.kind,
          row.content,
          row.sha256,
          row.corrects,
          row.import_hash,
          row.created_at,
          row.actor_id,
          row.actor_name,
        ],
      );
  }
  /** False when it was withdrawn already. */
  async withdraw(on: Queryable, id: string, at: Date, by: string, reason: string): Promise<boolean> {
    const { rowCount } = await on.query(
      'update esg_activity set withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 where id = $1 and withdrawn_at is null',
      [id, at, by, reason],
    );
    return rowCount > 0;
  }
}
