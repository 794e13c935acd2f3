import { describe, expect, it } from 'vitest';
import { detectCapabilities } from './capabilities.ts';
import type { Queryable } from './database.ts';

/** A server with TimescaleDB's package, as far as it is asked here. */
function server({ installed = false, preloaded = '', refuses = false }): { db: Queryable; asked: string[] } {
  const asked: string[] = [];
  const answer = (sql: string): object[] => {
    if (sql.includes('pg_available_extensions')) return [{ name: 'timescaledb' }];
    if (sql.includes('version()')) return [{ version: 'PostgreSQL 17' }];
    if (sql.includes('pg_extension')) return installed ? [{}] : [];
    if (sql.includes('shared_preload_libraries')) return [{ libraries: preloaded }];
    if (refuses) throw new Error('permission denied to create extension');
    return [];
  };
  const query = async (sql: string) => {
    asked.push(sql);
    const rows = answer(sql);
    return { rows, rowCount: rows.length };
  };
  return { db: { query } as unknown as Queryable, asked };
}
const creates = (asked: readonly string[]) => asked.some((sql) => sql.startsWith('create extension'));

describe('TimescaleDB is used', () => {
  it('where the database has it, or can be given it', async () => {
    const has = server({ installed: true });
    expect(await detectCapabilities(has.db)).toMatchObject({ timescale: true });
    expect(creates(has.asked)).toBe(false);
    const can = server({ preloaded: 'pg_stat_statements, timescaledb' });
    expect(await detectCapabilities(can.db)).toMatchObject({ timescale: true });
    expect(creates(can.asked)).toBe(true);
  });

  it('nowhere else, and is not tried to be created where the server would end the connection for it', async () => {
    const cannot = server({ preloaded: 'pg_stat_statements' });
    expect(await detectCapabilities(cannot.db)).toMatchObject({ timescale: false });
    expect(creates(cannot.asked)).toBe(false);
    const may = server({ preloaded: 'timescaledb', refuses: true });
    expect(await detectCapabilities(may.db)).toMatchObject({ timescale: false });
  });
});
