import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { type Capabilities, detectCapabilities } from './capabilities.ts';
import { dbErrors } from './errors.ts';
import { createOrm, type Orm } from './orm.ts';
import { type PgliteServer, startPglite } from './pglite-server.ts';
import type { Durability } from './start-params.ts';
import { types } from './types.ts';

/** A Buffer value is sent in PostgreSQL's binary format; see `binary-array.ts`. */
export type SqlValue = unknown;

export interface QueryResult<R> {
  readonly rows: R[];
  /** Rows returned, or changed by a statement that returns none. */
  readonly rowCount: number;
}

export interface Queryable {
  /** One statement with `$1`… values. `name` prepares it once per connection. */
  query<R = Record<string, unknown>>(
    text: string,
    values?: readonly SqlValue[],
    name?: string,
  ): Promise<QueryResult<R>>;
  /**
   * Drizzle, on the connection that `query` would take. A statement runs when it is awaited, not when it is written:
   * await it inside the transaction it belongs to.
   */
  readonly orm: Orm;
}

export interface Database extends Queryable {
  readonly kind: 'pglite' | 'server';
  readonly capabilities: Capabilities;
  /**
   * Runs `work` in one transaction; rolls back when it rejects. A transaction inside another joins it: the embedded
   * database has a single connection, and waiting for a second one would never end.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /**
   * Runs `work` so that all of its queries see the database as it was at the first one, whatever others commit meanwhile; it may
   * not write. Inside a transaction it joins it, and sees what that sees.
   */
  snapshot<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /**
   * Does something once the current transaction is committed, or never when it rolls back; at once outside of one. For
   * telling others, who would look for rows that are not there yet. `work` deals with its own failures: what was
   * committed stays.
   */
  afterCommit(work: () => Promise<void>): Promise<void>;
  /**
   * Several statements at once, without values; for migrations. Inside a transaction they join it. Returns the rows of
   * all of them, one after the other.
   */
  execute(script: string): Promise<Record<string, unknown>[]>;
  /**
   * Copies the embedded cluster as it is between two statements into a folder that can be opened as a database of its
   * own; others wait for as long as its files take to copy. Undefined where there is no folder to copy.
   */
  readonly copyTo: ((folder: string) => Promise<void>) | undefined;
  close(): Promise<void>;
}

function translate(error: unknown): unknown {
  const code = (error as { code?: string }).code;
  const text = error instanceof Error ? error.message : '';
  if (code === '53100' || code === 'ENOSPC' || /no space left on device/i.test(text))
    return dbErrors.DATABASE_DISK_FULL({}, error);
  if (/embedded database has stopped/i.test(text)) return dbErrors.DATABASE_STOPPED({}, error);
  if (away.has(code ?? '') || /connection terminated|the database system is/i.test(text))
    return dbErrors.DATABASE_AWAY({}, error);
  return error;
}

/** Codes of the system and of PostgreSQL for a server that is not there, is being shut down, or is starting. */
const away = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '57P01', '57P02', '57P03', '08006', '08003']);

/** Work that outlives its transaction (a listener, an unawaited call) must not write to a connection it no longer owns. */
interface OpenTransaction {
  readonly client: pg.PoolClient;
  readonly queryable: Queryable;
  readonly afterCommit: (() => Promise<void>)[];
  open: boolean;
}

class PoolDatabase implements Database {
  readonly kind: 'pglite' | 'server';
  readonly orm: Orm;
  capabilities: Capabilities = { vector: false, textSearch: false, timescale: false, citus: false, version: '' };
  #pool: pg.Pool;
  #pglite: PgliteServer | undefined;
  #current = new AsyncLocalStorage<OpenTransaction>();

  constructor(pool: pg.Pool, pglite: PgliteServer | undefined) {
    this.#pool = pool;
    this.#pglite = pglite;
    this.kind = pglite ? 'pglite' : 'server';
    this.orm = createOrm((statement) => send(this.#connection(), statement));
  }

  async query<R>(text: string, values?: readonly SqlValue[], name?: string): Promise<QueryResult<R>> {
    return run<R>(this.#connection(), text, values, name);
  }

  /** The connection of the transaction around the caller, or any. */
  #connection(): pg.Pool | pg.PoolClient {
    const current = this.#current.getStore();
    return current?.open ? current.client : this.#pool;
  }

  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return this.#transaction('begin', work);
  }

  snapshot<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return this.#transaction('begin isolation level repeatable read read only', work);
  }

