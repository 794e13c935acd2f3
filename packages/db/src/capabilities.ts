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
    timescale: available.has('timescaledb'),
    citus: available.has('citus'),
  };
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
