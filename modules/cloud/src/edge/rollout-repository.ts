import type { Database } from '@millwright/db';
import { isId } from '@millwright/kernel';
import { and, asc, desc, eq, getTableColumns, inArray } from 'drizzle-orm';
import { cloudEdgeBox, cloudEdgeRollout, cloudEdgeRolloutBox } from '../schema.ts';

export type RolloutRow = typeof cloudEdgeRollout.$inferSelect;
export type RolloutBoxRow = typeof cloudEdgeRolloutBox.$inferSelect;

/** SQL of rollouts. */
export class RolloutRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async list(limit: number): Promise<RolloutRow[]> {
    return this.#db.orm.select().from(cloudEdgeRollout).orderBy(desc(cloudEdgeRollout.at)).limit(limit);
  }
  async running(): Promise<RolloutRow[]> {
    return this.#db.orm.select().from(cloudEdgeRollout).where(eq(cloudEdgeRollout.state, 'running'));
  }
  async takenBack(limit: number): Promise<RolloutRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeRollout)
      .where(inArray(cloudEdgeRollout.state, ['failed', 'rolled-back']))
      .orderBy(desc(cloudEdgeRollout.ended_at))
      .limit(limit);
  }
  async rollout(id: string): Promise<RolloutRow | undefined> {
    if (!isId(id)) return undefined;
    return (await this.#db.orm.select().from(cloudEdgeRollout).where(eq(cloudEdgeRollout.id, id)))[0];
  }
  async insert(rollout: RolloutRow, boxes: readonly RolloutBoxRow[]): Promise<void> {
    await this.#db.orm.insert(cloudEdgeRollout).values(rollout);
    await this.#db.orm.insert(cloudEdgeRolloutBox).values([...boxes]);
  }
  async update(id: string, change: Partial<RolloutRow>): Promise<void> {
    await this.#db.orm.update(cloudEdgeRollout).set(change).where(eq(cloudEdgeRollout.id, id));
  }

  async boxesOf(id: string): Promise<RolloutBoxRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeRolloutBox)
      .where(eq(cloudEdgeRolloutBox.rollout_id, id))
      .orderBy(asc(cloudEdgeRolloutBox.stage));
  }
  async boxesWithNames(id: string): Promise<(RolloutBoxRow & { name: string; site_id: string })[]> {
    return this.#db.orm
      .select({ ...getTableColumns(cloudEdgeRolloutBox), name: cloudEdgeBox.name, site_id: cloudEdgeBox.site_id })
      .from(cloudEdgeRolloutBox)
      .innerJoin(cloudEdgeBox, eq(cloudEdgeBox.id, cloudEdgeRolloutBox.box_id))
      .where(eq(cloudEdgeRolloutBox.rollout_id, id))
      .orderBy(asc(cloudEdgeRolloutBox.stage), asc(cloudEdgeBox.name));
  }
  async sitesOf(id: string): Promise<string[]> {
    return [...new Set((await this.boxesWithNames(id)).map(({ site_id }) => site_id))];
  }
  async siteOf(id: string): Promise<string | undefined> {
    return (await this.sitesOf(id))[0];
  }
  async updateBox(id: string, boxId: string, change: Partial<RolloutBoxRow>): Promise<void> {
    const one = and(eq(cloudEdgeRolloutBox.rollout_id, id), eq(cloudEdgeRolloutBox.box_id, boxId));
    await this.#db.orm.update(cloudEdgeRolloutBox).set(change).where(one);
  }
  /** The rollout that a box is in and that has not ended. */
  async runningOf(boxId: string): Promise<{ name: string } | undefined> {
    const rows = await this.#db.orm
      .select({ name: cloudEdgeRollout.name })
      .from(cloudEdgeRollout)
      .innerJoin(cloudEdgeRolloutBox, eq(cloudEdgeRolloutBox.rollout_id, cloudEdgeRollout.id))
      .where(and(eq(cloudEdgeRolloutBox.box_id, boxId), inArray(cloudEdgeRollout.state, ['running', 'paused'])));
    return rows[0];
  }
}
