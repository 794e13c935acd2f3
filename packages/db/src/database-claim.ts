import pg from 'pg';
import { shownUrl } from './database.ts';
import { dbErrors } from './errors.ts';

export interface DatabaseClaim {
  release(): Promise<void>;
}

/** Of PostgreSQL's advisory locks, this one means "a Millwright server lives on this database". */
const claimKey = 7_300_001;
const applicationName = 'millwright server';
/** A server that was killed gives its claim back as soon as PostgreSQL notices; this long that may take. */
const patienceMs = 5_000;
const retryMs = 250;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: applicationName, keepAlive: true });
  // Every failure also rejects a query or ends the connection, which is listened to where it matters.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function take(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [claimKey]);
  return rows[0]!.taken;
}

async function holder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ address: string | null }>(
    `select host(a.client_addr) as address from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [claimKey],
  );
  return rows[0]?.address ?? 'unknown';
}

/**
 * Takes a server's database for this server alone: sums of live readings are gathered in one process's memory. Held by a
 * session of its own, so a killed server holds nothing. After a lost connection the claim is taken again; `onLost` is
 * called when another server was faster. Throws DATABASE_IN_USE, DATABASE_UNREACHABLE.
 */
export async function claimDatabase(url: string, onLost: () => void): Promise<DatabaseClaim> {
  let released = false;
  let current: pg.Client;

  const hold = (client: pg.Client) => {
    current = client;
    client.once('end', () => {
      if (!released) void regain();
    });
  };
  const regain = async () => {
    while (!released) {
      await pause(retryMs);
      const client = await connect(url).catch(() => undefined);
      if (!client) continue; // The database is away; nobody else has it either.
      const taken = await take(client).catch(() => undefined);
      if (taken && !released) return hold(client);
      await client.end().catch(() => undefined);
      if (taken === false) return onLost();
    }
  };

  let client: pg.Client;
  try {
    client = await connect(url);
  } catch (error) {
    throw dbErrors.DATABASE_UNREACHABLE({ url: shownUrl(url), reason: (error as Error).message }, error);
  }
  const deadline = performance.now() + patienceMs;
  while (!(await take(client))) {
    if (performance.now() > deadline) {
      const address = await holder(client);
      await client.end();
      throw dbErrors.DATABASE_IN_USE({ url: shownUrl(url), holder: address });
    }
    await pause(retryMs);
  }
  hold(client);
  return {
    async release() {
      released = true;
      await current.end().catch(() => undefined);
    },
  };
}
