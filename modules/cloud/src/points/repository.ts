import type { Database } from '@millwright/db';

export interface PointRow {
  id: string;
  number: number;
  source_id: string;
  node_id: string;
  site_id: string;
  timezone: string;
  key: string;
  name: string;
  unit: string;
  kind: 'gauge' | 'delta' | 'counter';
  stamp: 'start' | 'end';
  interval_seconds: number | null;
  carrier: string | null;
  quantity: string | null;
  minimum: number | null;
  maximum: number | null;
  register_maximum: number | null;
  retention_days: number | null;
  main_meter: boolean;
  created_at: Date;
}

export interface PointFilter {
  ids?: readonly string[];
  numbers?: readonly number[];
  siteId?: string;
  sourceId?: string;
  nodeId?: string;
  carrier?: string;
  quantity?: string;
  kind?: string;
  search?: string;
  siteIds?: readonly string[];
  limit?: number;
  offset?: number;
}

const select = `select p.*, s.site_id, site.timezone
  from cloud_point p join cloud_source s on s.id = p.source_id join cloud_node site on site.id = s.site_id`;

/** SQL of points. */
export class PointRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(filter: PointFilter): Promise<PointRow[]> {
    const { rows } = await this.#db.query<PointRow>(
      `${select}
       where p.deleted_at is null and ($1::uuid[] is null or p.id = any($1)) and ($2::uuid is null or s.site_id = $2)
         and ($3::uuid is null or p.source_id = $3)
         and ($4::uuid is null or p.node_id in (
           with recursive under as (select id from cloud_node where id = $4
             union all select n.id from cloud_node n join under u on n.parent_id = u.id) select id from under))
         and ($5::text is null or p.carrier = $5) and ($6::text is null or p.quantity = $6) and ($7::text is null or p.kind = $7)
         and ($8::text is null or p.name ilike $8 or p.key ilike $8 or s.name ilike $8)
         and ($9::uuid[] is null or s.site_id = any($9)) and ($10::int[] is null or p.number = any($10))
       order by p.number limit $11 offset $12`,
      [
        filter.ids ?? null,
        filter.siteId ?? null,
        filter.sourceId ?? null,
        filter.nodeId ?? null,
        filter.carrier ?? null,
        filter.quantity ?? null,
        filter.kind ?? null,
        filter.search ? `%${filter.search.replaceAll(/[%_\\]/g, '\\$&')}%` : null,
        filter.siteIds ?? null,
        filter.numbers ?? null,
        filter.limit ?? 100_000,
        filter.offset ?? 0,
      ],
    );
    return rows;
  }
  async byId(id: string): Promise<PointRow | undefined> {
    return (await this.list({ ids: [id] }))[0];
  }
  /** Inserts points whose key the source does not have yet; known ones stay as they are. */
  async insertMissing(points: readonly Omit<PointRow, 'number' | 'site_id' | 'timezone'>[]): Promise<void> {
    for (const point of points) {
      await this.#db.query(
        `insert into cloud_point (id, source_id, node_id, key, name, unit, kind, stamp, interval_seconds, carrier, quantity,
           minimum, maximum, register_maximum, retention_days, main_meter, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (source_id, key) do update set deleted_at = null`,
        [
          point.id,
          point.source_id,
          point.node_id,
          point.key,
          point.name,
          point.unit,
          point.kind,
          point.stamp,
          point.interval_seconds,
          point.carrier,
          point.quantity,
          point.minimum,
          point.maximum,
          point.register_maximum,
          point.retention_days,
          point.main_meter,
          point.created_at,
        ],
      );
    }
  }
  async update(point: PointRow): Promise<void> {
    await this.#db.query(
      `update cloud_point set node_id = $2, name = $3, unit = $4, kind = $5, stamp = $6, interval_seconds = $7, carrier = $8,
         quantity = $9, minimum = $10, maximum = $11, register_maximum = $12, retention_days = $13, main_meter = $14 where id = $1`,
      [
        point.id,
        point.node_id,
        point.name,
        point.unit,
        point.kind,
        point.stamp,
        point.interval_seconds,
        point.carrier,
        point.quantity,
        point.minimum,
        point.maximum,
        point.register_maximum,
        point.retention_days,
        point.main_meter,
      ],
    );
  }
}
