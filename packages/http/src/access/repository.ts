import type { Database } from '@millwright/db';
import { isId } from '@millwright/kernel';
import { and, count, desc, eq, getTableColumns, ne, sql } from 'drizzle-orm';
import {
  accessDevice,
  accessSession,
  accessToken,
  accessUser,
  type DeviceRow,
  type SessionRow,
  type TokenRow,
  type UserRow,
} from './schema.ts';

export type { DeviceRow, TokenRow, UserRow } from './schema.ts';

/** SQL of users, sessions and tokens. */
export class AccessRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async userByName(name: string): Promise<UserRow | undefined> {
    const byName = eq(sql`lower(${accessUser.name})`, sql`lower(${name})`);
    return (await this.#db.orm.select().from(accessUser).where(byName))[0];
  }
  async user(id: string): Promise<UserRow | undefined> {
    if (!isId(id)) return undefined;
    return (await this.#db.orm.select().from(accessUser).where(eq(accessUser.id, id)))[0];
  }
  async users(): Promise<UserRow[]> {
    return this.#db.orm.select().from(accessUser).orderBy(sql`lower(${accessUser.name})`);
  }
  async insertUser(user: UserRow): Promise<void> {
    await this.#db.orm.insert(accessUser).values(user);
  }
  async updateUser(id: string, change: Partial<Omit<UserRow, 'id' | 'created_at'>>): Promise<void> {
    if (Object.keys(change).length === 0) return;
    await this.#db.orm.update(accessUser).set(change).where(eq(accessUser.id, id));
  }
  /** Counts in the database, so that guesses made at the same time count each. Returns the new number. */
  async addFailedAttempt(id: string): Promise<number> {
    const [row] = await this.#db.orm
      .update(accessUser)
      .set({ failed_attempts: sql`${accessUser.failed_attempts} + 1` })
      .where(eq(accessUser.id, id))
      .returning({ attempts: accessUser.failed_attempts });
    return row?.attempts ?? 0;
  }
  async countAdministratorsBut(id: string): Promise<number> {
    const others = and(eq(accessUser.role, 'administrator'), eq(accessUser.disabled, false), ne(accessUser.id, id));
    const [row] = await this.#db.orm.select({ count: count() }).from(accessUser).where(others);
    return row!.count;
  }

  async insertSession(session: SessionRow): Promise<void> {
    await this.#db.orm.insert(accessSession).values(session);
  }
  async session(hash: string): Promise<(UserRow & { expires_at: Date }) | undefined> {
    const [row] = await this.#db.orm
      .select({ ...getTableColumns(accessUser), expires_at: accessSession.expires_at })
      .from(accessSession)
      .innerJoin(accessUser, eq(accessUser.id, accessSession.user_id))
      .where(eq(accessSession.secret_hash, hash));
    return row;
  }
  async extendSession(hash: string, expires_at: Date): Promise<void> {
    await this.#db.orm.update(accessSession).set({ expires_at }).where(eq(accessSession.secret_hash, hash));
  }
  async deleteSession(hash: string): Promise<void> {
    await this.#db.orm.delete(accessSession).where(eq(accessSession.secret_hash, hash));
  }
  async deleteSessionsOf(userId: string, butHash = ''): Promise<void> {
    const ofUser = and(eq(accessSession.user_id, userId), ne(accessSession.secret_hash, butHash));
    await this.#db.orm.delete(accessSession).where(ofUser);
  }

  /** Of this user only: a browser may be known for another one. */
  async device(hash: string, userId: string): Promise<DeviceRow | undefined> {
    const own = and(eq(accessDevice.secret_hash, hash), eq(accessDevice.user_id, userId));
    return (await this.#db.orm.select().from(accessDevice).where(own))[0];
  }
  async insertDevice(device: DeviceRow): Promise<void> {
    await this.#db.orm.insert(accessDevice).values(device);
  }
  async updateDevice(hash: string, change: Partial<DeviceRow>): Promise<void> {
    await this.#db.orm.update(accessDevice).set(change).where(eq(accessDevice.secret_hash, hash));
  }
  /** As `addFailedAttempt`, of a known browser. */
  async addDeviceFailure(hash: string): Promise<number> {
    const [row] = await this.#db.orm
      .update(accessDevice)
      .set({ failed_attempts: sql`${accessDevice.failed_attempts} + 1` })
      .where(eq(accessDevice.secret_hash, hash))
      .returning({ attempts: accessDevice.failed_attempts });
    return row?.attempts ?? 0;
  }
  async deleteDevicesOf(userId: string): Promise<void> {
    await this.#db.orm.delete(accessDevice).where(eq(accessDevice.user_id, userId));
  }

  async insertToken(token: TokenRow): Promise<void> {
    await this.#db.orm.insert(accessToken).values(token);
  }
  async tokenByHash(hash: string): Promise<TokenRow | undefined> {
    return (await this.#db.orm.select().from(accessToken).where(eq(accessToken.secret_hash, hash)))[0];
  }
  async tokens(): Promise<TokenRow[]> {
    return this.#db.orm.select().from(accessToken).orderBy(desc(accessToken.created_at));
  }
  async token(id: string): Promise<TokenRow | undefined> {
    if (!isId(id)) return undefined;
    return (await this.#db.orm.select().from(accessToken).where(eq(accessToken.id, id)))[0];
  }
  async touchToken(id: string, last_used_at: Date): Promise<void> {
    await this.#db.orm.update(accessToken).set({ last_used_at }).where(eq(accessToken.id, id));
  }
  /** Revokes a token and all that were made with it. False when there is no such token, or none that still works. */
  async revokeToken(id: string, revoked_at: Date): Promise<boolean> {
    const { rows } = await this.#db.query<{ id: string }>(
      `with recursive family as (
         select id from access_token where id = $1 and revoked_at is null
         union select t.id from access_token t join family f on t.parent_id = f.id)
       update access_token t set revoked_at = coalesce(t.revoked_at, $2) from family f where t.id = f.id returning t.id`,
      [id, revoked_at],
    );
    return rows.length > 0;
  }
}
