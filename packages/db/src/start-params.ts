import { PGlite } from '@electric-sql/pglite';

/** What a commit survives: `disk` also the loss of power, `process` only the end of the process. */
export type Durability = 'disk' | 'process';

/** The small max_wal_size keeps recovery at the next start short. */
const settings = [
  'wal_level=minimal',
  'max_wal_senders=0',
  'shared_buffers=64MB',
  'max_wal_size=192MB',
  'synchronous_commit=on',
  'timezone=UTC',
];

/**
 * Full-page images protect against a page torn by a power cut. Without fsync a power cut can lose more than that, so they
 * would cost half of the write-ahead log and protect nothing.
 */
const settingsOf: Record<Durability, readonly string[]> = {
  disk: ['fsync=on', 'wal_sync_method=fsync', 'full_page_writes=on'],
  process: ['full_page_writes=off'],
};

/** What the embedded PostgreSQL is started with. */
export function startParams(durability: Durability): string[] {
  // `-F` turns fsync off, whatever the settings say.
  const own = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F' || durability === 'process');
  return [...own, ...[...settings, ...settingsOf[durability]].flatMap((setting) => ['-c', setting])];
}
