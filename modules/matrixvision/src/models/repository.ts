import type { Database } from '@millwright/db';
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import {
  type ModelRow,
  type ModelVersionRow,
  matrixvisionModel as model,
  matrixvisionModelVersion as version,
} from '../schema.ts';

/** SQL of users' models and their versions. */
export class ModelRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds?: readonly string[]): Promise<ModelRow[]> {
    return this.#db.orm
      .select()
      .from(model)
      .where(and(isNull(model.removed_at), siteIds && inArray(model.site_id, [...siteIds])))
      .orderBy(asc(model.name), asc(model.id));
  }
  async byId(id: string): Promise<ModelRow | undefined> {
    return (await this.#db.orm.select().from(model).where(eq(model.id, id)))[0];
  }
  async byName(siteId: string, name: string): Promise<ModelRow | undefined> {
    const there = and(eq(model.site_id, siteId), eq(model.name, name), isNull(model.removed_at));
    return (await this.#db.orm.select().from(model).where(there))[0];
  }
  async insert(row: ModelRow): Promise<void> {
    await this.#db.orm.insert(model).values(row);
  }
  async change(id: string, values: Partial<ModelRow>): Promise<void> {
    await this.#db.orm.update(model).set(values).where(eq(model.id, id));
  }
  /** Newest first. */
  async versions(modelIds: readonly string[]): Promise<ModelVersionRow[]> {
    if (modelIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(version)
      .where(inArray(version.model_id, [...modelIds]))
      .orderBy(desc(version.version));
  }
  async insertVersion(row: ModelVersionRow): Promise<void> {
    await this.#db.orm.insert(version).values(row);
  }
  /** By the hash that cameras name it by, also of a model that was taken away: a camera that came back may still have it. */
  async byHash(sha256: string, siteId?: string): Promise<{ model: ModelRow; version: ModelVersionRow } | undefined> {
    const rows = await this.#db.orm
      .select({ model, version })
      .from(version)
      .innerJoin(model, eq(model.id, version.model_id))
      .where(and(eq(version.sha256, sha256), siteId ? eq(model.site_id, siteId) : undefined))
      .limit(1);
    return rows[0];
  }

  /** Whether a model that was not taken away has this version. */
  async isKept(sha256: string): Promise<boolean> {
    const rows = await this.#db.orm
      .select({ id: model.id })
      .from(version)
      .innerJoin(model, eq(model.id, version.model_id))
      .where(and(eq(version.sha256, sha256), isNull(model.removed_at)))
      .limit(1);
    return rows.length > 0;
  }
}
