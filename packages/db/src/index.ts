/** PostgreSQL: embedded (PGlite on its own thread) or a server, behind one interface. */
import type { Database } from './database.ts';

export { float8Array, int2Array, int4Array, timestamptzArray } from './binary-array.ts';
export { type Capabilities, missingCapabilities } from './capabilities.ts';
export { collectGarbage } from './collect-garbage.ts';
export { type FolderHolder, type FolderLock, folderHolder, lockFolder } from './data-folder.ts';
export {
  type Database,
  type DatabaseOptions,
  openDatabase,
  type Queryable,
  type QueryResult,
  type SqlValue,
} from './database.ts';
export { claimDatabase, type DatabaseClaim } from './database-claim.ts';
export { dbErrors } from './errors.ts';
export { type MigrationSet, migrate, pendingMigrations } from './migrate.ts';
export { oneOf } from './one-of.ts';
export type { Orm } from './orm.ts';

declare module '@millwright/kernel' {
  interface Host {
    readonly db: Database;
  }
}
