import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, expectSchemaToMatch, schemaDifferences, type TestDatabase } from './index.ts';

const toy = pgTable(
  'toy',
  {
    id: uuid().primaryKey(),
    number: integer().generatedAlwaysAsIdentity().unique(),
    parent_id: uuid().references((): AnyPgColumn => toy.id, { onDelete: 'cascade' }),
    name: text().notNull().default('it’s a toy'),
    facts: jsonb().notNull().default({ soft: true }),
  },
  (t) => [
    check('toy_name_check', sql`${t.name} <> ''`),
    index('toy_parent').on(t.parent_id, t.number.desc().nullsFirst()),
    uniqueIndex('toy_name').on(sql`lower(${t.name})`).where(sql`${t.parent_id} is null`),
  ],
);

describe('a drizzle schema beside a database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await test.db.execute(`
      create table toy (
        id uuid primary key,
        number integer generated always as identity unique,
        parent_id uuid references toy (id) on delete cascade,
        name text not null default 'it’s a toy' check (name <> ''),
        facts jsonb not null default '{"soft": true}'
      );
      create index toy_parent on toy (parent_id, number desc);
      create unique index toy_name on toy (lower(name)) where parent_id is null;`);
  });
  afterAll(() => test.cleanup());

  const differences = (...tables: object[]) => schemaDifferences(test.db, { ...tables });

  it('passes where both say the same, and leaves nothing behind', async () => {
    for (let round = 0; round < 2; round += 1) await expectSchemaToMatch(test.db, { toy, notATable: 1 });
  });

  it('names what only the database has', async () => {
    expect(await differences(pgTable('toy', { id: uuid().primaryKey(), name: text().notNull() }))).toEqual([
      'The column toy.number is in the database, but not in the drizzle schema.',
      'The column toy.parent_id is in the database, but not in the drizzle schema.',
      'The column toy.facts is in the database, but not in the drizzle schema.',
      `The column toy.name is text not null default 'it’s a toy'::text in the database, but text not null in the drizzle schema.`,
      `Of toy, the rule CHECK ((name <> ''::text)) is in the database, but not in the drizzle schema.`,
      'Of toy, the rule CREATE INDEX toy_parent ON toy USING btree (parent_id, number DESC) is in the database, but not in the drizzle schema.',
      'Of toy, the rule CREATE UNIQUE INDEX toy_name ON toy USING btree (lower(name)) WHERE (parent_id IS NULL) is in the database, but not in the drizzle schema.',
      'Of toy, the rule FOREIGN KEY (parent_id) REFERENCES toy(id) ON DELETE CASCADE is in the database, but not in the drizzle schema.',
      'Of toy, the rule UNIQUE (number) is in the database, but not in the drizzle schema.',
    ]);
  });

  it('names what only the drizzle schema has', async () => {
    const { id } = toy;
    const box = pgTable('box', { toy_id: uuid().references(() => id) });
    expect(await differences(toy, box)).toEqual(['The table box is in the drizzle schema, but not in the database.']);
    expect(await differences()).toEqual(['The table toy is in the database, but not in the drizzle schema.']);
    await test.db.transaction(async (transaction) => {
      await transaction.query('alter table toy drop column facts');
      expect(await differences(toy)).toEqual([
        'The column toy.facts is in the drizzle schema, but not in the database.',
      ]);
      await transaction.query(`alter table toy add column facts jsonb not null default '{"soft": true}'`);
    });
  });

  it('names a type, a nullability and a key that differ', async () => {
    await test.db.execute('create table box (id bigint primary key, label text)');
    const box = pgTable('box', { id: integer(), label: text().primaryKey() });
    expect(await differences(toy, box)).toEqual([
      'The column box.id is bigint not null in the database, but integer in the drizzle schema.',
      'The column box.label is text in the database, but text not null in the drizzle schema.',
      'Of box, the rule PRIMARY KEY (id) is in the database, but not in the drizzle schema.',
      'Of box, the rule PRIMARY KEY (label) is in the drizzle schema, but not in the database.',
    ]);
    await expect(expectSchemaToMatch(test.db, { toy, box })).rejects.toThrow('The schema differs:\nThe column box.id');
  });
});
