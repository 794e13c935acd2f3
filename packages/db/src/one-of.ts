import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** The condition of a check that lets a text column hold only the words its type allows: `oneOf(table.kind)`. */
export function oneOf(column: PgColumn): SQL {
  // What drizzle hands to a table's rules knows its place and its name, but not its words.
  const full = Object.values(getTableColumns(column.table)).find(({ name }) => name === column.name);
  const words = (full?.enumValues ?? []).map((word) => sql.raw(`'${word.replaceAll("'", "''")}'`));
  return sql`${column} in (${sql.join(words, sql`, `)})`;
}
