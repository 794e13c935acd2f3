import type { Database } from '@millwright/db';
import { isId } from '@millwright/kernel';
import { and, asc, count, desc, eq, getTableColumns, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import {
  cloudEdgeAside,
  cloudEdgeBox,
  cloudEdgeCommand,
  cloudEdgeDesired,
  cloudEdgeHole,
  cloudEdgeReported,
  cloudEdgeStream,
  cloudNode,
  type EdgeDesiredRow,
  type EdgeReportedRow,
} from '../schema.ts';

/** A box with what one always wants to know of its site. */
export type BoxRow = typeof cloudEdgeBox.$inferSelect & { site_name: string; timezone: string };
export type CommandRow = typeof cloudEdgeCommand.$inferSelect;
export type AsideRow = typeof cloudEdgeAside.$inferSelect;
export type HoleRow = typeof cloudEdgeHole.$inferSelect;
export type StreamRow = typeof cloudEdgeStream.$inferSelect;

const boxColumns = {
  ...getTableColumns(cloudEdgeBox),
  site_name: cloudNode.name,
  // Never null: only sites have boxes, and every site has a zone.
  timezone: sql<string>`${cloudNode.timezone}`,
};

/** SQL of boxes and of what is known of each. */
export class EdgeRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async boxes(siteIds: readonly string[] | undefined): Promise<BoxRow[]> {
    return this.#boxes(siteIds && inArray(cloudEdgeBox.site_id, [...siteIds]));
  }
  async box(id: string): Promise<BoxRow | undefined> {
    return isId(id) ? (await this.#boxes(eq(cloudEdgeBox.id, id)))[0] : undefined;
  }
  async boxBySecret(secretHash: string): Promise<BoxRow | undefined> {
    return (await this.#boxes(eq(cloudEdgeBox.secret_hash, secretHash)))[0];
  }
  /** Waits for whoever is exchanging the same code at the moment. */
  async boxByCode(codeHash: string): Promise<{ id: string } | undefined> {
    const known = and(eq(cloudEdgeBox.code_hash, codeHash), isNull(cloudEdgeBox.removed_at));
    return (await this.#db.orm.select({ id: cloudEdgeBox.id }).from(cloudEdgeBox).where(known).for('update'))[0];
  }
  async insertBox(row: typeof cloudEdgeBox.$inferInsert): Promise<void> {
    await this.#db.orm.insert(cloudEdgeBox).values(row);
  }
  async updateBox(id: string, change: Partial<typeof cloudEdgeBox.$inferInsert>): Promise<void> {
    await this.#db.orm.update(cloudEdgeBox).set(change).where(eq(cloudEdgeBox.id, id));
  }

  async desired(boxId: string, revision: number): Promise<EdgeDesiredRow | undefined> {
    const one = and(eq(cloudEdgeDesired.box_id, boxId), eq(cloudEdgeDesired.revision, revision));
    return (await this.#db.orm.select().from(cloudEdgeDesired).where(one))[0];
  }
  async insertDesired(row: EdgeDesiredRow): Promise<void> {
    await this.#db.orm.insert(cloudEdgeDesired).values(row);
    await this.updateBox(row.box_id, { desired_revision: row.revision });
  }
  /** The newest ones, newest first, without what they say. */
  async revisions(boxId: string, limit: number): Promise<Omit<EdgeDesiredRow, 'parts'>[]> {
    const { parts: _, ...columns } = getTableColumns(cloudEdgeDesired);
    return this.#db.orm
      .select(columns)
      .from(cloudEdgeDesired)
      .where(eq(cloudEdgeDesired.box_id, boxId))
      .orderBy(desc(cloudEdgeDesired.revision))
      .limit(limit);
  }

  async reported(boxIds: readonly string[]): Promise<EdgeReportedRow[]> {
    if (boxIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(cloudEdgeReported)
      .where(inArray(cloudEdgeReported.box_id, [...boxIds]))
      .orderBy(asc(cloudEdgeReported.part));
  }
  /** A document that is left out stays as it is when its hash does. */
  async upsertReported(row: EdgeReportedRow): Promise<void> {
    const { document, ...rest } = row;
    const kept = sql`case when ${cloudEdgeReported.document_hash} = excluded.document_hash
      then coalesce(excluded.document, ${cloudEdgeReported.document}) else excluded.document end`;
    await this.#db.orm
      .insert(cloudEdgeReported)
      .values(row)
      .onConflictDoUpdate({
        target: [cloudEdgeReported.box_id, cloudEdgeReported.part],
        set: { ...rest, document: document ?? kept },
      });
  }
  async removeReportedBut(boxId: string, parts: readonly string[]): Promise<void> {
    const others = parts.length > 0 ? sql`${cloudEdgeReported.part} not in ${parts}` : sql`true`;
    await this.#db.orm.delete(cloudEdgeReported).where(and(eq(cloudEdgeReported.box_id, boxId), others));
  }

  async streams(boxId: string): Promise<StreamRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeStream)
      .where(eq(cloudEdgeStream.box_id, boxId))
      .orderBy(asc(cloudEdgeStream.at));
  }
  async holes(boxId: string, limit: number): Promise<HoleRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeHole)
      .where(eq(cloudEdgeHole.box_id, boxId))
      .orderBy(desc(cloudEdgeHole.at), desc(cloudEdgeHole.first))
      .limit(limit);
  }
  async asides(boxId: string, limit: number): Promise<AsideRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeAside)
      .where(and(eq(cloudEdgeAside.box_id, boxId), isNull(cloudEdgeAside.settled_at)))
      .orderBy(asc(cloudEdgeAside.at))
      .limit(limit);
  }
  async aside(boxId: string, id: string): Promise<AsideRow | undefined> {
    const one = and(eq(cloudEdgeAside.box_id, boxId), eq(cloudEdgeAside.id, id), isNull(cloudEdgeAside.settled_at));
    return (await this.#db.orm.select().from(cloudEdgeAside).where(one).for('update'))[0];
  }
  async settleAside(id: string, how: 'taken' | 'dismissed', by: string, at: Date): Promise<void> {
    await this.#db.orm
      .update(cloudEdgeAside)
      .set({ settled_at: at, settled_by: by, settled_how: how })
      .where(eq(cloudEdgeAside.id, id));
  }
  /** How many messages each box has waiting for a person. */
  async asideCounts(): Promise<Map<string, number>> {
    const rows = await this.#db.orm
      .select({ box_id: cloudEdgeAside.box_id, messages: count() })
      .from(cloudEdgeAside)
      .where(isNull(cloudEdgeAside.settled_at))
      .groupBy(cloudEdgeAside.box_id);
    return new Map(rows.map(({ box_id, messages }) => [box_id, messages]));
  }

  async insertCommand(row: typeof cloudEdgeCommand.$inferInsert): Promise<void> {
    await this.#db.orm.insert(cloudEdgeCommand).values(row);
  }
  async openCommands(boxId: string): Promise<CommandRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeCommand)
      .where(and(eq(cloudEdgeCommand.box_id, boxId), isNull(cloudEdgeCommand.done_at)))
      .orderBy(asc(cloudEdgeCommand.at));
  }
  async commands(boxId: string, limit: number): Promise<CommandRow[]> {
    return this.#db.orm
      .select()
      .from(cloudEdgeCommand)
      .where(eq(cloudEdgeCommand.box_id, boxId))
      .orderBy(desc(cloudEdgeCommand.at))
      .limit(limit);
  }
  async command(boxId: string, id: string): Promise<CommandRow | undefined> {
    const one = and(eq(cloudEdgeCommand.box_id, boxId), eq(cloudEdgeCommand.id, id));
    return (await this.#db.orm.select().from(cloudEdgeCommand).where(one))[0];
  }
  /** False when it was answered before: a box whose answer got lost answers again. */
  async endCommand(id: string, ok: boolean, result: unknown, at: Date): Promise<boolean> {
    const open = and(eq(cloudEdgeCommand.id, id), isNull(cloudEdgeCommand.done_at));
    const { rowCount } = await this.#db.orm.update(cloudEdgeCommand).set({ ok, result, done_at: at }).where(open);
    return (rowCount ?? 0) > 0;
  }
  /** What a log said does not have to be kept for ever. */
  async forgetCommands(before: Date): Promise<void> {
    await this.#db.orm.delete(cloudEdgeCommand).where(lt(cloudEdgeCommand.at, before));
  }

  async #boxes(condition: SQL | undefined): Promise<BoxRow[]> {
    return this.#db.orm
      .select(boxColumns)
      .from(cloudEdgeBox)
      .innerJoin(cloudNode, eq(cloudNode.id, cloudEdgeBox.site_id))
      .where(and(isNull(cloudEdgeBox.removed_at), condition))
      .orderBy(asc(cloudNode.name), asc(sql`lower(${cloudEdgeBox.name})`));
  }
}
