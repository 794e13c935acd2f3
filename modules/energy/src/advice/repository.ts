import type { Database } from '@millwright/db';
import { desc, eq, inArray } from 'drizzle-orm';
import { type AdviceRow, energyAdvice } from '../schema.ts';

/** SQL of saving advice. */
export class AdviceRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Newest first. */
  async list(siteIds?: readonly string[]): Promise<AdviceRow[]> {
    return this.#db.orm
      .select()
      .from(energyAdvice)
      .where(siteIds && inArray(energyAdvice.site_id, [...siteIds]))
      .orderBy(desc(energyAdvice.created_at), desc(energyAdvice.id));
  }
  async advice(id: string): Promise<AdviceRow | undefined> {
    return (await this.#db.orm.select().from(energyAdvice).where(eq(energyAdvice.id, id)))[0];
  }
  async insert(row: AdviceRow): Promise<void> {
    await this.#db.orm.insert(energyAdvice).values(row);
  }
  async change(id: string, values: Partial<AdviceRow>): Promise<void> {
    await this.#db.orm.update(energyAdvice).set(values).where(eq(energyAdvice.id, id));
  }
}
