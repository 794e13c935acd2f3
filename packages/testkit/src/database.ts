import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type MigrationSet, migrate, openDatabase } from '@millwright/db';
import { copyTemplateCluster, migrationsHash } from './template-cluster.ts';
import { currentTestName, hasFailed } from './test-run.ts';

export interface TestDatabase {
  readonly db: Database;
  /** To open the same database again after `db.close()`; the embedded one takes one connection at a time. */
  readonly url: string;
  /** Closes it and removes it, unless a test of the file failed on a server: then it stays to be looked at. */
  cleanup(): Promise<void>;
}

/** Address of a real PostgreSQL whose user may create databases; unset, tests run on the embedded one. */
const serverUrl = process.env.MILLWRIGHT_TEST_DATABASE_URL;

/** True where tests run on a real PostgreSQL. */
export const onServer = Boolean(serverUrl);

async function administerServer(url: string, statement: string): Promise<void> {
  const db = await openDatabase({ url, poolSize: 1 });
  await db.query(statement).finally(() => db.close());
}

/** The name of a database on the server with these migrations applied, made where it is missing; it stays there. */
async function templateOnServer(url: string, migrations: readonly MigrationSet[]): Promise<string> {
  const template = `mw_template_${migrationsHash(migrations)}`;
  const server = await openDatabase({ url, poolSize: 1 });
  const isThere = async () =>
    (await server.query('select from pg_database where datname = $1', [template])).rows.length > 0;
  try {
    if (await isThere()) return template;
    const own = `${template}_${randomBytes(4).toString('hex')}`;
    await server.query(`create database ${own} template template0`);
    const made = new URL(url);
    made.pathname = `/${own}`;
    try {
      const db = await openDatabase({ url: made.href, poolSize: 1 });
      await migrate(db, migrations).finally(() => db.close());
      await server.query(`alter database ${own} rename to ${template}`);
    } catch (error) {
      await server.query(`drop database ${own} with (force)`);
      if (!(await isThere())) throw error; // Else another test file was faster; then its template serves.
    }
    return template;
  } finally {
    await server.close();
  }
}

async function reserve(migrations: readonly MigrationSet[]): Promise<{ url: string; remove: () => Promise<void> }> {
  if (!serverUrl) {
    const folder = mkdtempSync(join(tmpdir(), 'millwright-db-'));
    await copyTemplateCluster(folder, migrations);
    return {
      url: `pglite://${folder}`,
      remove: async () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
    };
  }
  const name = `mw_${currentTestName()}_${randomBytes(4).toString('hex')}`;
  const administer = (statement: string) => administerServer(serverUrl, statement);
  const template = migrations.length === 0 ? 'template0' : await templateOnServer(serverUrl, migrations);
  await administer(`create database ${name} template ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async remove() {
      if (hasFailed()) process.stderr.write(`kept for a look: database ${name}\n`);
      else await administer(`drop database if exists ${name} with (force)`);
    },
  };
}

/** An empty database of the test's own, with the given migrations applied. */
export async function createTestDatabase(migrations: readonly MigrationSet[] = []): Promise<TestDatabase> {
  const { url, remove } = await reserve(migrations);
  try {
    // A test that ends with the machine’s power has no result; not to wait for the disk makes the suite shorter.
    const db = await openDatabase({ url, durability: 'process' });
    await migrate(db, migrations);
    return {
      db,
      url,
      async cleanup() {
        await db.close().catch(() => undefined); // The test may have closed it already.
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
