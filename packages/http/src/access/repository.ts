import type { Database } from '@millwright/db';
import { isId, type Role } from '@millwright/kernel';

export interface UserRow {
  id: string;
  name: string;
  display_name: string;
  password_hash: string;
  must_change_password: boolean;
  role: Role;
  site_ids: string[] | null;
  language: string | null;
  failed_attempts: number;
  locked_until: Date | null;
  disabled: boolean;
  created_at: Date;
}

export interface TokenRow {
  id: string;
  name: string;
  secret_hash: string;
  role: Role;
  scopes: string[];
  site_ids: string[] | null;
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

/** SQL of users, sessions and tokens. */
export class AccessRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async userByName(name: string): Promise<UserRow | undefined> {
    return (await this.#db.query<UserRow>('select * from access_user where lower(name) = lower($1)', [name])).rows[0];
  }
  async user(id: string): Promise<UserRow | undefined> {
    if (!isId(id)) return undefined;
    return (await this.#db.query<UserRow>('select * from access_user where id = $1', [id])).rows[0];
  }
  async users(): Promise<UserRow[]> {
    return (await this.#db.query<UserRow>('select * from access_user order by lower(name)')).rows;
  }
  async insertUser(user: UserRow): Promise<void> {
    await this.#db.query(
      `insert into access_user (id, name, display_name, password_hash, must_change_password, role, site_ids, language, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        user.id,
        user.name,
        user.display_name,
        user.password_hash,
        user.must_change_password,
        user.role,
        user.site_ids,
        user.language,
        user.created_at,
      ],
    );
  }
  async updateUser(id: string, change: Partial<Omit<UserRow, 'id' | 'created_at'>>): Promise<void> {
    const keys = Object.keys(change) as (keyof typeof change)[];
    if (keys.length === 0) return;
    const assignments = keys.map((key, index) => `${key} = $${index + 2}`).join(', ');
    await this.#db.query(`update access_user set ${assignments} where id = $1`, [
      id,
      ...keys.map((key) => change[key]),
    ]);
  }
  /** Counts in the database, so that guesses made at the same time count each. Returns the new number. */
  async addFailedAttempt(id: string): Promise<number> {
    const { rows } = await this.#db.query<{ failed_attempts: number }>(
      'update access_user set failed_attempts = failed_attempts + 1 where id = $1 returning failed_attempts',
      [id],
    );
    return rows[0]?.failed_attempts ?? 0;
  }
  async countAdministratorsBut(id: string): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>(
      `select count(*) as count from access_user where role = 'administrator' and not disabled and id <> $1`,
      [id],
    );
    return rows[0]!.count;
  }

  async insertSession(
    hash: string,
    userId: string,
    createdAt: Date,
    expiresAt: Date,
    userAgent: string,
  ): Promise<void> {
    await this.#db.query(
      'insert into access_session (secret_hash, user_id, created_at, expires_at, user_agent) values ($1, $2, $3, $4, $5)',
      [hash, userId, createdAt, expiresAt, userAgent],
    );
  }
  async session(hash: string): Promise<(UserRow & { expires_at: Date }) | undefined> {
    const { rows } = await this.#db.query<UserRow & { expires_at: Date }>(
      'select u.*, s.expires_at from access_session s join access_user u on u.id = s.user_id where s.secret_hash = $1',
      [hash],
    );
    return rows[0];
  }
  async extendSession(hash: string, expiresAt: Date): Promise<void> {
    await this.#db.query('update access_session set expires_at = $2 where secret_hash = $1', [hash, expiresAt]);
  }
  async deleteSession(hash: string): Promise<void> {
    await this.#db.query('delete from access_session where secret_hash = $1', [hash]);
  }
  async deleteSessionsOf(userId: string, butHash = ''): Promise<void> {
    await this.#db.query('delete from access_session where user_id = $1 and secret_hash <> $2', [userId, butHash]);
  }

  async insertToken(token: TokenRow): Promise<void> {
    await this.#db.query(
      `insert into access_token (id, name, secret_hash, role, scopes, site_ids, created_by, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        token.id,
        token.name,
        token.secret_hash,
        token.role,
        token.scopes,
        token.site_ids,
        token.created_by,
        token.created_at,
        token.expires_at,
      ],
    );
  }
  async tokenByHash(hash: string): Promise<TokenRow | undefined> {
    return (await this.#db.query<TokenRow>('select * from access_token where secret_hash = $1', [hash])).rows[0];
  }
  async tokens(): Promise<TokenRow[]> {
    return (await this.#db.query<TokenRow>('select * from access_token order by created_at desc')).rows;
  }
  async touchToken(id: string, at: Date): Promise<void> {
    await this.#db.query('update access_token set last_used_at = $2 where id = $1', [id, at]);
  }
  async revokeToken(id: string, at: Date): Promise<boolean> {
    if (!isId(id)) return false;
    const { rowCount } = await this.#db.query(
      'update access_token set revoked_at = $2 where id = $1 and revoked_at is null',
      [id, at],
    );
    return rowCount > 0;
  }
}
