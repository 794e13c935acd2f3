import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { BenchmarkContext } from './benchmark.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Where Debian and the usual builds put `initdb` and `postgres`. */
function binaries(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [...versions.map((version) => join(debian, version, 'bin')), '/usr/local/bin', '/usr/bin'].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

/** PostgreSQL refuses to run as root; another user of the machine runs it then. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string, user: string) =>
    Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      // No such user here; the next one.
    }
  }
  return {};
}

/** A PostgreSQL server of the benchmark's own, with its default settings, to compare with. */
export class PostgresPeer {
  readonly version: string;
  #client: pg.Client;

  private constructor(client: pg.Client, version: string) {
    this.#client = client;
    this.version = version;
  }

  /** Undefined where no PostgreSQL is installed. */
  static async start(context: BenchmarkContext): Promise<PostgresPeer | undefined> {
    const folder = binaries();
    if (!folder) return undefined;
    const { uid, gid } = owner();
    const home = temporaryFolder(context);
    const data = join(home, 'data');
    mkdirSync(data);
    if (uid !== undefined && gid !== undefined) for (const path of [home, data]) chownSync(path, uid, gid);
    execFileSync(join(folder, 'initdb'), ['-D', data, '-U', 'bench', '--auth=trust', '-E', 'UTF8', '--locale=C'], {
      ...{ stdio: 'ignore', uid, gid },
    });
    const server = spawn(join(folder, 'postgres'), ['-D', data, '-k', home, '-c', 'listen_addresses='], {
      ...{ stdio: 'ignore', uid, gid },
    });
    context.onEnd(() => stopServer(server));
    for (let attempt = 0; ; attempt += 1) {
      const client = new pg.Client({ host: home, user: 'bench', database: 'postgres' });
      try {
        await client.connect();
        context.onEnd(() => client.end());
        const { rows } = await client.query<{ v: string }>(`select current_setting('server_version') as v`);
        return new PostgresPeer(client, `PostgreSQL ${rows[0]!.v.split(' ')[0]}`);
      } catch (error) {
        if (attempt > 100) throw error;
        await delay(100);
      }
    }
  }

  async query<R extends object = Record<string, unknown>>(text: string, values?: unknown[]): Promise<R[]> {
    return (await this.#client.query<R>(text, values)).rows;
  }
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.kill('SIGINT');
  await once(server, 'exit');
}
