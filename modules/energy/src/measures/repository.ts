import type { Database } from '@millwright/db';
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { type AdjustmentRow, energyAdjustment, energyMeasure, type MeasureRow } from '../schema.ts';

/** SQL of measures and their non-routine adjustments. */
export class MeasureRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Newest work first. */
  async measures(siteIds?: readonly string[]): Promise<MeasureRow[]> {
    return this.#db.orm
      .select()
      .from(energyMeasure)
      .where(siteIds && inArray(energyMeasure.site_id, [...siteIds]))
      .orderBy(desc(energyMeasure.work_to), asc(energyMeasure.id));
  }
  async measure(id: string): Promise<MeasureRow | undefined> {
    return (await this.#db.orm.select().from(energyMeasure).where(eq(energyMeasure.id, id)))[0];
  }
  async insert(row: MeasureRow): Promise<void> {
    await this.#db.orm.insert(energyMeasure).values(row);
  }
  async change(id: string, values: Partial<MeasureRow>): Promise<void> {
    await this.#db.orm.update(energyMeasure).set(values).where(eq(energyMeasure.id, id));
  }
  /** Those that were not withdrawn, of several measures. */
  async adjustments(measureIds: readonly string[]): Promise<AdjustmentRow[]> {
    if (measureIds.length === 0) return [];
    return this.#db.orm
      .select()
      .from(energyAdjustment)
      .where(and(inArray(energyAdjustment.measure_id, [...measureIds]), isNull(energyAdjustment.withdrawn_at)))
      .orderBy(asc(energyAdjustment.valid_from), asc(energyAdjustment.id));
  }
  async insertAdjustment(row: AdjustmentRow): Promise<void> {
    await this.#db.orm.insert(energyAdjustment).values(row);
  }
  async withdraw(id: string, at: Date, by: string): Promise<void> {
    await this.#db.orm
      .update(energyAdjustment)
      .set({ withdrawn_at: at, withdrawn_by: by })
      .where(and(eq(energyAdjustment.id, id), isNull(energyAdjustment.withdrawn_at)));
  }
}
