import { randomBytes } from 'node:crypto';
import type { BrokerAccess, BrokerClient } from '@millwright/bus';
import { isTopicFilter, matchesTopicFilter } from '@millwright/bus';
import type { Database } from '@millwright/db';
import { secretHash } from '@millwright/http';
import { type Actor, actorErrors, type Clock, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import { cloudErrors } from '../errors.ts';
import { type BrokerClientRow, cloudBrokerClient } from '../schema.ts';
import { type Denial, DenialLog } from './denial-log.ts';

export interface BrokerClientInfo {
  readonly username: string;
  /** Topic filters it may publish to, e.g. `spBv1.0/qingdao/+/edge-1/#`. */
  readonly publish: string[];
  readonly subscribe: string[];
  readonly sourceId: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

/** Who the embedded broker lets in: known clients only, each to its own topics. */
export class BrokerClientService implements BrokerAccess {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #denials: DenialLog;
  /** By user name; ends the connections of those who are in when their right is withdrawn. */
  #rights = new Map<string, AbortController>();
  #withdrawals = 0;

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#denials = new DenialLog(parts.clock);
  }

  async list(actor: Actor): Promise<BrokerClientInfo[]> {
    requireManager(actor);
    const rows = await this.#db.orm.select().from(cloudBrokerClient).orderBy(asc(cloudBrokerClient.username));
    return rows.map(toInfo);
  }

  /** The password is returned once and kept only as a hash. */
  async create(
    actor: Actor,
    input: { username: string; publish: string[]; subscribe: string[]; sourceId?: string | null; password?: string },
  ): Promise<{ client: BrokerClientInfo; password: string }> {
    requireManager(actor);
    const password = input.password ?? randomBytes(18).toString('base64url');
    const row: BrokerClientRow = {
      username: input.username,
      secret_hash: secretHash(password),
      publish: input.publish,
      subscribe: input.subscribe,
      source_id: input.sourceId ?? null,
      created_at: this.#clock.now(),
      revoked_at: null,
    };
    const { username, ...rest } = row;
    await this.#db.transaction(async () => {
      // A name that was revoked may be given again.
      const { rowCount } = await this.#db.orm
        .insert(cloudBrokerClient)
        .values(row)
        .onConflictDoUpdate({
          target: cloudBrokerClient.username,
          set: rest,
          setWhere: isNotNull(cloudBrokerClient.revoked_at),
        });
      if (rowCount === 0) throw cloudErrors.BROKER_CLIENT_EXISTS({ username });
      const content = { username, publish: row.publish, subscribe: row.subscribe };
      await this.#ledger.record(actor, { type: 'cloud.broker-client-create', subject: row.username, content });
    });
    return { client: toInfo(row), password };
  }

  /** From now on it is let in no more, and what it has open is ended. Throws BROKER_CLIENT_UNKNOWN. */
  async revoke(actor: Actor, username: string): Promise<void> {
    requireManager(actor);
    await this.#db.transaction(async () => {
      const known = and(eq(cloudBrokerClient.username, username), isNull(cloudBrokerClient.revoked_at));
      const { rowCount } = await this.#db.orm
        .update(cloudBrokerClient)
        .set({ revoked_at: this.#clock.now() })
        .where(known);
      if (rowCount === 0) throw cloudErrors.BROKER_CLIENT_UNKNOWN({ username });
      await this.#ledger.record(actor, { type: 'cloud.broker-client-revoke', subject: username, content: {} });
    });
    this.#withdrawals += 1;
    this.#rights.get(username)?.abort();
    this.#rights.delete(username);
  }

  async authenticate(
    _clientId: string,
    username: string | undefined,
    password: string | undefined,
  ): Promise<BrokerClient | null> {
    if (!username || !password) return null;
    const { row, signal } = await this.#known(username);
    // A random password of 144 bits: a fast hash is enough, and comparing hashes tells nothing about the password.
    if (!row || row.secret_hash !== secretHash(password)) return null;
    return {
      revoked: signal,
      mayPublish: (topic) => row.publish.some((filter) => matchesTopicFilter(filter, topic)),
      maySubscribe: (filter) => row.subscribe.some((allowed) => covers(allowed, filter)),
    };
  }

  /** Refusals are written down where an administrator sees them; those that repeat, not each time. */
  async denied(denial: Denial): Promise<void> {
    const content = this.#denials.pass(denial);
    if (!content) return;
    const actor: Actor = {
      kind: 'edge',
      id: denial.clientId,
      name: denial.username ?? denial.clientId,
      role: 'viewer',
    };
    await this.#ledger.record(actor, { type: 'cloud.broker-denied', subject: denial.clientId, content });
  }

  async #known(username: string): Promise<{ row?: BrokerClientRow; signal?: AbortSignal }> {
    for (;;) {
      const before = this.#withdrawals;
      const known = and(eq(cloudBrokerClient.username, username), isNull(cloudBrokerClient.revoked_at));
      const [row] = await this.#db.orm.select().from(cloudBrokerClient).where(known);
      if (!row) return {};
      if (before !== this.#withdrawals) continue; // It may be this one that was withdrawn between question and answer.
      const right = this.#rights.get(username) ?? new AbortController();
      this.#rights.set(username, right);
      return { row, signal: right.signal };
    }
  }
}

/** Topics know no sites: whoever may touch some sites only could let a client speak for another one. */
function requireManager(actor: Actor): void {
  requirePermission(actor, 'cloud.client.manage');
  if (actor.siteIds) throw actorErrors.ACCESS_SITE_DENIED({ siteId: '*', actor: actor.name });
}

/** Whether every topic that `asked` matches is matched by `allowed` too. */
function covers(allowed: string, asked: string): boolean {
  if (!isTopicFilter(asked)) return false;
  // As with topics: `#` and `+/…` say nothing of what begins with `$`, the broker's own.
  if (asked.startsWith('$') && /^[+#]/.test(allowed)) return false;
  const [mine, theirs] = [allowed.split('/'), asked.split('/')];
  for (let level = 0; level < mine.length; level += 1) {
    if (mine[level] === '#') return true;
    if (theirs[level] === undefined || theirs[level] === '#') return false;
    if (mine[level] !== '+' && mine[level] !== theirs[level]) return false;
  }
  return mine.length === theirs.length;
}

function toInfo(row: BrokerClientRow): BrokerClientInfo {
  return {
    username: row.username,
    publish: row.publish,
    subscribe: row.subscribe,
    sourceId: row.source_id,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
