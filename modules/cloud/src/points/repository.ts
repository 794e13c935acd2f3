import type { Database } from '@millwright/db';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { cloudNode, cloudPoint } from '../schema.ts';

/** A point with what one always wants to know of its site. */
export type PointRow = typeof cloudPoint.$inferSelect & { site_id: string; timezone: string };
export type NewPoint = typeof cloudPoint.$inferInsert;

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

/** One pattern a word: a point fits when it holds them all, in its name, its key or its source's name. */
function patternsOf(search: string | undefined): string[] | null {
  const words = search?.split(/\s+/).filter(Boolean) ?? [];
  return words.length > 0 ? words.map((word) => `%${word.replaceAll(/[%_\\]/g, '\\$&')}%`) : null;
}

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
         and ($8::text[] is null or concat_ws(' ', p.name, p.key, s.name) ilike all ($8))
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
        patternsOf(filter.search),
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
  /** Site of each node that is there, by the node's id. */
  async sitesOfNodes(ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.#db.orm
      .select({ id: cloudNode.id, site_id: cloudNode.site_id })
      .from(cloudNode)
      .where(and(inArray(cloudNode.id, [...ids]), isNull(cloudNode.deleted_at)));
    return new Map(rows.map(({ id, site_id }) => [id, site_id]));
  }
  /** Inserts points whose key the source does not have yet; known ones stay as they are. */
  async insertMissing(points: readonly NewPoint[]): Promise<void> {
    for (const point of points) {
      await this.#db.orm
        .insert(cloudPoint)
        .values(point)
        .onConflictDoUpdate({ target: [cloudPoint.source_id, cloudPoint.key], set: { deleted_at: null } });
    }
  }
  /** Writes what may be changed of a point; its number, source and key stay. */
  async update(point: PointRow): Promise<void> {
    const {
      id,
      number: _number,
      source_id: _source,
      key: _key,
      site_id: _site,
      timezone: _zone,
      ...changeable
    } = point;
    await this.#db.orm.update(cloudPoint).set(changeable).where(eq(cloudPoint.id, id));
  }
}
