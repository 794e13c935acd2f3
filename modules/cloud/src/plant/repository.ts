import type { Database } from '@millwright/db';
import { and, desc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { cloudNode, type NodeRow } from '../schema.ts';

export type { NodeRow } from '../schema.ts';
export type NodeKind = NodeRow['kind'];

const there = isNull(cloudNode.deleted_at);
const isNamed = (name: string) => eq(sql`lower(${cloudNode.name})`, sql`lower(${name})`);

/** SQL of the plant tree. */
export class PlantRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Sites first, then by name. */
  async nodes(siteIds: readonly string[] | undefined): Promise<NodeRow[]> {
    return this.#db.orm
      .select()
      .from(cloudNode)
      .where(and(there, siteIds && inArray(cloudNode.site_id, [...siteIds])))
      .orderBy(desc(eq(cloudNode.kind, 'site')), sql`lower(${cloudNode.name})`);
  }
  async node(id: string): Promise<NodeRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(cloudNode)
        .where(and(eq(cloudNode.id, id), there))
    )[0];
  }
  /** A site by name or id. */
  async siteByName(name: string): Promise<NodeRow | undefined> {
    const isMeant = or(isNamed(name), eq(sql`${cloudNode.id}::text`, name));
    return (
      await this.#db.orm
        .select()
        .from(cloudNode)
        .where(and(eq(cloudNode.kind, 'site'), there, isMeant))
    )[0];
  }
  async childByName(parentId: string, name: string): Promise<NodeRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(cloudNode)
        .where(and(eq(cloudNode.parent_id, parentId), isNamed(name), there))
    )[0];
  }
  async insert(node: NodeRow): Promise<void> {
    await this.#db.orm.insert(cloudNode).values(node);
  }
  async update({ id, parent_id, name, timezone, floor_area_m2, region, description }: NodeRow): Promise<void> {
    await this.#db.orm
      .update(cloudNode)
      .set({ parent_id, name, timezone, floor_area_m2, region, description })
      .where(eq(cloudNode.id, id));
  }
  /** Nodes and points directly under a node, and sources of a site. */
  async load(id: string): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>(
      `select (select count(*) from cloud_node where parent_id = $1 and deleted_at is null)
            + (select count(*) from cloud_point where node_id = $1 and deleted_at is null)
            + (select count(*) from cloud_source where site_id = $1 and deleted_at is null) as count`,
      [id],
    );
    return rows[0]!.count;
  }
  async remove(id: string, deleted_at: Date): Promise<void> {
    await this.#db.orm.update(cloudNode).set({ deleted_at }).where(eq(cloudNode.id, id));
  }
  /** A node that was removed. */
  async removed(id: string): Promise<NodeRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(cloudNode)
        .where(and(eq(cloudNode.id, id), isNotNull(cloudNode.deleted_at)))
    )[0];
  }
  async restore(id: string): Promise<void> {
    await this.#db.orm.update(cloudNode).set({ deleted_at: null }).where(eq(cloudNode.id, id));
  }
}
