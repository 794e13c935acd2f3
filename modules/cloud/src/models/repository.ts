import type { Database } from '@millwright/db';
import { and, asc, desc, eq, ilike, inArray, isNull } from 'drizzle-orm';
import { type ModelRow, type ModelVersionRow, cloudModel as model, cloudModelVersion as version } from './schema.ts';
import type { ModelFilter } from './schemas.ts';

/** SQL of models and their versions. */
export class ModelRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list({ siteId, nodeId, family, search }: ModelFilter, siteIds?: readonly string[]): Promise<ModelRow[]> {
    const where = and(
      isNull(model.removed_at),
      siteId === undefined ? undefined : eq(model.site_id, siteId),
      nodeId === undefined ? undefined : eq(model.node_id, nodeId),
      family === undefined ? undefined : eq(model.family, family),
      search === undefined ? undefined : ilike(model.name, `%${search.replaceAll(/[%_\\]/g, '\\$&')}%`),
      siteIds && inArray(model.site_id, [...siteIds]),
    );
    return this.#db.orm.select().from(model).where(where).orderBy(asc(model.name), asc(model.id));
  }
  async byId(id: string): Promise<ModelRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(model)
        .where(and(eq(model.id, id), isNull(model.removed_at)))
    )[0];
  }
  async insert(row: ModelRow): Promise<void> {
    await this.#db.orm.insert(model).values(row);
  }
  async change(id: string, values: Partial<ModelRow>): Promise<void> {
    await this.#db.orm.update(model).set(values).where(eq(model.id, id));
  }
  /** Holds the model until the transaction ends, so that versions and stages change one after the other. */
  async lock(id: string): Promise<void> {
    await this.#db.orm.select({ id: model.id }).from(model).where(eq(model.id, id)).for('update');
  }
  /** What is known of the versions without their cards, newest first. */
  async states(
    modelIds: readonly string[],
  ): Promise<Pick<ModelVersionRow, 'model_id' | 'version' | 'stage' | 'shadow'>[]> {
    if (modelIds.length === 0) return [];
    const { model_id, version: number, stage, shadow } = version;
    return this.#db.orm
      .select({ model_id, version: number, stage, shadow })
      .from(version)
      .where(inArray(model_id, [...modelIds]))
      .orderBy(desc(number));
  }
  /** Newest first. */
  async versions(modelId: string): Promise<ModelVersionRow[]> {
    return this.#db.orm.select().from(version).where(eq(version.model_id, modelId)).orderBy(desc(version.version));
  }
  async version(modelId: string, number: number): Promise<ModelVersionRow | undefined> {
    const where = and(eq(version.model_id, modelId), eq(version.version, number));
    return (await this.#db.orm.select().from(version).where(where))[0];
  }
  async live(modelId: string): Promise<ModelVersionRow | undefined> {
    const where = and(eq(version.model_id, modelId), eq(version.stage, 'live'));
    return (await this.#db.orm.select().from(version).where(where))[0];
  }
  async shadow(modelId: string): Promise<ModelVersionRow | undefined> {
    const where = and(eq(version.model_id, modelId), eq(version.shadow, true));
    return (await this.#db.orm.select().from(version).where(where))[0];
  }
  async insertVersion(row: ModelVersionRow): Promise<void> {
    await this.#db.orm.insert(version).values(row);
  }
  async changeVersion(modelId: string, number: number, values: Partial<ModelVersionRow>): Promise<void> {
    const where = and(eq(version.model_id, modelId), eq(version.version, number));
    await this.#db.orm.update(version).set(values).where(where);
  }
}
