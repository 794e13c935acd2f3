import { randomBytes } from 'node:crypto';
import type { BrokerAccess, BrokerClient } from '@millwright/bus';
import { isTopicFilter, matchesTopicFilter } from '@millwright/bus';
import type { Database } from '@millwright/db';
import { secretHash } from '@millwright/http';
import { type Actor, type Clock, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { cloudErrors } from '../errors.ts';

export interface BrokerClientInfo {
  readonly username: string;
  /** Topic filters it may publish to, e.g. `spBv1.0/qingdao/+/edge-1/#`. */
  readonly publish: string[];
  readonly subscribe: string[];
  readonly sourceId: string | null;
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

interface ClientRow {
  username: string;
  secret_hash: string;
  publish: string[];
  subscribe: string[];
  source_id: string | null;
  created_at: Date;
  revoked_at: Date | null;
}

/** Who the embedded broker lets in: known clients only, each to its own topics. */
export class BrokerClientService implements BrokerAccess {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
  }

  async list(actor: Actor): Promise<BrokerClientInfo[]> {
    requirePermission(actor, 'cloud.client.manage');
    const { rows } = await this.#db.query<ClientRow>('select * from cloud_broker_client order by username');
    return rows.map(toInfo);
  }

  /** The password is returned once and kept only as a hash. */
  async create(
    actor: Actor,
    input: { username: string; publish: string[]; subscribe: string[]; sourceId?: string | null; password?: string },
  ): Promise<{ client: BrokerClientInfo; password: string }> {
    requirePermission(actor, 'cloud.client.manage');
    const password = input.password ?? randomBytes(18).toString('base64url');
    const row: ClientRow = {
      username: input.username,
      secret_hash: secretHash(password),
      publish: input.publish,
      subscribe: input.subscribe,
      source_id: input.sourceId ?? null,
      created_at: this.#clock.now(),
      revoked_at: null,
    };
    await this.#db.transaction(async (transaction) => {
      const { rowCount } = await transaction.query(
        `insert into cloud_broker_client (username, secret_hash, publish, subscribe, source_id, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (username) do update set secret_hash = $2, publish = $3, subscribe = $4, source_id = $5, created_at = $6, revoked_at = null
           where cloud_broker_client.revoked_at is not null`,
        [row.username, row.secret_hash, row.publish, row.subscribe, row.source_id, row.created_at],
      );
      if (rowCount === 0) throw cloudErrors.BROKER_CLIENT_EXISTS({ username: input.username });
      const content = { username: row.username, publish: row.publish, subscribe: row.subscribe };
      await this.#ledger.record(actor, { type: 'cloud.broker-client-create', subject: row.username, content });
    });
    return { client: toInfo(row), password };
  }

  async revoke(actor: Actor, username: string): Promise<void> {
    requirePermission(actor, 'cloud.client.manage');
    await this.#db.transaction(async (transaction) => {
      await transaction.query(
        'update cloud_broker_client set revoked_at = $2 where username = $1 and revoked_at is null',
        [username, this.#clock.now()],
      );
      await this.#ledger.record(actor, { type: 'cloud.broker-client-revoke', subject: username, content: {} });
    });
  }

  async authenticate(
    _clientId: string,
    username: string | undefined,
    password: string | undefined,
  ): Promise<BrokerClient | null> {
    if (!username || !password) return null;
    const { rows } = await this.#db.query<ClientRow>(
      'select * from cloud_broker_client where username = $1 and revoked_at is null',
      [username],
    );
    const row = rows[0];
    // A random password of 144 bits: a fast hash is enough, and comparing hashes tells nothing about the password.
    if (!row || row.secret_hash !== secretHash(password)) return null;
    return {
      mayPublish: (topic) => row.publish.some((filter) => matchesTopicFilter(filter, topic)),
      maySubscribe: (filter) => row.subscribe.some((allowed) => covers(allowed, filter)),
    };
  }

  /** Refusals are written down where an administrator sees them. */
  async denied(denial: { action: string; clientId: string; username?: string; topic?: string }): Promise<void> {
    const actor: Actor = {
      kind: 'edge',
      id: denial.clientId,
      name: denial.username ?? denial.clientId,
      role: 'viewer',
    };
    await this.#ledger.record(actor, { type: 'cloud.broker-denied', subject: denial.clientId, content: denial });
  }
}

/** Whether every topic that `asked` matches is matched by `allowed` too. */
function covers(allowed: string, asked: string): boolean {
  if (!isTopicFilter(asked)) return false;
  const [mine, theirs] = [allowed.split('/'), asked.split('/')];
  for (let level = 0; level < mine.length; level += 1) {
    if (mine[level] === '#') return true;
    if (theirs[level] === undefined || theirs[level] === '#') return false;
    if (mine[level] !== '+' && mine[level] !== theirs[level]) return false;
  }
  return mine.length === theirs.length;
}

function toInfo(row: ClientRow): BrokerClientInfo {
  return {
    username: row.username,
    publish: row.publish,
    subscribe: row.subscribe,
    sourceId: row.source_id,
    createdAt: row.created_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
