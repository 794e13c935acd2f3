import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The condition of a check that lets a text column hold only the words its type allows: `oneOf(table.kind)`. */
export function oneOf(column: PgColumn): SQL {
  const words = (column.enumValues ?? []).map((word) => sql.raw(`'${word.replaceAll("'", "''")}'`));
  return sql`${column} in (${sql.join(words, sql`, `)})`;
}
