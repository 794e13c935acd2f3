import type { Database } from '@millwright/db';
import { and, asc, desc, eq, inArray, isNull, max } from 'drizzle-orm';
import {
  type InspectionRow,
  manuvisionInspection as inspection,
  manuvisionStation as station,
  type VersionRow,
  manuvisionVersion as version,
} from '../schema.ts';

/** SQL of inspections and their versions. */
export class InspectionRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds?: readonly string[]): Promise<InspectionRow[]> {
    return this.#db.orm
      .select()
      .from(inspection)
      .where(and(isNull(inspection.removed_at), siteIds && inArray(inspection.site_id, [...siteIds])))
      .orderBy(asc(inspection.name), asc(inspection.id));
  }
  async byId(id: string): Promise<InspectionRow | undefined> {
    return (await this.#db.orm.select().from(inspection).where(eq(inspection.id, id)))[0];
  }
  async insert(row: InspectionRow): Promise<void> {
    await this.#db.orm.insert(inspection).values(row);
  }
  async change(id: string, values: Partial<InspectionRow>): Promise<void> {
    await this.#db.orm.update(inspection).set(values).where(eq(inspection.id, id));
  }
  /** Name of a station that judges by it, if there is one. */
  async usedBy(id: string): Promise<string | undefined> {
    const where = and(eq(station.inspection_id, id), isNull(station.removed_at));
    return (await this.#db.orm.select({ name: station.name }).from(station).where(where).limit(1))[0]?.name;
  }
  async newest(): Promise<Map<string, number>> {
    const newest = this.#db.orm
      .select({ id: version.inspection_id, version: max(version.version) })
      .from(version)
      .groupBy(version.inspection_id);
    return new Map((await newest).map(({ id, version: number }) => [id, number ?? 0]));
  }
  /** What was trained last by any inspection that learns from a data set. */
  async newestOf(datasetId: string): Promise<{ inspectionId: string; version: number } | undefined> {
    const newest = this.#db.orm
      .select({ inspectionId: version.inspection_id, version: version.version })
      .from(version)
      .innerJoin(inspection, eq(inspection.id, version.inspection_id))
      .where(and(eq(inspection.dataset_id, datasetId), isNull(inspection.removed_at)))
      .orderBy(desc(version.created_at))
      .limit(1);
    return (await newest)[0];
  }
  /** Newest first. */
  async versions(inspectionId: string): Promise<VersionRow[]> {
    const own = this.#db.orm.select().from(version).where(eq(version.inspection_id, inspectionId));
    return own.orderBy(desc(version.version));
  }
  async version(inspectionId: string, number: number): Promise<VersionRow | undefined> {
    const where = and(eq(version.inspection_id, inspectionId), eq(version.version, number));
    return (await this.#db.orm.select().from(version).where(where))[0];
  }
  async insertVersion(row: VersionRow): Promise<void> {
    await this.#db.orm.insert(version).values(row);
  }
}