  async #transaction<T>(begin: string, work: (transaction: Queryable) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current?.open) return work(current.queryable);
    const announcements: (() => Promise<void>)[] = [];
    const result = await this.#withClient(async (client) => {
      const transaction: Queryable = {
        query: (text, values, name) => run(client, text, values, name),
        orm: createOrm((statement) => send(client, statement)),
      };
      await client.query(begin);
      const scope: OpenTransaction = { client, queryable: transaction, afterCommit: announcements, open: true };
      try {
        // Awaited inside: a statement of drizzle runs only now, when `work` returns it as it is.
        return await this.#current.run(scope, async () => await work(transaction));
      } finally {
        scope.open = false;
      }
    }, commit);
    for (const announce of announcements) void this.#current.exit(announce);
    return result;
  }

  async afterCommit(work: () => Promise<void>): Promise<void> {
    const current = this.#current.getStore();
    if (current?.open) current.afterCommit.push(work);
    else await work();
  }

  async execute(script: string): Promise<Record<string, unknown>[]> {
    const current = this.#current.getStore();
    if (current?.open) return runScript(current.client, script);
    return this.#withClient((client) => runScript(client, script));
  }

  get copyTo(): ((folder: string) => Promise<void>) | undefined {
    const pglite = this.#pglite;
    if (!pglite?.folder) return undefined;
    return (folder) =>
      this.#withClient(async (client) => {
        // Everything up to here is in the tables' files then, and only the segment with this checkpoint is needed.
        await client.query('checkpoint');
        const { rows } = await client.query<{ segments: string[] }>(
          'select array[redo_wal_file, pg_walfile_name(pg_current_wal_lsn())] as segments from pg_control_checkpoint()',
        );
        await pglite.copy(folder, rows[0]!.segments);
      });
  }

  /** Lends a connection to `work`, then `finish`; whatever fails, the connection goes back without an open transaction. */
  async #withClient<T>(
    work: (client: pg.PoolClient) => Promise<T>,
    finish?: (client: pg.PoolClient) => Promise<void>,
  ): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw translate(error);
    });
    let broken: Error | undefined;
    // The pool listens only to idle connections; without this a server that goes away would end our process.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      const result = await work(client);
      await finish?.(client);
      return result;
    } catch (error) {
      await client.query('rollback').catch(onError);
      throw translate(error);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
    await this.#pglite?.close();
  }
}

/** Commits, or says that nothing was kept. */
async function commit(client: pg.PoolClient): Promise<void> {
  // After a failed statement PostgreSQL answers `commit` with a rollback and no error: whoever caught that failure
  // inside would believe that the rest was kept.
  const { command } = await client.query('commit');
  if (command === 'ROLLBACK') throw dbErrors.TRANSACTION_ABORTED({});
}

async function runScript(client: pg.PoolClient, script: string): Promise<Record<string, unknown>[]> {
  const results = (await client.query(script)) as unknown as pg.QueryResult | pg.QueryResult[];
  return (Array.isArray(results) ? results : [results]).flatMap((result) => result.rows ?? []);
}

async function run<R>(
  target: pg.Pool | pg.PoolClient,
  text: string,
  values?: readonly SqlValue[],
  name?: string,
): Promise<QueryResult<R>> {
  const result = await send(target, { text, values: values as unknown[], name });
  return { rows: result.rows as R[], rowCount: result.rowCount ?? 0 };
}

async function send(target: pg.Pool | pg.PoolClient, statement: pg.QueryConfig): Promise<pg.QueryResult> {
  try {
    return await target.query(statement);
  } catch (error) {
    throw translate(error);
  }
}

export interface DatabaseOptions {
  /** `postgres://…` for a server; `pglite://FOLDER` or `pglite://memory` for the embedded one. */
  readonly url: string;
  /** Connections to a server; the embedded database always has one. */
  readonly poolSize?: number;
  /** What a commit of the embedded database survives: `disk` (default) also the loss of power, `process` only a kill. */
  readonly durability?: Durability;
}

/** The address without its password, for messages. */
export function shownUrl(url: string): string {
  return url.replace(/\/\/([^:@/]+):[^@/]*@/, '//$1:***@');
}

/** Opens the database and asks once what it can do. Throws DATABASE_UNREACHABLE. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const embedded = /^pglite:\/\/(.*)$/.exec(options.url);
  let pglite: PgliteServer | undefined;
  let pool: pg.Pool;
  if (embedded) {
    const server = await startPglite(
      embedded[1] === 'memory' ? 'memory://' : embedded[1]!,
      options.durability ?? 'disk',
    );
    pglite = server;
    pool = new pg.Pool({
      stream: () => server.stream() as unknown as ReturnType<NonNullable<pg.ClientConfig['stream'] & (() => never)>>,
      user: 'postgres',
      database: 'postgres',
      max: 1,
      idleTimeoutMillis: 0,
      types,
    });
  } else {
    pool = new pg.Pool({ connectionString: options.url, max: options.poolSize ?? 8, types });
  }
  // An idle connection that the server drops must not end the process; the next query gets a fresh one.
  pool.on('error', () => undefined);
  const database = new PoolDatabase(pool, pglite);
  try {
    database.capabilities = await detectCapabilities(database);
  } catch (error) {
    await database.close().catch(() => undefined);
    throw dbErrors.DATABASE_UNREACHABLE(
      { url: shownUrl(options.url), reason: (error as Error).message || String(error) },
      error,
    );
  }
  return database;
}
