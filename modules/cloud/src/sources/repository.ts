import type { Database } from '@millwright/db';

export interface SourceRow {
  id: string;
  site_id: string;
  site_name: string;
  timezone: string;
  name: string;
  kind: string;
  config: Record<string, unknown>;
  enabled: boolean;
  created_at: Date;
}

const select = `select s.*, n.name as site_name, n.timezone from cloud_source s join cloud_node n on n.id = s.site_id where s.deleted_at is null`;

/** SQL of sources. */
export class SourceRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds: readonly string[] | undefined): Promise<SourceRow[]> {
    return (
      await this.#db.query<SourceRow>(
        `${select} and ($1::uuid[] is null or s.site_id = any($1)) order by n.name, lower(s.name)`,
        [siteIds ?? null],
      )
    ).rows;
  }
  async byId(id: string): Promise<SourceRow | undefined> {
    return (await this.#db.query<SourceRow>(`${select} and s.id = $1`, [id])).rows[0];
  }
  async byName(name: string): Promise<SourceRow[]> {
    return (await this.#db.query<SourceRow>(`${select} and (lower(s.name) = lower($1) or s.id::text = $1)`, [name]))
      .rows;
  }
  async insert(source: Omit<SourceRow, 'site_name' | 'timezone'>): Promise<void> {
    await this.#db.query(
      'insert into cloud_source (id, site_id, name, kind, config, enabled, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        source.id,
        source.site_id,
        source.name,
        source.kind,
        JSON.stringify(source.config),
        source.enabled,
        source.created_at,
      ],
    );
  }
  async update(source: SourceRow): Promise<void> {
    await this.#db.query('update cloud_source set name = $2, config = $3, enabled = $4 where id = $1', [
      source.id,
      source.name,
      JSON.stringify(source.config),
      source.enabled,
    ]);
  }
  async remove(id: string, at: Date): Promise<void> {
    await this.#db.query('update cloud_source set deleted_at = $2, enabled = false where id = $1', [id, at]);
  }
}
