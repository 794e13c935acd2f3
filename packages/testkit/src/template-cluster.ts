import { createHash, randomBytes } from 'node:crypto';
import { constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@millwright/db';

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

/** A new embedded database in `folder`, copied from a template: creating a cluster takes seconds, copying one does not. */
export async function copyTemplateCluster(folder: string): Promise<void> {
  const template = join(cache, `cluster-${templateKey()}`);
  if (!existsSync(template)) {
    mkdirSync(cache, { recursive: true });
    const own = `${template}.${process.pid}-${randomBytes(4).toString('hex')}`;
    await (await openDatabase({ url: `pglite://${own}`, durability: 'process' })).close();
    try {
      renameSync(own, template); // Fails when another test file was faster; then its template serves.
    } catch (error) {
      if (!existsSync(template)) throw error;
      rmSync(own, { recursive: true, force: true });
    }
  }
  cpSync(template, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
}
