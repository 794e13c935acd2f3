import type { Database } from '@millwright/db';

/** Of PostgreSQL's advisory locks, this one means "pictures of stations come or go". */
const pictureKey = 7_300_041;

/**
 * Held until the transaction around it ends: a picture is stored and named by its verdict, or found to be named by none and deleted,
 * and nothing of the other happens in between.
 */
export async function holdPictures(db: Database): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1)', [pictureKey]);
}
