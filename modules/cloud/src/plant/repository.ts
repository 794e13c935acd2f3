import type { Database } from '@millwright/db';

export type NodeKind = 'site' | 'area' | 'line' | 'asset';

export interface NodeRow {
  id: string;
  kind: NodeKind;
  parent_id: string | null;
  site_id: string;
  name: string;
  timezone: string | null;
  floor_area_m2: number | null;
  region: string | null;
  description: string;
  created_at: Date;
}

/** SQL of the plant tree. */
export class PlantRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async nodes(siteIds: readonly string[] | undefined): Promise<NodeRow[]> {
    const { rows } = await this.#db.query<NodeRow>(
      `select * from cloud_node where deleted_at is null and ($1::uuid[] is null or site_id = any($1)) order by kind = 'site' desc, lower(name)`,
      [siteIds ?? null],
    );
    return rows;
  }
  async node(id: string): Promise<NodeRow | undefined> {
    return (await this.#db.query<NodeRow>('select * from cloud_node where id = $1 and deleted_at is null', [id]))
      .rows[0];
  }
  async siteByName(name: string): Promise<NodeRow | undefined> {
    const { rows } = await this.#db.query<NodeRow>(
      `select * from cloud_node where kind = 'site' and deleted_at is null and (lower(name) = lower($1) or id::text = $1)`,
      [name],
    );
    return rows[0];
  }
  async childByName(parentId: string, name: string): Promise<NodeRow | undefined> {
    const { rows } = await this.#db.query<NodeRow>(
      'select * from cloud_node where parent_id = $1 and lower(name) = lower($2) and deleted_at is null',
      [parentId, name],
    );
    return rows[0];
  }
  async insert(node: NodeRow): Promise<void> {
    await this.#db.query(
      `insert into cloud_node (id, kind, parent_id, site_id, name, timezone, floor_area_m2, region, description, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        node.id,
        node.kind,
        node.parent_id,
        node.site_id,
        node.name,
        node.timezone,
        node.floor_area_m2,
        node.region,
        node.description,
        node.created_at,
      ],
    );
  }
  async update(node: NodeRow): Promise<void> {
    await this.#db.query(
      `update cloud_node set parent_id = $2, name = $3, timezone = $4, floor_area_m2 = $5, region = $6, description = $7 where id = $1`,
      [node.id, node.parent_id, node.name, node.timezone, node.floor_area_m2, node.region, node.description],
    );
  }
  /** Nodes and points directly under a node. */
  async load(id: string): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>(
      `select (select count(*) from cloud_node where parent_id = $1 and deleted_at is null)
            + (select count(*) from cloud_point where node_id = $1 and deleted_at is null)
            + (select count(*) from cloud_source where site_id = $1 and deleted_at is null) as count`,
      [id],
    );
    return rows[0]!.count;
  }
  async remove(id: string, at: Date): Promise<void> {
    await this.#db.query('update cloud_node set deleted_at = $2 where id = $1', [id, at]);
  }
}
