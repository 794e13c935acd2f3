import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, onServer, type TestDatabase } from '@millwright/testkit';
import { type ServerProcess, startServer } from './server-process.ts';

/** A server that is started again on one data folder, and where tests have a PostgreSQL on a database of its own. */
export class RestartedServer {
  readonly data: string;
  #database: TestDatabase | undefined;
  #now: ServerProcess | undefined;

  constructor(name: string) {
    this.data = mkdtempSync(join(tmpdir(), `millwright-${name}-`));
  }

  /** The one that was started last. */
  get now(): ServerProcess {
    return this.#now!;
  }

  async start(): Promise<void> {
    if (onServer && !this.#database) {
      this.#database = await createTestDatabase();
      await this.#database.db.close();
    }
    const flags = this.#database ? ['--database-url', this.#database.url] : [];
    this.#now = await startServer({ data: this.data, flags });
  }

  async cleanup(): Promise<void> {
    await this.#now?.kill();
    await this.#database?.cleanup();
    rmSync(this.data, { recursive: true, force: true, maxRetries: 3 });
  }
}
