import type { Database } from '@millwright/db';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { type AssignmentRow, energyTariff, energyTariffAssignment, type TariffRow } from '../schema.ts';

const inForce = isNull(energyTariffAssignment.withdrawn_at);

/** SQL of tariffs and their assignments. There is no update of a tariff: the database itself refuses one. */
export class TariffRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** By id, versions in the order they came. */
  async tariffs(id?: string): Promise<TariffRow[]> {
    return this.#db.orm
      .select()
      .from(energyTariff)
      .where(id === undefined ? undefined : eq(energyTariff.id, id))
      .orderBy(asc(energyTariff.id), asc(energyTariff.sequence));
  }
  /** False when another came first. */
  async insertTariff(row: TariffRow): Promise<boolean> {
    return (await this.#db.orm.insert(energyTariff).values(row).onConflictDoNothing().returning()).length === 1;
  }
  /** Those in force, in the order they begin; of one date the one that counts last. */
  async assignments(siteIds?: readonly string[]): Promise<AssignmentRow[]> {
    return this.#db.orm
      .select()
      .from(energyTariffAssignment)
      .where(and(inForce, siteIds && inArray(energyTariffAssignment.site_id, [...siteIds])))
      .orderBy(
        asc(energyTariffAssignment.valid_from),
        asc(energyTariffAssignment.created_at),
        asc(energyTariffAssignment.id),
      );
  }
  async assignment(id: string): Promise<AssignmentRow | undefined> {
    return (
      await this.#db.orm
        .select()
        .from(energyTariffAssignment)
        .where(and(eq(energyTariffAssignment.id, id), inForce))
    )[0];
  }
  async insertAssignment(row: AssignmentRow): Promise<void> {
    await this.#db.orm.insert(energyTariffAssignment).values(row);
  }
  async withdraw(id: string, at: Date, by: string): Promise<void> {
    await this.#db.orm
      .update(energyTariffAssignment)
      .set({ withdrawn_at: at, withdrawn_by: by })
      .where(and(eq(energyTariffAssignment.id, id), inForce));
  }
}
