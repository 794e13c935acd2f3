import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { isMillwrightError } from '@millwright/kernel';
import type { Database } from './database.ts';
import { dbErrors } from './errors.ts';

/** The migrations of one module: `NNNN_what.sql`, forward only, each in its own transaction. */
export interface MigrationSet {
  readonly module: string;
  readonly folder: URL;
}

interface PendingMigration {
  readonly module: string;
  readonly file: string;
  readonly script: string;
  readonly sha256: string;
}

/**
 * Brings the schema up to date, each migration all or nothing; inside a transaction it is that which decides. Sets are
 * applied in the order given, files by name. Returns what was applied.
 */
export async function migrate(db: Database, sets: readonly MigrationSet[]): Promise<string[]> {
  await db.execute(`create table if not exists schema_migration (
    module text not null, file text not null, sha256 text not null, applied_at timestamptz not null default now(),
    primary key (module, file))`);
  const pending = await compare(db, sets);
  for (const { module, file, script, sha256 } of pending) {
    try {
      await applyOne(db, script, module, file, sha256);
    } catch (error) {
      if (isMillwrightError(error)) throw error;
      throw dbErrors.MIGRATION_FAILED({ module, file, reason: (error as Error).message }, error);
    }
  }
  return pending.map(({ module, file }) => `${module}/${file}`);
}

/** What `migrate` would apply. Throws what it would throw before it applied anything. */
export async function pendingMigrations(db: Database, sets: readonly MigrationSet[]): Promise<string[]> {
  const { rows } = await db.query<{ there: boolean }>(
    `select to_regclass('public.schema_migration') is not null as there`,
  );
  if (!rows[0]!.there) return (await listMigrations(sets)).map(({ module, file }) => `${module}/${file}`);
  return (await compare(db, sets)).map(({ module, file }) => `${module}/${file}`);
}

async function listMigrations(sets: readonly MigrationSet[]): Promise<PendingMigration[]> {
  const all: PendingMigration[] = [];
  for (const { module, folder } of sets) {
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()) {
      const script = await readFile(new URL(file, folder), 'utf8');
      all.push({ module, file, script, sha256: createHash('sha256').update(script).digest('hex') });
    }
  }
  return all;
}

async function compare(db: Database, sets: readonly MigrationSet[]): Promise<PendingMigration[]> {
  const { rows } = await db.query<{ module: string; file: string; sha256: string }>(
    'select module, file, sha256 from schema_migration',
  );
  const all = await listMigrations(sets);
  for (const { module, file } of rows) {
    const isOurs = sets.some((set) => set.module === module);
    if (isOurs && !all.some((known) => known.module === module && known.file === file))
      throw dbErrors.MIGRATION_FROM_FUTURE({ module, file });
  }
  const applied = new Map(rows.map((row) => [`${row.module}/${row.file}`, row.sha256]));
  return all.filter(({ module, file, sha256 }) => {
    const before = applied.get(`${module}/${file}`);
    if (before !== undefined && before !== sha256) throw dbErrors.MIGRATION_CHANGED({ module, file });
    return before === undefined;
  });
}

/** `timescale` lines are run only where the extension is available: `-- if timescale: <statement>`. */
async function applyOne(db: Database, script: string, module: string, file: string, sha256: string): Promise<void> {
  const conditional = db.capabilities.timescale ? script.replaceAll(/^-- if timescale: /gm, '') : script;
  const escaped = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const record = `insert into schema_migration (module, file, sha256) values (${escaped(module)}, ${escaped(file)}, ${escaped(sha256)})`;
  await db.transaction(() => db.execute(`${conditional}\n;${record};`));
}
