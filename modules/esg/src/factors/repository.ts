import type { Database, Queryable } from '@millwright/db';

export interface FactorRow {
  id: string;
  version: number;
  /** Canonical JSON of the factor. */
  content: string;
  sha256: string;
  /** `id@version` of the factor this one took the place of. */
  supersedes: string | null;
  reason: string | null;
  created_at: Date;
  actor_id: string;
  actor_name: string;
}

/** SQL of the factor library. There is no update: the database itself refuses one. */
export class FactorRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async all(): Promise<FactorRow[]> {
    return (await this.#db.query<FactorRow>('select * from esg_factor order by id, version')).rows;
  }
  async keys(): Promise<Set<string>> {
    const { rows } = await this.#db.query<{ key: string }>(`select id || '@' || version as key from esg_factor`);
    return new Set(rows.map(({ key }) => key));
  }
  async one(id: string, version: number): Promise<FactorRow | undefined> {
    const { rows } = await this.#db.query<FactorRow>('select * from esg_factor where id = $1 and version = $2', [
      id,
      version,
    ]);
    return rows[0];
  }
  /** Adds versions; one that is there already stays as it is. Returns how many were added. */
  async insert(on: Queryable, rows: readonly FactorRow[]): Promise<number> {
    const column = <K extends keyof FactorRow>(key: K) => rows.map((row) => row[key]);
    const { rowCount } = await on.query(
      `insert into esg_factor (id, version, content, sha256, supersedes, reason, created_at, actor_id, actor_name)
       select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[])
       on conflict do nothing`,
      [
        column('id'),
        column('version'),
        column('content'),
        column('sha256'),
        column('supersedes'),
        column('reason'),
        column('created_at'),
        column('actor_id'),
        column('actor_name'),
      ],
    );
    return rowCount;
  }
}
