import type { Database } from '@millwright/db';
import { and, asc, desc, eq, inArray, isNull, max } from 'drizzle-orm';
import { type CameraRow, matrixvisionCamera, matrixvisionRuleSet, type RuleSetRow } from '../schema.ts';

const there = isNull(matrixvisionCamera.removed_at);

/** SQL of cameras and the versions of their rules. */
export class CameraRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds?: readonly string[]): Promise<CameraRow[]> {
    return this.#db.orm
      .select()
      .from(matrixvisionCamera)
      .where(and(there, siteIds && inArray(matrixvisionCamera.site_id, [...siteIds])))
      .orderBy(asc(matrixvisionCamera.name), asc(matrixvisionCamera.id));
  }
  /** Also those that were removed. */
  async everyOne(siteIds?: readonly string[]): Promise<CameraRow[]> {
    return this.#db.orm
      .select()
      .from(matrixvisionCamera)
      .where(siteIds && inArray(matrixvisionCamera.site_id, [...siteIds]));
  }
  /** Also one that was removed: its events and recordings stay. */
  async byId(id: string): Promise<CameraRow | undefined> {
    return (await this.#db.orm.select().from(matrixvisionCamera).where(eq(matrixvisionCamera.id, id)))[0];
  }
  async insert(row: CameraRow): Promise<void> {
    await this.#db.orm.insert(matrixvisionCamera).values(row);
  }
  async update(row: CameraRow): Promise<void> {
    const { id, ...values } = row;
    await this.#db.orm.update(matrixvisionCamera).set(values).where(eq(matrixvisionCamera.id, id));
  }
  /** Newest version of the rules by camera. */
  async ruleVersions(): Promise<Map<string, number>> {
    const rows = await this.#db.orm
      .select({ id: matrixvisionRuleSet.camera_id, version: max(matrixvisionRuleSet.version) })
      .from(matrixvisionRuleSet)
      .groupBy(matrixvisionRuleSet.camera_id);
    return new Map(rows.map(({ id, version }) => [id, version ?? 0]));
  }
  /** Versions, newest first. */
  async ruleSets(cameraId: string): Promise<RuleSetRow[]> {
    return this.#db.orm
      .select()
      .from(matrixvisionRuleSet)
      .where(eq(matrixvisionRuleSet.camera_id, cameraId))
      .orderBy(desc(matrixvisionRuleSet.version));
  }
  async ruleSet(cameraId: string, version?: number): Promise<RuleSetRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(matrixvisionRuleSet)
        .where(
          and(
            eq(matrixvisionRuleSet.camera_id, cameraId),
            version === undefined ? undefined : eq(matrixvisionRuleSet.version, version),
          ),
        )
        .orderBy(desc(matrixvisionRuleSet.version))
        .limit(1)
    )[0];
  }
  async insertRuleSet(row: RuleSetRow): Promise<void> {
    await this.#db.orm.insert(matrixvisionRuleSet).values(row);
  }
}
