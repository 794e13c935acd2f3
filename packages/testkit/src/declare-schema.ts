import { is, SQL, sql } from 'drizzle-orm';
import { getTableConfig, type IndexedColumn, type PgColumn, PgDialect, type PgTable } from 'drizzle-orm/pg-core';

const dialect = new PgDialect();
/** As text without parameters, columns by their bare names, which is how they are written in a definition. */
const write = (expression: SQL) => dialect.sqlToQuery(expression.inlineParams(), 'indexes').sql;
const quote = (name: string) => dialect.escapeName(name);
const list = (columns: readonly { name: string }[]) => columns.map(({ name }) => quote(name)).join(', ');

type TableConfig = ReturnType<typeof getTableConfig>;

/** The statements that create drizzle's tables as they are declared, in the current schema. */
export function declareSchema(tables: readonly PgTable[]): string[] {
  const configs = tables.map(getTableConfig);
  // Tables first: a reference may point forward.
  return [...configs.map(createTable), ...configs.flatMap(addReferences), ...configs.flatMap(createIndexes)];
}

function createTable(table: TableConfig): string {
  const parts = [
    ...table.columns.map(declareColumn),
    ...table.primaryKeys.map(({ columns }) => `primary key (${list(columns)})`),
    ...table.uniqueConstraints.map(({ columns }) => `unique (${list(columns)})`),
    ...table.checks.map(({ value }) => `check (${write(value)})`),
  ];
  return `create table ${quote(table.name)} (${parts.join(', ')})`;
}

function declareColumn(column: PgColumn): string {
  const parts = [quote(column.name), column.getSQLType()];
  if (column.notNull) parts.push('not null');
  if (column.primary) parts.push('primary key');
  if (column.isUnique) parts.push('unique');
  if (column.generatedIdentity)
    parts.push(`generated ${column.generatedIdentity.type === 'always' ? 'always' : 'by default'} as identity`);
  const { generated } = column;
  if (generated) {
    const expression = typeof generated.as === 'function' ? generated.as() : generated.as;
    parts.push(
      `generated always as (${write(is(expression, SQL) ? expression : sql`${sql.param(expression, column)}`)}) stored`,
    );
  }
  // A default that is a function runs in the program and not in the database.
  if (column.default !== undefined) {
    const value: unknown = column.default;
    parts.push(`default ${write(is(value, SQL) ? value : sql`${sql.param(value, column)}`)}`);
  }
  return parts.join(' ');
}

function addReferences(table: TableConfig): string[] {
  return table.foreignKeys.map(({ reference, onDelete, onUpdate }) => {
    const { columns, foreignTable, foreignColumns } = reference();
    const target = `${quote(getTableConfig(foreignTable).name)} (${list(foreignColumns)})`;
    const actions = `on delete ${onDelete ?? 'no action'} on update ${onUpdate ?? 'no action'}`;
    return `alter table ${quote(table.name)} add foreign key (${list(columns)}) references ${target} ${actions}`;
  });
}

function createIndexes(table: TableConfig): string[] {
  return table.indexes.map(({ config }) => {
    const columns = config.columns.map((column) =>
      is(column, SQL) ? write(column) : declareIndexed(column as IndexedColumn),
    );
    const kind = config.unique ? 'unique index' : 'index';
    const where = config.where ? ` where ${write(config.where)}` : '';
    return `create ${kind} ${quote(config.name!)} on ${quote(table.name)} using ${config.method} (${columns.join(', ')})${where}`;
  });
}

function declareIndexed({ name, indexConfig: { order, nulls, opClass } }: IndexedColumn): string {
  return [quote(name!), opClass, order, nulls && `nulls ${nulls}`].filter(Boolean).join(' ');
}
