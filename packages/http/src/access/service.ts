import type { Database } from '@millwright/db';
import {
  type Actor,
  actorErrors,
  type Clock,
  type Config,
  definePermissions,
  isAllowed,
  newId,
  type Role,
  requirePermission,
} from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { httpErrors } from '../errors.ts';
import { AccessRepository, type DeviceRow, type TokenRow, type UserRow } from './repository.ts';
import { decoyHash, hashPassword, newSecret, oneTimePassword, passwordMatches, secretHash } from './secrets.ts';
import { SignInGate } from './sign-in-gate.ts';

definePermissions({
  'access.user.manage': [],
  'access.user.read': ['auditor'],
  'access.token.manage': ['engineer'],
});

const minimumPasswordLength = 10;
const tokenPrefix = 'mw_';
/** A session or token is marked as used at most this often, so that a read does not become a write. */
const touchIntervalMs = 60_000;

export interface User {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly siteIds: string[] | null;
  readonly language: string | null;
  readonly mustChangePassword: boolean;
  readonly lockedUntil: string | null;
  readonly disabled: boolean;
  readonly createdAt: string;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: string[];
  readonly siteIds: string[] | null;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface UserChange {
  displayName?: string;
  role?: Role;
  siteIds?: string[] | null;
  language?: string;
  disabled?: boolean;
  unlock?: boolean;
}

/** Who may come in and as whom: users, sessions, API tokens. */
export class AccessService {
  #repository: AccessRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #config: Config;
  #touched = new Map<string, number>();
  #gate: SignInGate;
  #listeners: (() => void)[] = [];
  #others: { prefix: string; actorOf: (secret: string) => Promise<Actor | undefined> }[] = [];

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock; config: Config }) {
    this.#repository = new AccessRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#config = parts.config;
    this.#gate = new SignInGate(parts.clock);
  }

  /** On a database without users: creates `admin` and returns its one-time password, to be printed once. */
  async ensureAdministrator(actor: Actor): Promise<{ name: string; password: string } | undefined> {
    if ((await this.#repository.users()).length > 0) return undefined;
    const password = oneTimePassword();
    await this.createUser(actor, {
      name: 'admin',
      displayName: 'Administrator',
      role: 'administrator',
      siteIds: null,
      password,
    });
    return { name: 'admin', password };
  }

  /**
   * `device` is what an earlier sign-in gave to this browser. Wrong passwords from elsewhere lock the account for
   * browsers it is not known in, and never for its owner's; those have a count of their own.
   */
  async signIn(
    name: string,
    password: string,
    from: { userAgent: string; address: string; device?: string },
  ): Promise<{ secret: string; user: User; device?: string }> {
    return this.#gate.inTurn(from.address, async () => {
      const now = this.#clock.now();
      const user = await this.#repository.userByName(name);
      const device = user && from.device ? await this.#repository.device(secretHash(from.device), user.id) : undefined;
      const until = this.#lockedUntil(name, user, device);
      if (until && until > now) throw httpErrors.ACCOUNT_LOCKED({ until: until.toISOString() });
      const matches = await passwordMatches(user?.password_hash ?? (await decoyHash()), password);
      if (!user || !matches || user.disabled) {
        this.#gate.fail(from.address);
        if (user) await this.#countFailure(user, now, device);
        else this.#gate.failAbsent(name, this.#config);
        throw httpErrors.SIGN_IN_FAILED({});
      }
      const secret = newSecret();
      const newDevice = device ? undefined : newSecret();
      await this.#db.transaction(async () => {
        if (device) await this.#repository.updateDevice(device.secret_hash, { failed_attempts: 0, locked_until: null });
        else {
          await this.#repository.updateUser(user.id, { failed_attempts: 0, locked_until: null });
          const row = { secret_hash: secretHash(newDevice!), user_id: user.id, created_at: now };
          await this.#repository.insertDevice({ ...row, failed_attempts: 0, locked_until: null });
        }
        await this.#repository.insertSession({
          secret_hash: secretHash(secret),
          user_id: user.id,
          created_at: now,
          expires_at: this.#sessionEnd(now),
          user_agent: from.userAgent.slice(0, 300),
        });
        await this.#ledger.record(actorOf(user), { type: 'access.sign-in', subject: user.id, content: {} });
      });
      return { secret, user: toUser(user), device: newDevice };
    });
  }

  async signOut(secret: string, actor: Actor): Promise<void> {
    await this.#repository.deleteSession(secretHash(secret));
    await this.#ledger.record(actor, { type: 'access.sign-out', subject: actor.id, content: {} });
    this.#changed();
  }

  /** Told whenever somebody may have lost a right, so that what is open on the strength of it can be ended. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The user of a session cookie, or undefined when it has expired or never was. A look without `touch` does not keep it alive. */
  async userOfSession(secret: string, touch = true): Promise<{ actor: Actor; user: User } | undefined> {
    const hash = secretHash(secret);
    const row = await this.#repository.session(hash);
    const now = this.#clock.now();
    if (!row || row.expires_at <= now || row.disabled) return undefined;
    if (touch && this.#dueForTouch(hash, now)) await this.#repository.extendSession(hash, this.#sessionEnd(now));
    return { actor: actorOf(row), user: toUser(row) };
  }

  /**
   * Tokens that another part gives out and answers for, known by how they begin. `actorOf` resolves to undefined for one
   * that is not, or no longer, valid.
   */
  acceptTokens(prefix: string, actorOf: (secret: string) => Promise<Actor | undefined>): void {
    this.#others.push({ prefix, actorOf });
  }

  /** Throws TOKEN_INVALID for anything but a token that is known, not revoked, not expired. */
  async actorOfToken(presented: string): Promise<Actor> {
    const other = this.#others.find(({ prefix }) => presented.startsWith(prefix));
    if (other) {
      const actor = await other.actorOf(presented);
      if (!actor) throw httpErrors.TOKEN_INVALID({ reason: 'revoked' });
      return actor;
    }
    const now = this.#clock.now();
    const row = presented.startsWith(tokenPrefix)
      ? await this.#repository.tokenByHash(secretHash(presented))
      : undefined;
    if (!row) throw httpErrors.TOKEN_INVALID({ reason: 'forged' });
    if (row.revoked_at) throw httpErrors.TOKEN_INVALID({ reason: 'revoked' });
    if (row.expires_at && row.expires_at <= now) throw httpErrors.TOKEN_INVALID({ reason: 'expired' });
    if (this.#dueForTouch(row.id, now)) await this.#repository.touchToken(row.id, now);
    return {
      kind: 'token',
      id: row.id,
      name: row.name,
      role: row.role,
      scopes: row.scopes,
      siteIds: row.site_ids ?? undefined,
    };
  }

  async changePassword(actor: Actor, current: string, next: string, keepSecret: string): Promise<void> {
    const user = await this.#repository.user(actor.id);
    const now = this.#clock.now();
    if (user?.locked_until && user.locked_until > now)
      throw httpErrors.ACCOUNT_LOCKED({ until: user.locked_until.toISOString() });
    if (!user || !(await this.#gate.inTurn(actor.id, () => passwordMatches(user.password_hash, current)))) {
      if (user) await this.#countFailure(user, now, undefined);
      throw httpErrors.SIGN_IN_FAILED({});
    }
    const password_hash = await this.#acceptablePassword(user.name, next);
    await this.#db.transaction(async () => {
      await this.#repository.updateUser(user.id, { password_hash, must_change_password: false });
      await this.#repository.deleteSessionsOf(user.id, secretHash(keepSecret));
      await this.#ledger.record(actor, { type: 'access.password-change', subject: user.id, content: {} });
    });
    this.#changed();
  }

  async users(actor: Actor): Promise<User[]> {
    requirePermission(actor, 'access.user.read');
    return (await this.#repository.users()).map(toUser);
  }

  /** Users who may sign in and hold a permission on a site. For services, which answer for the right to know them. */
  async holders(permission: string, siteId: string): Promise<Pick<User, 'id' | 'name' | 'displayName'>[]> {
    return (await this.#repository.users())
      .filter(({ disabled }) => !disabled)
      .map(toUser)
      .filter(({ id, name, role, siteIds }) =>
        isAllowed({ kind: 'user', id, name, role, ...(siteIds && { siteIds }) }, permission, siteId),
      )
      .map(({ id, name, displayName }) => ({ id, name, displayName }));
  }

  async createUser(
    actor: Actor,
    input: {
      name: string;
      displayName: string;
      role: Role;
      siteIds: string[] | null;
      language?: string;
      password?: string;
    },
  ): Promise<{ user: User; password: string }> {
    requirePermission(actor, 'access.user.manage');
    if (await this.#repository.userByName(input.name)) throw httpErrors.USER_EXISTS({ name: input.name });
    const password = input.password ?? oneTimePassword();
    const row: UserRow = {
      id: newId(),
      name: input.name,
      display_name: input.displayName,
      password_hash: await hashPassword(password),
      must_change_password: true,
      role: input.role,
      site_ids: input.siteIds,
      language: input.language ?? null,
      failed_attempts: 0,
      locked_until: null,
      disabled: false,
      created_at: this.#clock.now(),
    };
    await this.#db.transaction(async () => {
      await this.#repository.insertUser(row);
      const content = { name: row.name, role: row.role, siteIds: row.site_ids };
      await this.#ledger.record(actor, { type: 'access.user-create', subject: row.id, content });
    });
    return { user: toUser(row), password };
  }

  async changeUser(actor: Actor, id: string, change: UserChange): Promise<User> {
    requirePermission(actor, 'access.user.manage');
    const before = await this.#repository.user(id);
    if (!before) throw httpErrors.USER_UNKNOWN({ id });
    const losesAdministrator =
      before.role === 'administrator' && (change.disabled === true || (change.role && change.role !== 'administrator'));
    if (losesAdministrator && (await this.#repository.countAdministratorsBut(id)) === 0)
      throw httpErrors.LAST_ADMINISTRATOR({});
    await this.#db.transaction(async () => {
      await this.#repository.updateUser(id, {
        ...(change.displayName !== undefined && { display_name: change.displayName }),
        ...(change.role && { role: change.role }),
        ...(change.siteIds !== undefined && { site_ids: change.siteIds }),
        ...(change.language && { language: change.language }),
        ...(change.disabled !== undefined && { disabled: change.disabled }),
        ...(change.unlock && { locked_until: null, failed_attempts: 0 }),
      });
      if (change.disabled) await this.#repository.deleteSessionsOf(id);
      await this.#ledger.record(actor, {
        type: 'access.user-change',
        subject: id,
        content: { before: toUser(before), change },
      });
    });
    this.#changed();
    return toUser((await this.#repository.user(id))!);
  }

  /** Sets the user's language; everyone may do so for themselves. */
  async setLanguage(actor: Actor, language: string): Promise<void> {
    if (actor.kind !== 'user') throw httpErrors.USER_UNKNOWN({ id: actor.name });
    await this.#repository.updateUser(actor.id, { language });
  }

  async resetPassword(actor: Actor, id: string): Promise<{ password: string }> {
    requirePermission(actor, 'access.user.manage');
    const user = (await this.#repository.user(id)) ?? (await this.#repository.userByName(id));
    if (!user) throw httpErrors.USER_UNKNOWN({ id });
    const password = oneTimePassword();
    const password_hash = await hashPassword(password);
    await this.#db.transaction(async () => {
      const change = { password_hash, must_change_password: true, locked_until: null, failed_attempts: 0 };
      await this.#repository.updateUser(user.id, change);
      await this.#repository.deleteSessionsOf(user.id);
      await this.#repository.deleteDevicesOf(user.id);
      await this.#ledger.record(actor, { type: 'access.password-reset', subject: user.id, content: {} });
    });
    this.#changed();
    return { password };
  }

  /** Those that the actor could have made. */
  async tokens(actor: Actor): Promise<Token[]> {
    requirePermission(actor, 'access.token.manage');
    return (await this.#repository.tokens()).filter((token) => isWithin(actor, token)).map(toToken);
  }

  /**
   * A token can do no more than its creator, and one made by a token ends with that one. The secret is returned once and
   * kept only as a hash.
   */
  async createToken(
    actor: Actor,
    input: { name: string; role: Role; scopes: string[]; siteIds: string[] | null; expiresAt: string | null },
  ): Promise<{ token: Token; secret: string }> {
    requirePermission(actor, 'access.token.manage');
    if (actor.role !== 'administrator' && input.role !== actor.role) requirePermission(actor, 'access.user.manage');
    const beyond = input.scopes.find((scope) => actor.scopes && !actor.scopes.some((own) => covers(own, scope)));
    if (beyond !== undefined) throw actorErrors.ACCESS_DENIED({ permission: beyond, actor: actor.name });
    const siteIds = actor.siteIds
      ? (input.siteIds ?? actor.siteIds).filter((id) => actor.siteIds!.includes(id))
      : input.siteIds;
    const parent = actor.kind === 'token' ? await this.#repository.token(actor.id) : undefined;
    const wanted = input.expiresAt === null ? null : new Date(input.expiresAt);
    const ends = [wanted, parent?.expires_at ?? null].filter((end) => end !== null);
    const secret = tokenPrefix + newSecret();
    const row: TokenRow = {
      id: newId(),
      name: input.name,
      secret_hash: secretHash(secret),
      role: input.role,
      scopes: input.scopes,
      site_ids: siteIds && [...siteIds],
      created_by: actor.name,
      created_at: this.#clock.now(),
      expires_at: ends.length > 0 ? new Date(Math.min(...ends.map((end) => end.getTime()))) : null,
      last_used_at: null,
      revoked_at: null,
      parent_id: parent?.id ?? null,
    };
    await this.#db.transaction(async () => {
      await this.#repository.insertToken(row);
      const content = { name: row.name, role: row.role, scopes: row.scopes, siteIds: row.site_ids };
      await this.#ledger.record(actor, { type: 'access.token-create', subject: row.id, content });
    });
    return { token: toToken(row), secret };
  }

  async revokeToken(actor: Actor, id: string): Promise<void> {
    requirePermission(actor, 'access.token.manage');
    const token = await this.#repository.token(id);
    if (!token || !isWithin(actor, token)) throw httpErrors.TOKEN_UNKNOWN({ id });
    await this.#db.transaction(async () => {
      if (!(await this.#repository.revokeToken(id, this.#clock.now()))) throw httpErrors.TOKEN_UNKNOWN({ id });
      await this.#ledger.record(actor, { type: 'access.token-revoke', subject: id, content: {} });
    });
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** A name that does not exist is locked as one that does: else the answer would say which do. */
  #lockedUntil(name: string, user: UserRow | undefined, device: DeviceRow | undefined): Date | null {
    if (!user) return this.#gate.absentLockedUntil(name);
    return device ? device.locked_until : user.locked_until;
  }

  async #countFailure(user: UserRow, now: Date, device: DeviceRow | undefined): Promise<void> {
    const attempts = device
      ? await this.#repository.addDeviceFailure(device.secret_hash)
      : await this.#repository.addFailedAttempt(user.id);
    const locks = attempts >= this.#config.lockoutAttempts;
    if (locks) {
      const lock = { failed_attempts: 0, locked_until: new Date(now.getTime() + this.#config.lockoutMinutes * 60_000) };
      if (device) await this.#repository.updateDevice(device.secret_hash, lock);
      else await this.#repository.updateUser(user.id, lock);
    }
    await this.#ledger.record(actorOf(user), {
      type: 'access.sign-in-failed',
      subject: user.id,
      content: { attempts, locked: locks },
    });
  }

  async #acceptablePassword(name: string, password: string): Promise<string> {
    const tooWeak =
      password.length < minimumPasswordLength ||
      password.toLowerCase().includes(name.toLowerCase()) ||
      /^(.)\1*$/.test(password);
    if (tooWeak) throw httpErrors.PASSWORD_TOO_WEAK({ minimum: minimumPasswordLength });
    return hashPassword(password);
  }

  #sessionEnd(now: Date): Date {
    return new Date(now.getTime() + this.#config.sessionHours * 3_600_000);
  }

  #dueForTouch(key: string, now: Date): boolean {
    if (now.getTime() - (this.#touched.get(key) ?? 0) < touchIntervalMs) return false;
    if (this.#touched.size > 10_000) this.#touched.clear();
    this.#touched.set(key, now.getTime());
    return true;
  }
}

/** Whether a token may do no more than the actor, who then may see and revoke it. */
function isWithin(actor: Actor, { role, scopes, site_ids }: TokenRow): boolean {
  if (actor.role !== 'administrator' && role !== actor.role) return false;
  if (actor.scopes && !scopes.every((scope) => actor.scopes!.some((own) => covers(own, scope)))) return false;
  return !actor.siteIds || (site_ids?.every((id) => actor.siteIds!.includes(id)) ?? false);
}

/** Whether all that `scope` allows is within `own`. */
function covers(own: string, scope: string): boolean {
  return own === '*' || own === scope || (own.endsWith('.*') && scope.startsWith(own.slice(0, -1)));
}

function actorOf(user: UserRow): Actor {
  return { kind: 'user', id: user.id, name: user.name, role: user.role, siteIds: user.site_ids ?? undefined };
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    role: row.role,
    siteIds: row.site_ids,
    language: row.language,
    mustChangePassword: row.must_change_password,
    lockedUntil: row.locked_until?.toISOString() ?? null,
    disabled: row.disabled,
    createdAt: row.created_at.toISOString(),
  };
}

function toToken(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    scopes: row.scopes,
    siteIds: row.site_ids,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
