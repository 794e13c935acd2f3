import type { Database, Queryable } from '@millwright/db';
import type { FileMapping } from '../file/file-mapping.ts';

export interface ImportRow {
  id: string;
  source_id: string;
  site_id: string;
  file_name: string;
  file_hash: string;
  file_size: number;
  mapping: FileMapping;
  at: Date;
  actor_name: string;
  result: unknown;
  finding_id: string | null;
}

/** SQL of imports and remembered mappings. */
export class ImportRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async insert(row: Omit<ImportRow, 'result' | 'finding_id'>): Promise<void> {
    await this.#db.query(
      `insert into cloud_import (id, source_id, site_id, file_name, file_hash, file_size, mapping, at, actor_name)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        row.id,
        row.source_id,
        row.site_id,
        row.file_name,
        row.file_hash,
        row.file_size,
        JSON.stringify(row.mapping),
        row.at,
        row.actor_name,
      ],
    );
  }
  async finish(on: Queryable, id: string, result: unknown, findingId: string): Promise<void> {
    await on.query('update cloud_import set result = $2, finding_id = $3 where id = $1', [
      id,
      JSON.stringify(result),
      findingId,
    ]);
  }
  async list(siteIds: readonly string[] | undefined): Promise<ImportRow[]> {
    const { rows } = await this.#db.query<ImportRow>(
      'select * from cloud_import where $1::uuid[] is null or site_id = any($1) order by at desc limit 500',
      [siteIds ?? null],
    );
    return rows;
  }
  async byId(id: string): Promise<ImportRow | undefined> {
    return (await this.#db.query<ImportRow>('select * from cloud_import where id = $1', [id])).rows[0];
  }
  async mapping(signature: string): Promise<FileMapping | undefined> {
    return (
      await this.#db.query<{ mapping: FileMapping }>('select mapping from cloud_mapping where signature = $1', [
        signature,
      ])
    ).rows[0]?.mapping;
  }
  async remember(signature: string, mapping: FileMapping, at: Date): Promise<void> {
    await this.#db.query(
      'insert into cloud_mapping (signature, mapping, used_at) values ($1, $2, $3) on conflict (signature) do update set mapping = $2, used_at = $3',
      [signature, JSON.stringify(mapping), at],
    );
  }
}
