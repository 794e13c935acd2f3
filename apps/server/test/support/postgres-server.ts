import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@millwright/db';

/** Where Debian puts the programs of its newest PostgreSQL; undefined where none is installed. */
export const postgresBinaries = ((): string | undefined => {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(home, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
})();

/** PostgreSQL refuses to run as root; its package brings a user for it. */
function owner(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** A PostgreSQL of the test's own, so that it can be killed and brought back. */
export class PostgresServer {
  readonly url: string;
  readonly #home: string;
  readonly #port: number;
  readonly #bin: string;
  #child: ChildProcess | undefined;

  private constructor(home: string, port: number, bin: string) {
    this.#home = home;
    this.#port = port;
    this.#bin = bin;
    this.url = `postgres://millwright@127.0.0.1:${port}/postgres`;
  }

  static async create(): Promise<PostgresServer> {
    const home = mkdtempSync(join(tmpdir(), 'millwright-postgres-'));
    chmodSync(home, 0o755);
    const data = join(home, 'data');
    mkdirSync(data);
    const { uid, gid } = owner();
    if (uid !== undefined) chownSync(data, uid, gid!);
    const flags = ['-D', data, '-U', 'millwright', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'];
    execFileSync(join(postgresBinaries!, 'initdb'), flags, { stdio: 'ignore', uid, gid });
    const server = new PostgresServer(home, await freePort(), postgresBinaries!);
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const settings = [`port=${this.#port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
    const flags = ['-D', join(this.#home, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
    this.#child = spawn(join(this.#bin, 'postgres'), flags, { stdio: 'ignore', ...owner() });
    for (;;) {
      const db = await openDatabase({ url: this.url, poolSize: 1 }).catch(() => undefined);
      if (db) return db.close();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** As a crash: every session is cut off, nothing is written out; the next start recovers. */
  async crash(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGQUIT');
    await gone;
  }

  async remove(): Promise<void> {
    await this.crash();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 3 });
  }
}
