import type { Database, Queryable } from '@millwright/db';

export interface CertificateRow {
  id: string;
  site_id: string | null;
  year: number;
  registry: string;
  certificate: string;
  /** Canonical JSON of the statement. */
  content: string;
  sha256: string;
  created_at: Date;
  actor_id: string;
  actor_name: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
}

export interface CertificateQuery {
  year?: number;
  siteId?: string;
  /** Withdrawn ones too. */
  all?: boolean;
  siteIds?: readonly string[];
}

/** SQL of certificates. */
export class CertificateRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(query: CertificateQuery): Promise<CertificateRow[]> {
    const { rows } = await this.#db.query<CertificateRow>(
      `select * from esg_certificate where ($1::int is null or year = $1) and ($2::uuid is null or site_id = $2)
         and ($3::boolean or withdrawn_at is null) and ($4::uuid[] is null or site_id = any($4)) order by year desc, registry, certificate`,
      [query.year ?? null, query.siteId ?? null, query.all ?? false, query.siteIds ?? null],
    );
    return rows;
  }
  async one(id: string): Promise<CertificateRow | undefined> {
    return (await this.#db.query<CertificateRow>('select * from esg_certificate where id = $1', [id])).rows[0];
  }
  async insert(on: Queryable, row: CertificateRow): Promise<void> {
    await on.query(
      `insert into esg_certificate (id, site_id, year, registry, certificate, content, sha256, created_at, actor_id, actor_name)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        row.id,
        row.site_id,
        row.year,
        row.registry,
        row.certificate,
        row.content,
        row.sha256,
        row.created_at,
        row.actor_id,
        row.actor_name,
      ],
    );
  }
  /** False when it was withdrawn already. */
  async withdraw(on: Queryable, id: string, at: Date, by: string, reason: string): Promise<boolean> {
    const { rowCount } = await on.query(
      'update esg_certificate set withdrawn_at = $2, withdrawn_by = $3, withdrawn_reason = $4 where id = $1 and withdrawn_at is null',
      [id, at, by, reason],
    );
    return rowCount > 0;
  }
}
