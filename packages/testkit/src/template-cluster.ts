import { createHash, randomBytes } from 'node:crypto';
import { constants, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MigrationSet, migrate, openDatabase } from '@millwright/db';

const cache = fileURLToPath(new URL('../../../node_modules/.cache/millwright/', import.meta.url));

/** Changes whenever a new cluster would look different: another PGlite, or other settings of ours. */
function templateKey(): string {
  const hash = createHash('sha256');
  const require = createRequire(fileURLToPath(import.meta.resolve('@millwright/db')));
  for (const name of ['pglite', 'pglite-pgvector', 'pglite-pg_textsearch'])
    hash.update(readFileSync(join(require.resolve(`@electric-sql/${name}`), '../../package.json')));
  hash.update(readFileSync(new URL('./pglite-worker.ts', import.meta.resolve('@millwright/db'))));
  return hash.digest('hex').slice(0, 16);
}

/** Other scripts, or others of them, are another template. */
export function migrationsHash(sets: readonly MigrationSet[]): string {
  const hash = createHash('sha256');
  for (const { module, folder } of sets)
    for (const file of readdirSync(folder).sort())
      if (file.endsWith('.sql')) hash.update(`${module}/${file}\0`).update(readFileSync(new URL(file, folder)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * A new embedded database in `folder` with these migrations applied, copied from a template: creating a cluster takes
 * seconds, and migrating it another; copying one does not.
 */
export async function copyTemplateCluster(folder: string, sets: readonly MigrationSet[] = []): Promise<void> {
  const plain = join(cache, `cluster-${templateKey()}`);
  const template = sets.length === 0 ? plain : `${plain}-${migrationsHash(sets)}`;
  if (!existsSync(template)) {
    mkdirSync(cache, { recursive: true });
    const own = `${template}.${process.pid}-${randomBytes(4).toString('hex')}`;
    if (sets.length > 0) await copyTemplateCluster(own);
    try {
      const db = await openDatabase({ url: `pglite://${own}`, durability: 'process' });
      await migrate(db, sets).finally(() => db.close());
      renameSync(own, template); // Fails when another test file was faster; then its template serves.
    } catch (error) {
      rmSync(own, { recursive: true, force: true });
      if (!existsSync(template)) throw error;
    }
  }
  cpSync(template, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}
