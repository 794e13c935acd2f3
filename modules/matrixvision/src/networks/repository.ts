import type { Database } from '@millwright/db';
import { asc, eq } from 'drizzle-orm';
import { type NetworkRow, matrixvisionNetwork as network } from '../schema.ts';

/** SQL of the networks whose cameras may be opened. */
export class NetworkRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(): Promise<NetworkRow[]> {
    return this.#db.orm.select().from(network).orderBy(asc(network.created_at), asc(network.network));
  }
  /** False where it is there already. */
  async insert(row: NetworkRow): Promise<boolean> {
    return (await this.#db.orm.insert(network).values(row).onConflictDoNothing().returning()).length > 0;
  }
  /** False where it is not there. */
  async remove(named: string): Promise<boolean> {
    return (await this.#db.orm.delete(network).where(eq(network.network, named)).returning()).length > 0;
  }
}
