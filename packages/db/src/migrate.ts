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

/** Brings the schema up to date. Sets are applied in the order given, files by name. Returns what was applied. */
export async function migrate(db: Database, sets: readonly MigrationSet[]): Promise<string[]> {
  await db.execute(`create table if not exists schema_migration (
    module text not null, file text not null, sha256 text not null, applied_at timestamptz not null default now(),
    primary key (module, file))`);
  const known = new Map(
    (
      await db.query<{ module: string; file: string; sha256: string }>(
        'select module, file, sha256 from schema_migration',
      )
    ).rows.map((row) => [`${row.module}/${row.file}`, row.sha256]),
  );
  const applied: string[] = [];
  for (const { module, folder } of sets) {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
    for (const key of known.keys()) {
      const file = key.slice(module.length + 1);
      if (key.startsWith(`${module}/`) && !files.includes(file)) throw dbErrors.MIGRATION_FROM_FUTURE({ module, file });
    }
    for (const file of files) {
      const script = await readFile(new URL(file, folder), 'utf8');
      const sha256 = createHash('sha256').update(script).digest('hex');
      const before = known.get(`${module}/${file}`);
      if (before === sha256) continue;
      if (before !== undefined) throw dbErrors.MIGRATION_CHANGED({ module, file });
      try {
        await applyOne(db, script, module, file, sha256);
      } catch (error) {
        if (isMillwrightError(error)) throw error;
        throw dbErrors.MIGRATION_FAILED({ module, file, reason: (error as Error).message }, error);
      }
      applied.push(`${module}/${file}`);
    }
  }
  return applied;
}

/** `timescale` lines are run only where the extension is available: `-- if timescale: <statement>`. */
async function applyOne(db: Database, script: string, module: string, file: string, sha256: string): Promise<void> {
  const conditional = db.capabilities.timescale ? script.replaceAll(/^-- if timescale: /gm, '') : script;
  const escaped = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const record = `insert into schema_migration (module, file, sha256) values (${escaped(module)}, ${escaped(file)}, ${escaped(sha256)})`;
  // One simple-protocol message is one implicit transaction: all of it or nothing.
  await db.execute(`begin;\n${conditional}\n;${record};\ncommit;`);
}
