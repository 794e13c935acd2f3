import { defineNotes, type Note } from '@millwright/kernel';
import type { Queryable } from './database.ts';

/** What this PostgreSQL can do beyond the common ground; asked once at start. */
export interface Capabilities {
  readonly version: string;
  readonly vector: boolean;
  readonly textSearch: boolean;
  readonly timescale: boolean;
  readonly citus: boolean;
}

export async function detectCapabilities(db: Queryable): Promise<Capabilities> {
  const available = new Set(
    (await db.query<{ name: string }>('select name from pg_available_extensions')).rows.map(({ name }) => name),
  );
  const version = (await db.query<{ version: string }>('select version()')).rows[0]!.version;
  return {
    version,
    vector: available.has('vector'),
    textSearch: available.has('pg_textsearch'),
    timescale: available.has('timescaledb') && (await hasTimescale(db)),
    citus: available.has('citus'),
  };
}

/**
 * Whether hypertables can be made here: the extension is in this database, or could be created now. A server that does
 * not preload it ends the connection of whoever tries, so that is asked first.
 */
async function hasTimescale(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(`select 1 from pg_extension where extname = 'timescaledb'`);
  if (rows.length > 0) return true;
  try {
    const preloaded = await db.query<{ libraries: string }>(
      `select current_setting('shared_preload_libraries') as libraries`,
    );
    if (!preloaded.rows[0]!.libraries.split(',').some((name) => name.trim() === 'timescaledb')) return false;
    await db.query('create extension if not exists timescaledb');
    return true;
  } catch {
    // Not allowed to look or to create: a plain table does as well, and the start says that it is one.
    return false;
  }
}

const absentNotes = defineNotes('db', {
  'no-vector': () => 'pgvector is absent: search by meaning is off until it is installed',
  'no-text-search': () => 'pg_textsearch is absent: full text ranks by PostgreSQL’s own ts_rank instead of BM25',
  'no-timescale': () =>
    'TimescaleDB is absent: measurements are kept in a plain table, without compression of old ones',
});

/** One note per missing extension: what it costs not to have it. Logged at start. */
export function missingCapabilities({ vector, textSearch, timescale }: Capabilities): Note[] {
  return [
    ...(vector ? [] : [absentNotes['no-vector']()]),
    ...(textSearch ? [] : [absentNotes['no-text-search']()]),
    ...(timescale ? [] : [absentNotes['no-timescale']()]),
  ];
}
