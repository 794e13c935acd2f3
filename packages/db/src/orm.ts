import { DrizzleQueryError } from 'drizzle-orm';
import { type NodePgClient, NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg, { type QueryConfig, type QueryResult } from 'pg';
import { types } from './types.ts';

/** Drizzle's query builder. Transactions are begun by `Database.transaction`, which whatever is called inside joins. */
export type Orm = Omit<NodePgDatabase, 'transaction'>;

/** Runs one statement wherever it belongs; `rowMode: 'array'` asks for rows as arrays. */
export type RunStatement = (statement: QueryConfig & { rowMode?: 'array' }) => Promise<QueryResult>;

/**
 * Drizzle brings type parsers of its own; with ours values are the same as from `query`, and its columns take both. Only
 * JSON stays text: a column of drizzle parses whatever text it gets, so a JSON string `"12"` parsed here would become 12.
 */
const columnTypes = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.JSON || oid === pg.types.builtins.JSONB
      ? String
      : types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** Drizzle over `run` instead of a connection, so that the owner of the connections decides which one it is. */
export function createOrm(run: RunStatement): Orm {
  const client = {
    query: ({ text, name, rowMode }: QueryConfig & { rowMode?: 'array' }, values: unknown[]) =>
      run({ text, name, values, ...(rowMode && { rowMode, types: columnTypes }) }),
  };
  const dialect = new PgDialect();
  return new NodePgDatabase(dialect, new OrmSession(client as unknown as NodePgClient, dialect, undefined), undefined);
}

type None = Record<string, never>;

class OrmSession extends NodePgSession<None, None> {
  override prepareQuery(...query: Parameters<NodePgSession<None, None>['prepareQuery']>) {
    const prepared = super.prepareQuery(...query);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (values) => execute(values).catch(throwCause);
    return prepared as never;
  }

  override transaction(): never {
    throw new Error('A transaction of drizzle would begin on any connection: use Database.transaction.');
  }
}

/** Callers look at PostgreSQL's code, and drizzle's message holds the values, secrets among them, which belong in no log. */
function throwCause(error: unknown): never {
  throw error instanceof DrizzleQueryError ? error.cause : error;
}
